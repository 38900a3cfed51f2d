//! Mounts components and drives them.

mod fake_server;
mod user;

use std::any::Any;
use std::cell::RefCell;
use std::ops::Deref;
use std::rc::Rc;

use gloo_timers::future::TimeoutFuture;
use leptos::mount::mount_to;
use leptos::prelude::{IntoView, document};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, HtmlInputElement, KeyboardEvent, KeyboardEventInit};

pub use fake_server::{FakeServer, Received};
pub use user::{sign_in, token_reply};

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

/// A mounted view. Dropping it disposes of its owner and removes it.
pub struct Mounted<T> {
    /// What the setup returned beside the view.
    pub value: T,
    // Fields are dropped in this order.
    _handle: Box<dyn Any>,
    stage: Stage,
}

/// Mounts the view that `setup` returns, and keeps the value beside it.
pub fn mount<T: 'static, V: IntoView + 'static>(
    setup: impl FnOnce() -> (T, V) + 'static,
) -> Mounted<T> {
    let stage = Stage::new();
    let value = Rc::new(RefCell::new(None));
    let returned = Rc::clone(&value);
    let handle = mount_to(stage.0.clone(), move || {
        let (value, view) = setup();
        *returned.borrow_mut() = Some(value);
        view
    });
    let value = value.borrow_mut().take();
    Mounted { value: value.expect("the setup has run"), _handle: Box::new(handle), stage }
}

impl<T> Deref for Mounted<T> {
    type Target = Stage;

    fn deref(&self) -> &Stage {
        &self.stage
    }
}

/// Waits until effects have run and promises have been handled, which takes no rendering.
pub async fn settle() {
    for _ in 0..5 {
        TimeoutFuture::new(0).await;
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
