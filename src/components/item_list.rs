//! The items of a job: a list of any length, of which only what can be seen is drawn.
//!
//! One element has the focus and names the active row, so that the list is used with the arrow
//! keys however long it is. It scrolls nothing itself: it asks for it.

use crate::components::class_mark;
use crate::reactive::{Callback, Signal};
use crate::view::{Element, View, dynamic, el, key};
use cckm_core::format::text::cut;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::item_window::{Window, step};

/// The id of the element that scrolls.
pub const LIST: &str = "items";

/// The height of a row in CSS pixels; `.items__row` in the style sheet has the same.
pub const ROW_HEIGHT: usize = 40;
/// How many rows are drawn beyond those that can be seen, on either side.
const MARGIN: usize = 8;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemRow {
    /// The item's name.
    pub name: String,
    /// Its status text as people read it.
    pub text: String,
    /// What the text probably means.
    pub class: ItemStatus,
}

/// The list; `window` says what of it is on screen and `active` which row is the active one, `row`
/// gives the row at a position among the items shown, `on_activate` makes one the active one and
/// brings it into view, `on_scroll` reads the scroll position anew.
pub fn item_list(
    window: Signal<Window>,
    active: Signal<Option<usize>>,
    row: Callback<usize, Option<ItemRow>>,
    on_activate: Callback<usize>,
    on_scroll: Callback<()>,
) -> View {
    dynamic(move || {
        let active = active.get();
        let window = window.get();
        let (count, lead) = (window.count, window.lead());
        let range = window.rows(MARGIN);
        let active_id = active.filter(|at| range.contains(at)).map(row_id);
        let rows = range.filter_map(|at| {
            let content = row.run(at)?;
            let activate = on_activate.clone();
            let line = line(content, active == Some(at));
            let top = (at * ROW_HEIGHT).cast_signed() - lead.cast_signed();
            Some(
                line.key(at.to_string())
                    .set("id", row_id(at))
                    .set("aria-posinset", (at + 1).to_string())
                    .set("aria-setsize", count.to_string())
                    .style("top", format!("{top}px"))
                    .on("click", move |_| activate.run(at)),
            )
        });
        let all = el("div")
            .class("items__all")
            .attr("role", "presentation")
            .style("height", format!("{}px", window.page_height()))
            .children(rows);
        let (activate, scrolled) = (on_activate.clone(), on_scroll.clone());
        let mut list = el("div")
            .class("items")
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("tabindex", "0")
            .attr("aria-label", "Items");
        // A row that is not drawn cannot be named.
        if let Some(id) = active_id {
            list = list.set("aria-activedescendant", id);
        }
        list.on("keydown", move |event| {
            let page = (window.height / ROW_HEIGHT).max(1);
            if let Some(target) = step(&key(&event), active, count, page) {
                event.prevent_default();
                activate.run(target);
            }
        })
        .on("scroll", move |_| scrolled.run(()))
        .child(all)
    })
}

fn line(content: ItemRow, is_active: bool) -> Element {
    let (class, selected) = if is_active {
        ("items__row items__row--active", "true")
    } else {
        ("items__row", "false")
    };
    el("div")
        .class(class)
        .attr("role", "option")
        .attr("aria-selected", selected)
        .child(el("span").class("items__name").child(cut(content.name)))
        .child(class_mark(content.class))
        .child(el("span").class("items__text").child(cut(content.text)))
}

fn row_id(at: usize) -> String {
    format!("item-{at}")
}
