//! The document around the application.

use leptos::prelude::{document, window};
use web_sys::Element;
use web_sys::js_sys::Object;

/// Removes what `index.html` shows until the console has something to show.
pub fn remove_boot() {
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
}

/// Loads the page again.
pub fn reload() {
    // A browser that refuses leaves the page as it is.
    let _ = window().location().reload();
}

/// Scrolls `list` sideways until `entry`, which it contains, is in view.
pub fn scroll_sideways_to(list: &Element, entry: &Element) {
    let (frame, entry) = (list.get_bounding_client_rect(), entry.get_bounding_client_rect());
    let before = (entry.left() - frame.left()).min(0.0);
    let after = (entry.right() - frame.right()).max(0.0);
    #[expect(clippy::cast_possible_truncation, reason = "pixels of a page fit")]
    list.set_scroll_left(list.scroll_left() + (before + after) as i32);
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
