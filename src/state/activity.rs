//! What the person does on the page, as a bare "something was done". Reads no key and no text.

use leptos::prelude::document;
use web_sys::VisibilityState;

use crate::state::listen::listen;

/// What counts. `click` and `focusin` are all that some aids cause.
const ACTS: [&str; 6] = [
    "pointerdown",
    "keydown",
    "wheel",
    "touchmove",
    "click",
    "focusin",
];

/// Calls `done` on each press, key, wheel turn, touch or move of the focus, and `back` when the page comes to the
/// front again, until the owner of the caller is cleaned up. Scrolling counts by what causes it,
/// since the page scrolls by itself too.
pub fn watch(done: impl Fn() + Copy + 'static, back: impl Fn() + Copy + 'static) {
    for name in ACTS {
        listen(name, move |_| done());
    }
    listen("focus", move |_| back());
    listen("visibilitychange", move |_| {
        if document().visibility_state() == VisibilityState::Visible {
            back();
        }
    });
}
