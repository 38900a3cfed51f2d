//! Commands for a terminal, to be read, selected and copied.

use crate::components::copy_button;
use crate::reactive::{Callback, RwSignal};
use crate::view::{Element, View, el};

/// One command.
pub struct CommandText {
    /// What it does.
    pub title: String,
    /// The command, and the name of its copy button; or nothing where there is only the note.
    pub text: Option<(String, &'static str)>,
    /// What is to be said of it; may be empty.
    pub note: String,
}

/// `texts` one below another; `on_copy` is given the text and where to say what came of it.
pub fn command_texts(
    texts: Vec<CommandText>,
    on_copy: &Callback<(String, RwSignal<String>)>,
) -> Element {
    let texts = texts.into_iter().map(|command| {
        let title = command.title.clone();
        let text = command.text.map(|(text, label)| {
            let (shown, on_copy) = (text.clone(), on_copy.clone());
            let copy = Callback::new(move |said| on_copy.run((text.clone(), said)));
            let shown = el("pre")
                .class("raw__text")
                .attr("tabindex", "0")
                .attr("role", "region")
                .set("aria-label", title)
                .child(shown);
            View::Several(vec![shown.into(), copy_button(label, copy).into()])
        });
        let note =
            (!command.note.is_empty()).then(|| el("p").class("command__note").child(command.note));
        el("div")
            .class("command")
            .child(el("h3").child(command.title))
            .child(text)
            .child(note)
    });
    el("div").class("commands").children(texts)
}
