//! Events of the window, for as long as a component lives.

use leptos::ev::EventDescriptor;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Calls `handler` at each `event` of the window until the current owner ends. Most events of the document and its
/// elements reach the window too.
pub fn use_window_event<E>(event: E, handler: impl Fn(E::EventType) + 'static)
where
    E: EventDescriptor<EventType: JsCast> + 'static,
{
    let listener = window_event_listener(event, handler);
    on_cleanup(move || listener.remove());
}
