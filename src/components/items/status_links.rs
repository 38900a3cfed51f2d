//! The number of items of each status.

use cckm_core::format::text::grouped;
use cckm_core::job::counts::Counts;
use cckm_core::job::items_view::{ItemsView, Show};
use leptos::prelude::*;

use super::ItemsLocation;

/// The number of items of each status, as links to these items. They keep the search and the order.
#[component]
pub fn ItemStatusLinks(
    /// The numbers.
    #[prop(into)]
    counts: Signal<Counts>,
    /// Where other items are shown.
    location: ItemsLocation,
) -> impl IntoView {
    let statuses = move || {
        let counts = counts.get();
        counts
            .present()
            .map(|(status, _)| status)
            .collect::<Vec<_>>()
    };
    view! {
        <p class="job__counts">
            <For each=statuses key=|status| *status let:status>
                <a
                    class=format!("count count--{}", status.key())
                    href=move || {
                        let show = Show::ItemStatus(status);
                        location.href(ItemsView { show, ..location.view.get() })
                    }
                >
                    {move || grouped(counts.read().get(status))}
                    " "
                    {status.word().to_ascii_lowercase()}
                </a>
            </For>
        </p>
    }
}
