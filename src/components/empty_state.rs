//! A place where there is nothing to show, and why.

use crate::view::{Element, View, el};

/// Says why there is nothing and, in `what`, what to do about it.
pub fn empty_state(title: impl Into<View>, what: Vec<View>) -> Element {
    const TRAY: &str =
        "M6 18L16 6h32l10 12v22a3 3 0 0 1-3 3H9a3 3 0 0 1-3-3zM6 18h16l4 7h12l4-7h16";
    el("div")
        .class("empty")
        .child(
            el("svg")
                .class("empty__picture")
                .attr("viewBox", "0 0 64 48")
                .attr("aria-hidden", "true")
                .child(el("path").attr("d", TRAY)),
        )
        .child(el("h2").class("empty__title").child(title))
        .child(el("div").class("empty__text").children(what))
}
