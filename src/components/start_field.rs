//! A field of the form of a start, as its row in the table says. It keeps nothing that is typed.

use crate::reactive::Callback;
use crate::view::{Element, View, el, is_ticked, value_of};
use cckm_core::family::start_api::{Field, Kind};

/// A field as it stands.
pub struct FieldShown {
    /// What it is.
    pub field: &'static Field,
    /// Its id in the page.
    pub id: String,
    /// What stands in it; of a flag whether it is ticked.
    pub text: String,
    /// Whether it stands as it is.
    pub fixed: bool,
    /// What is wrong with it; empty if nothing is.
    pub wrong: String,
    /// What else is to be said of it, below it.
    pub note: View,
}

/// The field, with its label, its hint and what is wrong with it. `on_text` is told what is typed or
/// chosen; of a flag `true` or nothing.
pub fn start_field(shown: FieldShown, on_text: Callback<String>) -> Element {
    let FieldShown {
        field,
        id,
        text,
        fixed,
        wrong,
        note,
    } = shown;
    let (hint_id, wrong_id) = (format!("{id}-hint"), format!("{id}-wrong"));
    let is_wrong = !wrong.is_empty();
    let key = id.clone();
    let input = input(field, text, on_text)
        .set("id", id)
        .flag("disabled", fixed)
        .set("aria-describedby", format!("{hint_id} {wrong_id}"))
        .attr("aria-invalid", if is_wrong { "true" } else { "false" });
    let label = if field.kind == Kind::Flag {
        let label = el("label").class("start__flag").child(input);
        label.child(" ").child(field.label)
    } else {
        let name = el("span").class("field__label").child(field.label);
        el("label").class("field").child(name).child(input)
    };
    let hint = el("p").class("start__hint").set("id", hint_id);
    let wrong_line = el("p").class("start__wrong").set("id", wrong_id);
    el("div")
        .key(key)
        .class("start__field")
        .child(label)
        .child(hint.child(field.hint))
        .child(note)
        .child(wrong_line.child(wrong))
}

fn input(field: &'static Field, text: String, on_text: Callback<String>) -> Element {
    if field.kind == Kind::Flag {
        return el("input")
            .attr("type", "checkbox")
            .flag("checked", !text.is_empty())
            .on("change", move |event| {
                let text = if is_ticked(&event) { "true" } else { "" };
                on_text.run(text.to_owned());
            });
    }
    let typed = move |event| on_text.run(value_of(&event));
    match field.kind {
        Kind::Choice(operations) => {
            let known = operations.iter();
            let known = known.map(|known| (known.value, known.label));
            let none = (operations.len() > 1).then_some(("", "Choose…"));
            let options = none.into_iter().chain(known).map(|(value, label)| {
                let option = el("option").attr("value", value);
                option.flag("selected", value == text).child(label)
            });
            el("select")
                .class("field__input")
                .children(options)
                .value(text.clone())
                .on("change", typed)
        }
        Kind::Texts(_) | Kind::Json | Kind::Object => plain(el("textarea").attr("rows", "4"))
            .value(text)
            .on("input", typed),
        Kind::Days(..) => plain(
            el("input")
                .attr("type", "text")
                .attr("inputmode", "numeric"),
        )
        .value(text)
        .on("input", typed),
        Kind::Text | Kind::Instant | Kind::Cron | Kind::Flag => {
            plain(el("input").attr("type", "text"))
                .value(text)
                .on("input", typed)
        }
    }
}

fn plain(input: Element) -> Element {
    input
        .class("field__input")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
}
