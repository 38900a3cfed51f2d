//! Records the focus and the text selection inside an element, and restores them after its children have moved.
//!
//! A node that moves in the document loses both.

use std::cell::Cell;

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, Node, Selection};

/// What can take the focus in a row.
const FOCUSABLE: &str =
    "a[href], button:not([disabled]), input:not([disabled]), select, textarea, [tabindex]";

thread_local! {
    /// Whether [`focus`] is moving the focus.
    static MOVING: Cell<bool> = const { Cell::new(false) };
}

/// The focus and the text selection inside an element.
pub struct SavedFocus {
    container: Element,
    focused: Option<HtmlElement>,
    /// The position of the focused row among the children of the container.
    row: usize,
    selection: Option<SavedSelection>,
}

struct SavedSelection {
    anchor: (Node, u32),
    focus: (Node, u32),
}

impl SavedFocus {
    /// The focus and the selection, as far as they are inside `container`. `None` if neither is.
    pub fn capture(container: &Element) -> Option<Self> {
        let inside = |node: &Node| container.contains(Some(node));
        let focused = document()
            .active_element()
            .filter(|active| inside(active))
            .and_then(|active| active.dyn_into::<HtmlElement>().ok());
        let selection =
            selection().and_then(|selection| SavedSelection::capture(&selection, inside));
        if focused.is_none() && selection.is_none() {
            return None;
        }
        let children = container.children();
        let row = focused.as_ref().map_or(0, |focused| {
            (0..children.length())
                .position(|at| children.item(at).is_some_and(|row| row.contains(Some(focused))))
                .unwrap_or(0)
        });
        Some(Self { container: container.clone(), focused, row, selection })
    }

    /// Restores the lost focus and selection. If the focused row is gone, the row in its place takes the focus, or
    /// `fallback` if there is no row. The page does not scroll.
    pub fn restore(self, fallback: Option<&HtmlElement>) {
        if let Some(focused) = self.focused.as_ref().filter(|_| is_lost()) {
            if focused.is_connected() {
                focus(focused);
            } else if let Some(next) = self.next_row().as_ref().or(fallback) {
                focus(next);
            }
        }
        if let Some(selection) = self.selection {
            selection.restore();
        }
    }

    /// The focusable element in the row at the position of the focused one, or in the last row.
    fn next_row(&self) -> Option<HtmlElement> {
        let children = self.container.children();
        let last = children.length().checked_sub(1)?;
        let row = children.item(u32::try_from(self.row).unwrap_or(last).min(last))?;
        row.query_selector(FOCUSABLE).ok()??.dyn_into().ok()
    }
}

impl SavedSelection {
    fn capture(selection: &Selection, inside: impl Fn(&Node) -> bool) -> Option<Self> {
        if selection.is_collapsed() {
            return None;
        }
        let anchor = selection.anchor_node().filter(&inside)?;
        let focus = selection.focus_node().filter(&inside)?;
        Some(Self {
            anchor: (anchor, selection.anchor_offset()),
            focus: (focus, selection.focus_offset()),
        })
    }

    fn restore(self) {
        let (anchor, focus) = (self.anchor, self.focus);
        let Some(selection) =
            selection().filter(|_| anchor.0.is_connected() && focus.0.is_connected())
        else {
            return;
        };
        let is_unchanged = selection.anchor_node().as_ref() == Some(&anchor.0)
            && selection.focus_node().as_ref() == Some(&focus.0)
            && selection.anchor_offset() == anchor.1
            && selection.focus_offset() == focus.1;
        if !is_unchanged {
            // A text that became shorter refuses the old offset; then nothing is selected.
            _ = selection.set_base_and_extent(&anchor.0, anchor.1, &focus.0, focus.1);
        }
    }
}

/// Whether no element has the focus, as after the focused one was removed.
pub fn is_lost() -> bool {
    let active = document().active_element();
    active.is_none_or(|active| document().body().is_some_and(|body| *body == active))
}

/// Whether a focus event that is being handled comes from [`focus`] and not from the person.
pub fn is_moving() -> bool {
    MOVING.get()
}

/// Focuses `element` without scrolling.
pub fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    MOVING.set(true);
    // Without it the next key begins at the top of the document.
    _ = element.focus_with_options(&options);
    MOVING.set(false);
}

/// Scrolls to the top of `element`, unless that is in the upper half of the window already.
pub fn bring_into_view(element: &Element) {
    let top = element.get_bounding_client_rect().top();
    let height = leptos::prelude::window().inner_height().ok().and_then(|height| height.as_f64());
    if top < 0.0 || top > height.unwrap_or_default() / 2.0 {
        element.scroll_into_view();
    }
}

fn selection() -> Option<Selection> {
    leptos::prelude::window().get_selection().ok()?
}
