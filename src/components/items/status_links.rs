//! The number of items of each status.

use cckm_core::format::text::group_digits;
use cckm_core::job::counts::ItemCounts;
use cckm_core::job::items_view::{ItemFilter, ItemsView};
use leptos::prelude::*;

use super::ItemsLocation;

/// The number of items of each status, as links to these items. They keep the search and the order.
#[component]
pub fn ItemStatusLinks(
    /// The numbers.
    #[prop(into)]
    counts: Signal<ItemCounts>,
    /// Whether the job has ended.
    #[prop(into)]
    is_finished: Signal<bool>,
    /// Where other items are shown.
    location: ItemsLocation,
) -> impl IntoView {
    let statuses = move || {
        let counts = counts.get();
        counts.non_zero().map(|(status, _)| status).collect::<Vec<_>>()
    };
    view! {
        <p class="job__counts">
            <For each=statuses key=|status| *status let:status>
                <a
                    class=format!("count count--{}", status.as_str())
                    href=move || {
                        let show = ItemFilter::Status(status);
                        location.href(ItemsView { filter: show, ..location.view.get() })
                    }
                >
                    {move || group_digits(counts.read().get(status))}
                    " "
                    {move || status.label(is_finished.get()).to_ascii_lowercase()}
                </a>
            </For>
        </p>
    }
}
