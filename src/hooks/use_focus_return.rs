//! Returns the focus to the page when a button that has it disappears.

use leptos::html;
use leptos::prelude::*;
use web_sys::Node;

use super::UseLocation;
use crate::browser::focus;

/// When `button` disappears with the focus, the content of the page takes the focus, unless something else has taken it:
/// otherwise the next key begins at the top of the document.
pub fn use_focus_return(button: NodeRef<html::Button>) {
    let content = use_context::<UseLocation>().map(|location| location.content);
    on_cleanup(move || {
        // The element is still in the document.
        let button = button.try_get_untracked().flatten();
        let active = document().active_element().map(Node::from);
        if !button.is_some_and(|button| button.is_same_node(active.as_ref())) {
            return;
        }
        request_animation_frame(move || {
            let content = content.and_then(|content| content.try_get_untracked().flatten());
            if let Some(content) = content.filter(|_| focus::is_lost()) {
                focus::focus(&content);
            }
        });
    });
}
