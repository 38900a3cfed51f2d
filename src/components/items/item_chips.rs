//! Which items the list shows, as a row of chips with their numbers.

use cckm_core::format::text::truncate;
use cckm_core::job::counts::ItemCounts;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemFilter, ItemsView};
use leptos::prelude::*;

use super::ItemsLocation;
use crate::components::{ChipLink, ChipRow};

/// All items, the problems, those of each status, and a message or cause if the address names one.
#[component]
pub fn ItemChips(
    /// The number of items of each status.
    counts: Memo<ItemCounts>,
    /// Whether the job has ended.
    is_finished: Memo<bool>,
    /// Where other items are shown.
    location: ItemsLocation,
) -> impl IntoView {
    let chosen = Memo::new(move |_| location.view.read().filter.clone());
    let statuses = move || {
        let (counts, chosen) = (counts.get(), chosen.get());
        let is_shown = move |status: &ItemStatus| {
            counts.get(*status) > 0 || chosen == ItemFilter::Status(*status)
        };
        ItemStatus::ALL.into_iter().filter(is_shown).collect::<Vec<_>>()
    };
    let chip = move |label: String, filter: ItemFilter, count: Signal<Option<usize>>| {
        let own = filter.clone();
        let is_current = Signal::derive(move || *chosen.read() == own);
        let route = Signal::derive(move || {
            let view = ItemsView { filter: filter.clone(), ..location.view.get() };
            location.route.run(view)
        });
        view! { <ChipLink route is_current label count/> }
    };
    let all = Signal::derive(move || Some(counts.read().total()));
    let problems = Signal::derive(move || Some(counts.read().problems(is_finished.get())));
    let has_problems = move || problems.get() != Some(0) || *chosen.read() == ItemFilter::Problems;
    // A chip that removes the choice.
    let other = move || {
        let label = match chosen.get() {
            ItemFilter::Text(text) => format!("Message: {}", truncate(text)),
            ItemFilter::Cause(key) => {
                let name = key.rsplit_once('.').map_or(&*key, |(name, _)| name);
                format!("Cause: {}", truncate(name.to_owned()))
            }
            ItemFilter::All | ItemFilter::Status(_) | ItemFilter::Problems => return None,
        };
        Some(chip(label, chosen.get(), Signal::stored(None)))
    };
    view! {
        <ChipRow label="Show">
            {chip("All".to_owned(), ItemFilter::All, all)}
            <Show when=has_problems>
                {chip("Problems".to_owned(), ItemFilter::Problems, problems)}
            </Show>
            <For each=statuses key=move |status| (*status, is_finished.get()) let:status>
                {chip(
                    status.label(is_finished.get_untracked()).to_owned(),
                    ItemFilter::Status(status),
                    Signal::derive(move || Some(counts.read().get(status))),
                )}
            </For>
            {other}
        </ChipRow>
    }
}
