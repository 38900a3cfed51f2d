//! What the person does on the page. Reads no key and no text.

use leptos::ev;
use leptos::prelude::*;
use web_sys::Event;

use super::use_window_event;
use crate::browser::focus;

/// What a person causes. Some assistive tools cause only `click` and `focusin`. Scrolling counts by what causes it, since
/// the page scrolls by itself too.
const ACTIVITY: [&str; 6] = ["pointerdown", "keydown", "wheel", "touchmove", "click", "focusin"];

/// Calls `on_activity` whenever the person does something, and `on_return` when the page comes back into view, until the
/// owner ends.
pub fn use_activity(
    on_activity: impl Fn() + Copy + 'static,
    on_return: impl Fn() + Copy + 'static,
) {
    for name in ACTIVITY {
        use_window_event(ev::Custom::<Event>::new(name), move |_| {
            // A refresh that removes the focused row moves the focus by itself.
            if !focus::is_moving() {
                on_activity();
            }
        });
    }
    use_window_event(ev::focus, move |_| on_return());
    use_window_event(ev::visibilitychange, move |_| {
        if !document().hidden() {
            on_return();
        }
    });
}
