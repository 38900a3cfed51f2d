//! The shape of what is to come, while it loads for the first time.

use crate::view::{Element, el};

/// Rows without content, and the word for those who cannot see them: `what` is loading.
pub fn skeleton(what: &'static str) -> Element {
    let row = |_| el("div").class("skeleton__row").attr("aria-hidden", "true");
    el("div")
        .class("skeleton")
        .attr("role", "status")
        .child(
            el("span")
                .class("visually-hidden")
                .child(format!("Loading {what}…")),
        )
        .children((0..6).map(row))
}
