//! How far an element is scrolled and how high it is, as signals, and scrolling it.

use leptos::prelude::{document, request_animation_frame};
use web_sys::Element;

use crate::reactive::{RwSignal, Signal, follow};
use crate::state::listen::listen;

/// The part of a scrolled element that can be seen, in CSS pixels.
#[derive(Clone, Copy)]
pub struct Viewport {
    id: &'static str,
    top: RwSignal<usize>,
    height: RwSignal<usize>,
}

impl Viewport {
    /// The distance from the content's top to the first line that can be seen.
    pub fn top(self) -> Signal<usize> {
        self.top.into()
    }

    /// The height of what can be seen.
    pub fn height(self) -> Signal<usize> {
        self.height.into()
    }

    fn element(self) -> Option<Element> {
        document().get_element_by_id(self.id)
    }

    /// Reads both again; for the element's own `scroll` event.
    pub fn measure(self) {
        if let Some(element) = self.element() {
            self.top.set_changed(pixels(element.scroll_top()));
            self.height.set_changed(pixels(element.client_height()));
        }
    }

    /// Scrolls so that `top` is the first line that can be seen.
    pub fn scroll_to(self, top: usize) {
        if let Some(element) = self.element() {
            element.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
            self.measure();
        }
    }
}

/// Only some browsers scroll above the top for a moment, and then it is the top.
fn pixels(length: i32) -> usize {
    usize::try_from(length).unwrap_or(0)
}

/// Follows the element `id` from when it is on the page, through changes of the window's size and
/// of `count`, the number of its rows.
pub fn use_viewport(id: &'static str, count: Signal<usize>) -> Viewport {
    let viewport = Viewport {
        id,
        top: RwSignal::new(0),
        height: RwSignal::new(0),
    };
    // In the next frame, when the new rows have made it as high as it becomes.
    follow(count, move |_| {
        request_animation_frame(move || viewport.measure());
    });
    listen("resize", move |_| viewport.measure());
    viewport
}
