//! What the person does on the page. Reads no key and no text.

use leptos::ev;
use leptos::prelude::*;
use leptos_use_event_listener::use_event_listener;

/// Calls `on_activity` whenever the person does something, and `on_return` when the page comes back into view, until the
/// owner ends.
pub(super) fn use_activity(
    on_activity: impl Fn() + Copy + 'static,
    on_return: impl Fn() + Copy + 'static,
) {
    // Some assistive tools cause only `click` and `focusin`. Scrolling counts by what causes it, since the page scrolls by
    // itself too.
    _ = use_event_listener(window(), ev::pointerdown, move |_| on_activity());
    _ = use_event_listener(window(), ev::keydown, move |_| on_activity());
    _ = use_event_listener(window(), ev::wheel, move |_| on_activity());
    _ = use_event_listener(window(), ev::touchmove, move |_| on_activity());
    _ = use_event_listener(window(), ev::click, move |_| on_activity());
    _ = use_event_listener(window(), ev::focusin, move |_| on_activity());
    _ = use_event_listener(window(), ev::focus, move |_| on_return());
    _ = use_event_listener(document(), ev::visibilitychange, move |_| {
        if !document().hidden() {
            on_return();
        }
    });
}
