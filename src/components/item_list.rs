//! The items of a job: a list of any length, of which only what can be seen is drawn.
//!
//! One element has the focus and names the active row, so that the list is used with the arrow
//! keys however long it is. It scrolls nothing itself: it asks for it.

use super::class_mark;
use crate::domain::class::Class;
use crate::domain::window::{rows_in_view, step};
use crate::reactive::{Callback, Signal};
use crate::view::{Element, View, dynamic, el, key};

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
    pub class: Class,
}

/// What of the list is on screen.
#[derive(Clone, Copy)]
pub struct ListWindow {
    /// How many rows there are.
    pub count: Signal<usize>,
    /// How far it is scrolled, in CSS pixels.
    pub top: Signal<usize>,
    /// The height of what can be seen, in CSS pixels.
    pub height: Signal<usize>,
    /// The position of the active row.
    pub active: Signal<Option<usize>>,
}

/// The list; `window` says what of it is on screen, `row` gives the row at a position among the
/// items shown, `on_activate` makes one the active one and brings it into view, `on_scroll` reads
/// the scroll position anew.
pub fn item_list(
    window: ListWindow,
    row: Callback<usize, Option<ItemRow>>,
    on_activate: Callback<usize>,
    on_scroll: Callback<()>,
) -> View {
    let ListWindow {
        count,
        top,
        height,
        active,
    } = window;
    dynamic(move || {
        let (count, active, height) = (count.get(), active.get(), height.get());
        let range = rows_in_view(count, ROW_HEIGHT, top.get(), height, MARGIN);
        let rows = range.filter_map(|at| {
            let content = row.run(at)?;
            let activate = on_activate.clone();
            let line = line(content, active == Some(at));
            Some(
                line.set("id", row_id(at))
                    .set("aria-posinset", (at + 1).to_string())
                    .set("aria-setsize", count.to_string())
                    .style("top", format!("{}px", at * ROW_HEIGHT))
                    .on("click", move |_| activate.run(at)),
            )
        });
        let all = el("div")
            .class("items__all")
            .attr("role", "presentation")
            .style("height", format!("{}px", count * ROW_HEIGHT))
            .children(rows);
        let (activate, scrolled) = (on_activate.clone(), on_scroll.clone());
        el("div")
            .class("items")
            .attr("id", LIST)
            .attr("role", "listbox")
            .attr("tabindex", "0")
            .attr("aria-label", "Items")
            .set(
                "aria-activedescendant",
                active.map(row_id).unwrap_or_default(),
            )
            .on("keydown", move |event| {
                let page = (height / ROW_HEIGHT).max(1);
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
        .child(el("span").class("items__name").child(content.name))
        .child(class_mark(content.class))
        .child(el("span").class("items__text").child(content.text))
}

fn row_id(at: usize) -> String {
    format!("item-{at}")
}
