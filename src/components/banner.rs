//! A message above what is on screen, which stays.

use crate::view::{Element, View, el};

/// A message that says `what`. `tone` is `info` or `warning`.
pub fn banner(tone: &'static str, what: Vec<View>) -> Element {
    el("div")
        .set("class", format!("banner banner--{tone}"))
        .attr("role", "status")
        .children(what)
}
