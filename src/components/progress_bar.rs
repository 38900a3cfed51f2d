//! How far a job is.

use crate::view::{Element, el};
use cckm_core::format::text::{counted, grouped};
use cckm_core::job::counts::Progress;

/// A bar and its numbers; `noun` is what is counted: one, many.
pub fn progress_bar(progress: Progress, noun: (&'static str, &'static str)) -> Element {
    let Progress { over, of } = progress;
    let (over_text, of_text) = (grouped(over), counted(of, noun.0, noun.1));
    let bar = el("progress")
        .class("progress__bar")
        .set("max", of.to_string())
        .set("value", over.min(of).to_string())
        .attr("aria-label", "Progress");
    let text = format!("{over_text} of {of_text} finished");
    el("div")
        .class("progress")
        .child(bar)
        .child(el("span").class("progress__text").child(text))
}
