//! The clipboard. No token ever gets here: the texts are ids, items and answers.

use wasm_bindgen_futures::JsFuture;

/// Copies `text`.
///
/// # Errors
/// A sentence for the person, if the browser refuses: it allows copying only on pages over HTTPS
/// or from the machine itself.
pub async fn copy(text: &str) -> Result<(), &'static str> {
    const REFUSED: &str = "The browser did not allow copying";
    let window = leptos::prelude::window();
    if !window.is_secure_context() {
        return Err("Browsers allow copying only on pages over HTTPS");
    }
    let written = JsFuture::from(window.navigator().clipboard().write_text(text)).await;
    written.map(|_| ()).map_err(|_| REFUSED)
}
