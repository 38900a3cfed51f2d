//! A button that copies, and says whether it did.

use crate::reactive::{Callback, RwSignal};
use crate::view::{Element, dynamic, el};

/// Asks for a copy; what came of it, written by `on_copy` into the signal, is said until the next.
pub fn copy_button(label: &'static str, on_copy: Callback<RwSignal<String>>) -> Element {
    let said = RwSignal::new(String::new());
    el("span")
        .class("copy")
        .child(
            el("button")
                .attr("type", "button")
                .class("button button--quiet")
                .on("click", move |_| on_copy.run(said))
                .child(label),
        )
        .child(
            el("span")
                .class("copy__said")
                .attr("role", "status")
                .child(dynamic(move || said.get())),
        )
}
