//! What the person does on the page, as a bare "something was done". Reads no key and no text.

use leptos::prelude::document;
use web_sys::VisibilityState;

use super::listen::listen;

/// Calls `done` on each press, key, wheel turn or touch, and `back` when the page comes to the
/// front again, until the owner of the caller is cleaned up. Scrolling counts by what causes it,
/// since the page scrolls by itself too.
pub fn watch(done: impl Fn() + Copy + 'static, back: impl Fn() + Copy + 'static) {
    for name in ["pointerdown", "keydown", "wheel", "touchmove"] {
        listen(name, move |_| done());
    }
    listen("focus", move |_| back());
    listen("visibilitychange", move |_| {
        if document().visibility_state() == VisibilityState::Visible {
            back();
        }
    });
}
