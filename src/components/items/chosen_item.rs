//! The item that the person has chosen in the list, and the panel that shows it in full.

use cckm_core::job::Job;
use cckm_core::job::items::ItemText;
use leptos::either::Either;
use leptos::prelude::*;

use super::item_panel::ItemPanel;
use crate::components::CopyButton;
use crate::hooks::Answer;

/// The chosen item. From [`use_chosen_item`].
#[derive(Clone, Copy)]
pub struct ChosenItem {
    /// Its position in the list, if the list contains it.
    pub active: Memo<Option<usize>>,
    /// Chooses the item at a position of the list.
    pub activate: Callback<usize>,
    /// Its index among all items, if the list contains it.
    index: Memo<Option<usize>>,
    /// Its name and its text.
    shown: Memo<Option<(String, ItemText)>>,
}

/// Keeps the chosen item while the list of the `selected` items and the job change.
pub fn use_chosen_item(answer: Signal<Answer<Job>>, selected: Memo<Vec<u32>>) -> ChosenItem {
    // Holds the item and not its position, so that it stays active when the list or the job changes.
    let picked = RwSignal::new(None::<(String, usize)>);
    let found = Memo::new(move |_| {
        let picked = picked.read();
        let (name, index) = picked.as_ref()?;
        answer.read().value.items.find(name, *index)
    });
    let active = Memo::new(move |_| {
        let index = u32::try_from(found.get()?).ok()?;
        selected.read().iter().position(|own| *own == index)
    });
    let index = Memo::new(move |_| active.get().and(found.get()));
    let shown = Memo::new(move |_| {
        let index = index.get()?;
        let answer = answer.read();
        let items = &answer.value.items;
        Some((items.name(index).to_owned(), items.text(index)?.clone()))
    });
    let activate = Callback::new(move |at: usize| {
        let index = selected.read_untracked().get(at).map(|index| *index as usize);
        let name = |index| answer.read_untracked().value.items.name(index).to_owned();
        picked.set(index.map(|index| (name(index), index)));
    });
    ChosenItem { active, activate, index, shown }
}

/// The chosen item in full, or how to choose one.
#[component]
pub fn ChosenItemPanel(
    /// The chosen item.
    chosen: ChosenItem,
    /// Whether the job has ended.
    is_finished: Signal<bool>,
    /// Renders further content for the item, by its index.
    more: Option<Callback<usize, AnyView>>,
) -> impl IntoView {
    let panel = move || match chosen.shown.get() {
        Some((name, text)) => {
            let is_finished = is_finished.get();
            Either::Left(view! { <ItemPanel name text is_finished/> })
        }
        None => Either::Right(view! {
            <p class="item__hint">
                "Choose an item to read it in full: click it, or use the arrow keys in the list"
            </p>
        }),
    };
    let more = move || Some(more?.run(chosen.index.get()?));
    let name = Signal::derive(move || {
        let shown = chosen.shown.read();
        shown.as_ref().map(|(name, _)| name.clone()).unwrap_or_default()
    });
    view! {
        <section class="item" aria-label="Chosen item">
            <div aria-live="polite">{panel} {more}</div>
            <Show when=move || chosen.shown.read().is_some()>
                <CopyButton label="Copy name" text=name/>
            </Show>
        </section>
    }
}
