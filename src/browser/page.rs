//! The document around the application.

use leptos::prelude::{document, window};
use web_sys::js_sys::Object;

/// Removes what `index.html` shows until the console has something to show.
pub fn remove_boot() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// Whether another page shows this one inside itself. The console must not ask for a password then, since the page around
/// it could cover the fields. True if that cannot be determined.
pub fn is_framed() -> bool {
    let own = window();
    match own.top() {
        Ok(Some(top)) => !Object::is(&top, &own),
        _ => true,
    }
}
