//! Something went wrong: what, what it means, what to do, and the server's own words.

use crate::domain::problem::{Problem, ServerText};
use crate::reactive::Callback;
use crate::view::{Element, el};

/// Tells of `problem`. Stands above rows that are kept, or alone where there are none.
pub fn error_panel(problem: Problem, on_retry: Callback<()>) -> Element {
    let words = problem.server.map(|ServerText { text, page }| {
        el("details")
            .class("error__words")
            .flag("open", !page)
            .child(el("summary").child("The server's words"))
            .child(el("pre").attr("tabindex", "0").child(text))
    });
    el("div")
        .class("error")
        .attr("role", "alert")
        .child(el("h2").class("error__title").child(problem.title))
        .child(el("p").child(problem.explanation))
        .child(words)
        .child(
            el("button")
                .attr("type", "button")
                .class("button")
                .on("click", move |_| on_retry.run(()))
                .child("Try again"),
        )
}
