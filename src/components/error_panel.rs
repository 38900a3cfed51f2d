//! Something went wrong: what, what it means, what to do, and the server's own words.

use crate::components::server_words;
use crate::reactive::Callback;
use crate::view::{Element, el};
use cckm_core::problem::Problem;

/// Tells of `problem`. Stands above rows that are kept, or alone where there are none. Offers to
/// try again where that may help.
pub fn error_panel(problem: Problem, on_retry: Callback<()>) -> Element {
    let retry = problem.retry.then(|| {
        el("button")
            .attr("type", "button")
            .class("button")
            .on("click", move |_| on_retry.run(()))
            .child("Try again")
    });
    el("div")
        .class("error")
        .attr("role", "alert")
        .child(el("h2").class("error__title").child(problem.title))
        .child(el("p").child(problem.explanation))
        .child(problem.server.map(server_words))
        .child(retry)
}
