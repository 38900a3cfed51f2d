//! Opening and closing a modal dialog, which only the browser's own calls can do.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::reactive::{Signal, follow};

/// Keeps the dialog `id` open, as modal, exactly while `open` says so. Closing gives the focus back
/// to where it was.
pub fn keep_modal(id: &'static str, open: Signal<bool>) {
    follow(open, move |open| set_modal(id, open));
}

/// Opens a closed dialog as modal, or closes an open one.
pub fn set_modal(id: &str, open: bool) {
    let element = document().get_element_by_id(id);
    let Some(dialog) = element.and_then(|element| element.dyn_into::<HtmlDialogElement>().ok())
    else {
        return;
    };
    match (dialog.open(), open) {
        // Refused for an element that is not in the page; then there is nothing to open.
        (false, true) => _ = dialog.show_modal(),
        (true, false) => dialog.close(),
        _ => (),
    }
}
