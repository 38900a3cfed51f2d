//! The last question before something is done that cannot be taken back.

use crate::reactive::{Callback, RwSignal};
use crate::view::{Element, View, dynamic, el, value_of};
use cckm_core::format::text::{cut, grouped};

/// What is asked.
pub struct Question {
    /// What is to be done: `Cancel this job?`
    pub title: String,
    /// What will happen, to how many items.
    pub what: Vec<View>,
    /// What the button says that does it: `Cancel the job`.
    pub verb: String,
    /// The number of items that someone has to type first, where they will be destroyed.
    pub count: Option<usize>,
}

/// Asks `question` in place. `on_yes` does it, `on_no` does not.
pub fn confirm(question: Question, on_yes: Callback<()>, on_no: Callback<()>) -> Element {
    let count = question.count.map(|count| {
        let label = format!("Type {} to go on", grouped(count));
        (label, count.to_string())
    });
    asking(question, count, on_yes, on_no)
}

/// The same where `name` has to be typed first: the id of one thing that holds nobody knows how many.
pub fn confirm_by_name(
    question: Question,
    name: String,
    on_yes: Callback<()>,
    on_no: Callback<()>,
) -> Element {
    let label = format!("Type {} to go on", cut(name.clone()));
    asking(question, Some((label, name)), on_yes, on_no)
}

/// With `proof`, a label and what has to be typed below it.
fn asking(
    question: Question,
    proof: Option<(String, String)>,
    on_yes: Callback<()>,
    on_no: Callback<()>,
) -> Element {
    let Question {
        title,
        what,
        verb,
        count,
    } = question;
    let typed = RwSignal::new(String::new());
    let (label, wanted) = proof.unzip();
    let field = label.map(|label| {
        let input = el("input")
            .class("field__input")
            .attr("type", "text")
            .attr(
                "inputmode",
                if count.is_some() { "numeric" } else { "text" },
            )
            .attr("name", "count")
            .attr("autocomplete", "off")
            .attr("spellcheck", "false")
            .on("input", move |event| typed.set(value_of(&event)));
        el("label")
            .class("field")
            .child(el("span").class("field__label").child(label))
            .child(input)
    });
    let yes = dynamic(move || {
        let typed = typed.get();
        let may = wanted.as_ref().is_none_or(|wanted| {
            // A number may be typed with its digits grouped.
            let digits = || {
                typed
                    .chars()
                    .filter(|sign| *sign != ',')
                    .collect::<String>()
            };
            typed.trim() == wanted || (count.is_some() && digits().trim() == wanted)
        });
        let on_yes = on_yes.clone();
        el("button")
            .attr("type", "button")
            .class("button button--danger")
            .flag("disabled", !may)
            .on("click", move |_| on_yes.run(()))
            .child(verb.clone())
    });
    let no = el("button")
        .attr("type", "button")
        .class("button button--quiet")
        .on("click", move |_| on_no.run(()))
        .child("Do nothing");
    el("div")
        .class("confirm")
        .attr("role", "alertdialog")
        .set("aria-label", title.clone())
        .child(el("h2").class("confirm__title").child(title))
        .children(what)
        .child(field)
        .child(
            el("p")
                .class("confirm__actions")
                .child(yes)
                .child(" ")
                .child(no),
        )
}
