//! Where the next key goes, when what had the focus has come or gone.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

/// Puts the focus on the element `id`, once it is on the page, and brings it into view.
pub fn give(id: impl Into<String>) {
    let id = id.into();
    request_animation_frame(move || set(&id, true));
}

/// Puts the focus on the element `id` if it was lost with the element that had it. The page stays
/// where it is.
pub fn catch(id: &'static str) {
    request_animation_frame(move || {
        let document = document();
        let active = document.active_element();
        if active.is_none() || active.as_deref() == document.body().as_deref().map(AsRef::as_ref) {
            set(id, false);
        }
    });
}

fn set(id: &str, scroll: bool) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(!scroll);
        // Without it the next key begins at the top of the document: worse, but no more.
        _ = element.focus_with_options(&options);
    }
}
