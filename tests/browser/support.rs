//! Mounts components and drives them.

use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

/// An empty element on the page, for one test to mount into. It is removed when it is dropped.
pub struct Stage(pub HtmlElement);

impl Stage {
    pub fn new() -> Self {
        let element = document().create_element("div").expect("a div is made");
        let body = document().body().expect("the page has a body");
        body.append_child(&element).expect("the body takes it");
        Self(element.unchecked_into())
    }

    /// Applies the rules of `css` to the page while the stage exists.
    pub fn add_style(&self, css: &str) {
        let style = document().create_element("style").expect("a style is made");
        style.set_text_content(Some(css));
        self.0.append_child(&style).expect("the stage takes it");
    }

    /// The first element that matches `selector`.
    pub fn find(&self, selector: &str) -> HtmlElement {
        self.try_find(selector)
            .unwrap_or_else(|| panic!("{selector} is not in {}", self.0.inner_html()))
    }

    pub fn try_find(&self, selector: &str) -> Option<HtmlElement> {
        let found = self.0.query_selector(selector).expect("a selector");
        found.map(JsCast::unchecked_into)
    }

    /// How many elements match `selector`.
    pub fn count(&self, selector: &str) -> u32 {
        self.0.query_selector_all(selector).expect("a selector").length()
    }

    /// The text of the first element that matches `selector`.
    pub fn text(&self, selector: &str) -> String {
        self.find(selector).text_content().unwrap_or_default()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.0.remove();
    }
}

/// Waits until the browser has rendered: effects, observers and animation frames have run.
pub async fn rendered() {
    TimeoutFuture::new(60).await;
}

/// Presses `key` on `element`.
pub fn press(element: &HtmlElement, key: &str) {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    element.dispatch_event(&event.expect("an event")).expect("it is dispatched");
}

/// Types `text` into `input`, in place of what is there.
pub fn type_into(input: &HtmlElement, text: &str) {
    let input: &HtmlInputElement = input.unchecked_ref();
    input.set_value(text);
    input.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
}
