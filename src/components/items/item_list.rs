//! A list of any length, of which only the visible rows are rendered.
//!
//! One element has the focus and names the active row, so that the arrow keys work however long the list is.

use cckm_core::format::text::truncate;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::item_window::{VirtualWindow, target_row};
use cckm_core::job::items_view::ItemsView;
use leptos::prelude::*;
use leptos::{ev, html};

use super::use_viewport::use_viewport;
use crate::components::ItemStatusMark;

/// The height of a row in CSS pixels; `.items__row` in the style sheet has the same.
pub const ROW_HEIGHT: usize = 40;
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
                style:height=move || format!("{}px", window.get().scroll_height())
            >
                <For each=move || rows.get() key=|at| *at let:at>
                    <Row
                        at
                        row=Memo::new(move |_| row.run(at))
                        top=Signal::derive(move || {
                            (at * ROW_HEIGHT).cast_signed() - lead.get().cast_signed()
                        })
                        count
                        is_active=Signal::derive(move || active.get() == Some(at))
                        on_click=activate
                    />
                </For>
            </div>
        </div>
    }
}

#[component]
fn Row(
    /// Its position.
    at: usize,
    /// Its content.
    row: Memo<Option<ItemRow>>,
    /// The distance from the top of the rendered list, in CSS pixels.
    top: Signal<isize>,
    /// How many rows the whole list has.
    count: Signal<usize>,
    /// Whether it is the active row.
    is_active: Signal<bool>,
    /// Gets its position when the person clicks it.
    on_click: Callback<usize>,
) -> impl IntoView {
    let content = move || {
        row.get().map(|ItemRow { name, text, status }| {
            view! {
                <span class="items__name">{truncate(name)}</span>
                <ItemStatusMark status/>
                <span class="items__text">{truncate(text)}</span>
            }
        })
    };
    view! {
        <div
            id=row_id(at)
            class="items__row"
            class=("items__row--active", is_active)
            role="option"
            aria-selected=move || is_active.get().to_string()
            aria-posinset=(at + 1).to_string()
            aria-setsize=move || count.get().to_string()
            style:top=move || format!("{}px", top.get())
            on:click=move |_| on_click.run(at)
        >
            {content}
        </div>
    }
}

fn row_id(at: usize) -> String {
    format!("item-{at}")
}
