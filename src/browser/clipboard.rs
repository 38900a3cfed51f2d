//! The clipboard. No token gets here: the texts are ids, items, commands and answers.

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

/// Copies `text`.
///
/// # Errors
/// A sentence for the person, if the browser refuses: it allows copying only on pages over HTTPS or from the
/// machine itself.
pub async fn copy(text: &str) -> Result<(), &'static str> {
    let window = window();
    if !window.is_secure_context() {
        return Err("Browsers allow copying only on pages over HTTPS");
    }
    JsFuture::from(window.navigator().clipboard().write_text(text))
        .await
        .map(drop)
        .map_err(|_| "The browser did not allow copying")
}
