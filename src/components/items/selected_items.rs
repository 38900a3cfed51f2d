//! The list of the selected items, and the active one in full.

use cckm_core::job::Job;
use cckm_core::job::items_view::ItemsView;
use leptos::either::Either;
use leptos::prelude::*;

use super::item_list::{ItemList, ItemRow};
use super::item_panel::ItemPanel;
use crate::components::CopyButton;
use crate::hooks::Answer;

/// The list of the selected items, and the active one in full.
#[component]
pub fn SelectedItems(
    /// The job.
    answer: Signal<Answer<Job>>,
    /// The indices of the items in the list.
    selected: Memo<Vec<u32>>,
    /// What selects them.
    view: Signal<ItemsView>,
    /// Renders further content for the active item, by its index.
    more: Option<Callback<usize, AnyView>>,
) -> impl IntoView {
    // Holds the item and not its position, so that it stays active when the list or the job changes.
    let picked = RwSignal::new(None::<(String, usize)>);
    let index = Memo::new(move |_| {
        let picked = picked.read();
        let (name, index) = picked.as_ref()?;
        answer.read().value.items.find(name, *index)
    });
    let active = Memo::new(move |_| {
        let index = u32::try_from(index.get()?).ok()?;
        selected.read().iter().position(|own| *own == index)
    });
    let shown = Memo::new(move |_| {
        let index = active.get().and(index.get())?;
        let answer = answer.read();
        let items = &answer.value.items;
        Some((items.name(index).to_owned(), items.text(index)?.clone()))
    });
    let row = Callback::new(move |at: usize| {
        let index = *selected.read().get(at)? as usize;
        let answer = answer.read();
        let items = &answer.value.items;
        let text = items.text(index)?;
        Some(ItemRow {
            name: items.name(index).to_owned(),
            text: text.text.to_string(),
            status: text.status,
        })
    });
    let activate = Callback::new(move |at: usize| {
        let index = selected.read_untracked().get(at).map(|index| *index as usize);
        let name = |index| answer.read_untracked().value.items.name(index).to_owned();
        picked.set(index.map(|index| (name(index), index)));
    });
    let panel = move || match shown.get() {
        Some((name, text)) => Either::Left(view! { <ItemPanel name text/> }),
        None => Either::Right(view! {
            <p class="item__hint">
                "Choose an item to read it in full: click it, or use the arrow keys in the list"
            </p>
        }),
    };
    let more = move || Some(more?.run(active.get().and(index.get())?));
    let name = Signal::derive(move || shown.get().map(|(name, _)| name).unwrap_or_default());
    view! {
        <ItemList
            count=Signal::derive(move || selected.read().len())
            row
            active
            on_activate=activate
            view
        />
        <section class="item" aria-label="Chosen item">
            <div aria-live="polite">{panel} {more}</div>
            <Show when=move || shown.read().is_some()>
                <CopyButton label="Copy name" text=name/>
            </Show>
        </section>
    }
}
