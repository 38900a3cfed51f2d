//! The section of a page for the items of a job.

use cckm_core::format::text::{capitalize, group_digits, pluralize};
use cckm_core::job::Job;
use cckm_core::job::counts::ItemCounts;
use cckm_core::job::items_view::ItemsView;
use leptos::html;
use leptos::prelude::*;

use super::ItemsLocation;
use super::chosen_item::{ChosenItemPanel, use_chosen_item};
use super::item_chips::ItemChips;
use super::item_toolbar::ItemToolbar;
use super::no_items::NoItems;
use super::selected_items::SelectedItems;
use super::status_texts::StatusTexts;
use crate::browser::focus;
use crate::components::{CopyButton, EmptyState};
use crate::hooks::Answer;

/// The items of a job: filters above the list of the selected items, beside it the chosen item and the messages with
/// their counts.
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
    let is_finished = Memo::new(move |_| !answer.read().value.may_run());
    let selected = Memo::new(move |_| {
        location.view.read().select(&answer.read().value.items, is_finished.get())
    });
    let chosen = use_chosen_item(answer, selected);
    let counts = Memo::new(move |_| ItemCounts::new(&answer.read().value.items));
    let has_items = move || counts.read().total() > 0;
    let has_selected = move || !selected.read().is_empty();
    let summary = Signal::derive(move || {
        let all = counts.read().total();
        format!("{} of {}", group_digits(selected.read().len()), pluralize(all, one, many))
    });
    let names = Signal::derive(move || {
        let (answer, selected) = (answer.read(), selected.read());
        let names = selected.iter().map(|index| answer.value.items.name(*index as usize));
        names.collect::<Vec<_>>().join("\n")
    });
    let copied = Signal::derive(move || format!("Copied {}", group_digits(selected.read().len())));
    let section = NodeRef::<html::Section>::new();
    bring_into_view(section, location);
    view! {
        <section class="job__items" aria-labelledby="items-title" node_ref=section>
            <h2 id="items-title">{capitalize(many)}</h2>
            <Show when=has_items fallback=move || view! { <NoItems answer many/> }>
                <div class="items__toolbar">
                    // Stays when the search finds nothing, so that the field keeps the focus.
                    <ItemToolbar view=location.view summary on_change>
                        <CopyButton label="Copy names" text=names done=copied/>
                    </ItemToolbar>
                    <ItemChips counts is_finished location/>
                </div>
                <div class="items__columns">
                    <div class="items__main">
                        <Show
                            when=has_selected
                            fallback=move || view! { <NoSelectedItems location/> }
                        >
                            <SelectedItems answer selected view=location.view chosen/>
                        </Show>
                    </div>
                    <div class="items__side">
                        <ChosenItemPanel chosen is_finished=is_finished.into() more/>
                        <StatusTexts answer is_finished=is_finished.into() location/>
                    </div>
                </div>
            </Show>
        </section>
    }
}

/// Scrolls the section into view when a link elsewhere has chosen other items. Typing does not scroll.
fn bring_into_view(section: NodeRef<html::Section>, location: ItemsLocation) {
    let filter = Memo::new(move |_| location.view.read().filter.clone());
    let bring = move |_: &_, _: Option<&_>, _| {
        request_animation_frame(move || {
            if let Some(section) = section.try_get_untracked().flatten() {
                focus::bring_into_view(&section);
            }
        });
    };
    Effect::watch(move || filter.get(), bring, false);
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
