//! Events of the window.

use leptos::prelude::{on_cleanup, window_event_listener_untyped};
use web_sys::Event;

/// Calls `handler` at each event `name` of the window, until the owner of the caller is cleaned up.
pub fn listen(name: &'static str, handler: impl Fn(Event) + 'static) {
    start(name, Box::new(handler));
}

fn start(name: &'static str, handler: Box<dyn Fn(Event)>) {
    let listener = window_event_listener_untyped(name, handler);
    on_cleanup(move || listener.remove());
}
