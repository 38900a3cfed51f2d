//! The page before the program: `index.html` shows it until the console has something to show.

use leptos::prelude::document;

/// Takes it away.
pub fn remove() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}
