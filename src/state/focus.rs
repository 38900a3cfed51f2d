//! Moving the focus to what has just come onto the page, for those who follow it by keyboard or ear.

use leptos::prelude::{document, request_animation_frame};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Focuses the element `id` once the page has been drawn with it; nothing happens if it is not
/// there by then.
pub fn focus_soon(id: String) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(&id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // Refused by none of the elements that this is for.
            _ = element.focus();
        }
    });
}
