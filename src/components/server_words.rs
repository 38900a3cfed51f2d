//! What the server said, to the letter.

use crate::view::{Element, el};
use cckm_core::problem::ServerText;

/// The server's own words, folded when they are the source of a web page.
pub fn server_words(ServerText { text, page }: ServerText) -> Element {
    el("details")
        .class("words")
        .flag("open", !page)
        .child(el("summary").child("The server's words"))
        .child(el("pre").attr("tabindex", "0").child(text))
}
