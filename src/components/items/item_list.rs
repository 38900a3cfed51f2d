//! A list of any length, of which only the visible rows are rendered.
//!
//! One element has the focus and names the active row, so that the arrow keys work however long the list is.

use std::collections::HashMap;
use std::ops::Range;

use cckm_core::format::text::truncate;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::item_window::{VirtualWindow, target_row};
use cckm_core::job::items_view::ItemsView;
use leptos::prelude::*;
use leptos::{ev, html};

use super::use_viewport::use_viewport;
use crate::components::ItemStatusMark;
use crate::hooks::{latest, use_focus_restore};

/// The height of a row in CSS pixels; `.items__row` in the style sheet has the same.
pub const ROW_HEIGHT: usize = 36;
/// How many rows are rendered beyond the visible ones on either side.
const MARGIN: usize = 8;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// The item's name.
    pub name: String,
    /// Its status text as people read it.
    pub text: String,
    /// The probable status, derived from the text.
    pub status: ItemStatus,
    /// Whether the job has ended.
    pub is_finished: bool,
}

/// The list of the selected items.
#[component]
pub fn ItemList(
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// The row at a position. It may read signals: a rendered row follows them.
    row: Callback<usize, Option<ItemRow>>,
    /// The position of the active row.
    #[prop(into)]
    active: Signal<Option<usize>>,
    /// Gets the position of the new active row. The list scrolls it into view.
    on_activate: Callback<usize>,
    /// What selects the rows. The list shows another selection from its top.
    #[prop(into)]
    view: Signal<ItemsView>,
) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let content = NodeRef::<html::Div>::new();
    let viewport = use_viewport(list);
    Effect::watch(move || view.get(), move |_, _, _| viewport.scroll_to(0), false);
    let scrolled = Memo::new(move |_| VirtualWindow {
        count: count.get(),
        row_height: ROW_HEIGHT,
        scroll_top: viewport.top.get(),
        viewport_height: viewport.height.get(),
    });
    // Most scroll events move by less than a row and change nothing here.
    let window = Memo::new(move |_| scrolled.get().snapped());
    let rows = Memo::new(move |_| window.get().visible_rows(MARGIN));
    let rendered = Memo::new(move |_| RenderedRow::all(rows.get(), row));
    use_focus_restore(
        move || content.get().map(Into::into),
        Signal::<Vec<RenderedRow>>::from(rendered),
    );
    let lead = Memo::new(move |_| window.get().offset());
    let activate = Callback::new(move |at: usize| {
        on_activate.run(at);
        viewport.scroll_to(scrolled.get_untracked().scroll_to(at));
    });
    let press_key = move |event: ev::KeyboardEvent| {
        let page = (viewport.height.get_untracked() / ROW_HEIGHT).max(1);
        let (active, count) = (active.get_untracked(), count.get_untracked());
        if let Some(target) = target_row(&event.key(), active, count, page) {
            event.prevent_default();
            activate.run(target);
        }
    };
    // A row that is not rendered cannot be named.
    let active_id = move || active.get().filter(|at| rows.read().contains(at)).map(row_id);
    view! {
        <div
            class="items"
            role="listbox"
            tabindex="0"
            aria-label="Items"
            aria-activedescendant=active_id
            node_ref=list
            on:keydown=press_key
            on:scroll=move |_| viewport.measure()
        >
            <div
                class="items__all"
                role="presentation"
                node_ref=content
                style:height=move || format!("{}px", window.get().scroll_height())
            >
                <For each=move || rendered.get() key=|row| row.key.clone() let:row>
                    <Row row=latest(rendered.into(), row, |row| &row.key) lead count active on_click=activate/>
                </For>
            </div>
        </div>
    }
}

/// A row with its position.
#[derive(Clone, Debug, PartialEq, Eq)]
struct RenderedRow {
    /// The item's name, and how many rows of the same name are rendered before it. The row keeps its element, and a
    /// selection in it, while its item moves.
    key: (String, usize),
    /// Its position in the full list.
    at: usize,
    /// What it shows.
    content: ItemRow,
}

impl RenderedRow {
    /// The rows at `positions`.
    fn all(positions: Range<usize>, row: Callback<usize, Option<ItemRow>>) -> Vec<Self> {
        let mut repeated = HashMap::<String, usize>::new();
        positions
            .filter_map(|at| Some((at, row.run(at)?)))
            .map(|(at, content)| {
                let before = repeated.entry(content.name.clone()).or_default();
                let key = (content.name.clone(), *before);
                *before += 1;
                Self { key, at, content }
            })
            .collect()
    }
}

#[component]
fn Row(
    /// Its content and position.
    row: Memo<RenderedRow>,
    /// How far the rows are moved up from their positions in the full list, in CSS pixels.
    lead: Memo<usize>,
    /// How many rows the whole list has.
    count: Signal<usize>,
    /// The position of the active row.
    active: Signal<Option<usize>>,
    /// Gets its position when the person clicks it.
    on_click: Callback<usize>,
) -> impl IntoView {
    let at = Memo::new(move |_| row.read().at);
    let content = Memo::new(move |_| row.read().content.clone());
    let is_active = Memo::new(move |_| active.get() == Some(at.get()));
    let top = move || {
        let top = (at.get() * ROW_HEIGHT).cast_signed() - lead.get().cast_signed();
        format!("{top}px")
    };
    let content = move || {
        let ItemRow { name, text, status, is_finished } = content.get();
        view! {
            <span class="items__name">{truncate(name)}</span>
            <ItemStatusMark status is_finished/>
            <span class="items__text">{truncate(text)}</span>
        }
    };
    view! {
        <div
            id=move || row_id(at.get())
            class="items__row"
            class=("items__row--active", is_active)
            role="option"
            aria-selected=move || is_active.get().to_string()
            aria-posinset=move || (at.get() + 1).to_string()
            aria-setsize=move || count.get().to_string()
            style:top=top
            on:click=move |_| on_click.run(at.get_untracked())
        >
            {content}
        </div>
    }
}

fn row_id(at: usize) -> String {
    format!("item-{at}")
}
