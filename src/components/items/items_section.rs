//! The section of a page for the items of a job.

use cckm_core::format::text::{capitalize, group_digits, pluralize};
use cckm_core::job::Job;
use cckm_core::job::items_view::ItemsView;
use leptos::prelude::*;

use super::ItemsLocation;
use super::item_toolbar::ItemToolbar;
use super::selected_items::SelectedItems;
use super::status_texts::StatusTexts;
use crate::components::{CopyButton, EmptyState};
use crate::hooks::Answer;

/// The items of a job: status texts with their counts, filters, and the list of the selected items.
#[component]
pub fn ItemsSection(
    /// The job; for a batch, one job whose items are all keys of the batch.
    #[prop(into)]
    answer: Signal<Answer<Job>>,
    /// What an item is called: one, many.
    noun: (&'static str, &'static str),
    /// Which items the address names.
    location: ItemsLocation,
    /// Gets another choice of items. It replaces the address without a history entry.
    on_change: Callback<ItemsView>,
    /// Renders further content for the active item, by its index.
    #[prop(optional)]
    more: Option<Callback<usize, AnyView>>,
) -> impl IntoView {
    let (one, many) = noun;
    let selected = Memo::new(move |_| {
        let answer = answer.read();
        let job = &answer.value;
        location.view.read().select(&job.items, !job.may_run())
    });
    let has_items = move || !answer.read().value.items.is_empty();
    let has_selected = move || !selected.read().is_empty();
    let summary = Signal::derive(move || {
        let all = answer.read().value.items.len();
        format!("{} of {}", group_digits(selected.read().len()), pluralize(all, one, many))
    });
    let names = Signal::derive(move || {
        let (answer, selected) = (answer.read(), selected.read());
        let names = selected.iter().map(|index| answer.value.items.name(*index as usize));
        names.collect::<Vec<_>>().join("\n")
    });
    let copied = Signal::derive(move || format!("Copied {}", group_digits(selected.read().len())));
    view! {
        <section class="job__items" aria-labelledby="items-title">
            <h2 id="items-title">{capitalize(many)}</h2>
            <Show when=has_items fallback=move || view! { <NoItems answer many/> }>
                <StatusTexts answer location/>
                // Stays when the search finds nothing, so that the field keeps the focus.
                <ItemToolbar view=location.view summary on_change/>
                <CopyButton label="Copy names" text=names done=copied/>
                <Show when=has_selected fallback=move || view! { <NoSelectedItems location/> }>
                    <SelectedItems answer selected view=location.view more/>
                </Show>
            </Show>
        </section>
    }
}

/// Shown for a job without items.
#[component]
fn NoItems(
    /// The job.
    answer: Signal<Answer<Job>>,
    /// What items are called.
    many: &'static str,
) -> impl IntoView {
    move || {
        let (title, why) = if answer.read().value.may_run() {
            let why = "The job has not reported anything yet. Items appear here when it does.";
            (format!("No {many} yet"), why)
        } else {
            (format!("No {many}"), "The job reported no single items.")
        };
        view! {
            <EmptyState title>
                <p>{why}</p>
            </EmptyState>
        }
    }
}

/// Shown if the search and the filter select no item.
#[component]
fn NoSelectedItems(
    /// Where all items are shown.
    location: ItemsLocation,
) -> impl IntoView {
    view! {
        <EmptyState title="Nothing matches the search and the filter">
            <p><a href=location.href(ItemsView::default())>"Show all"</a></p>
        </EmptyState>
    }
}
