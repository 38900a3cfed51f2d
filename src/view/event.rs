//! Events of the browser, and what is read from them.

use leptos::wasm_bindgen::JsCast;
pub use leptos::web_sys::Event;
use leptos::web_sys::{HtmlInputElement, KeyboardEvent};

/// What stands in the field that an event is about.
pub fn value_of(event: &Event) -> String {
    leptos::prelude::event_target_value(event)
}

/// Whether the box that an event is about is ticked.
pub fn is_ticked(event: &Event) -> bool {
    let target = event.target();
    let input = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
    input.is_some_and(|input| input.checked())
}

/// Empties the field that an event is about.
pub fn clear(event: &Event) {
    let target = event.target();
    if let Some(input) = target.and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) {
        input.set_value("");
    }
}

/// The name of the key that was pressed; empty for other events.
pub fn key(event: &Event) -> String {
    let event = event.dyn_ref::<KeyboardEvent>();
    event.map(KeyboardEvent::key).unwrap_or_default()
}
