//! The answer as received.

use crate::components::copy_button;
use crate::reactive::{Callback, RwSignal};
use crate::view::{View, dynamic, el, several};

/// The answer, opened on request, since it can be long. `body` gives the text to show, and is asked
/// only when it is open; `on_copy` copies and `on_save` saves the whole.
pub fn raw_json(
    body: Callback<(), String>,
    on_copy: Callback<RwSignal<String>>,
    on_save: Callback<()>,
) -> View {
    let open = RwSignal::new(false);
    dynamic(move || {
        let is_open = open.get();
        let (body, on_copy, on_save) = (body.clone(), on_copy.clone(), on_save.clone());
        let opened = is_open.then(|| {
            let text = el("pre")
                .class("raw__text")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", "JSON as received")
                .child(dynamic(move || body.run(())));
            let save = el("button")
                .attr("type", "button")
                .class("button button--quiet")
                .on("click", move |_| on_save.run(()))
                .child("Download JSON");
            let actions = el("p").child(save).child(copy_button("Copy JSON", on_copy));
            several([actions.into(), text.into()])
        });
        let button = el("button")
            .attr("type", "button")
            .class("button button--quiet")
            .attr("aria-expanded", if is_open { "true" } else { "false" })
            .on("click", move |_| open.set(!is_open))
            .child("JSON as received");
        el("section").class("raw").child(button).child(opened)
    })
}
