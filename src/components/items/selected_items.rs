//! The list of the selected items.

use cckm_core::job::Job;
use cckm_core::job::items_view::ItemsView;
use leptos::prelude::*;

use super::chosen_item::ChosenItem;
use super::item_list::{ItemList, ItemRow};
use crate::hooks::Answer;

/// The list of the selected items.
#[component]
pub fn SelectedItems(
    /// The job.
    answer: Signal<Answer<Job>>,
    /// The indices of the items in the list.
    selected: Memo<Vec<u32>>,
    /// What selects them.
    view: Signal<ItemsView>,
    /// The item that the person has chosen.
    chosen: ChosenItem,
) -> impl IntoView {
    let row = Callback::new(move |at: usize| {
        let index = *selected.read().get(at)? as usize;
        let answer = answer.read();
        let items = &answer.value.items;
        let text = items.text(index)?;
        Some(ItemRow {
            name: items.name(index).to_owned(),
            text: text.text.to_string(),
            status: text.status,
            is_finished: !answer.value.may_run(),
        })
    });
    view! {
        <ItemList
            count=Signal::derive(move || selected.read().len())
            row
            active=chosen.active
            on_activate=chosen.activate
            view
        />
    }
}
