//! The part of a scrolled element that is on screen.

use leptos::html;
use leptos::prelude::*;
use leptos_use_resize_observer::use_resize_observer;

/// The scroll position and the height of an element, in CSS pixels. From [`use_viewport`].
#[derive(Clone, Copy)]
pub struct UseViewport {
    element: NodeRef<html::Div>,
    /// The distance from the top of the content to the first visible line.
    pub top: RwSignal<usize>,
    /// The height of the visible part.
    pub height: RwSignal<usize>,
}

/// Follows the size of `element`. Its `scroll` event has to call [`UseViewport::measure`].
pub fn use_viewport(element: NodeRef<html::Div>) -> UseViewport {
    let viewport = UseViewport { element, top: RwSignal::new(0), height: RwSignal::new(0) };
    use_resize_observer(element, move |_, _| viewport.measure());
    viewport
}

impl UseViewport {
    /// Reads the scroll position and the height from the element.
    pub fn measure(self) {
        if let Some(element) = self.element.try_get_untracked().flatten() {
            _ = self.top.try_set(pixels(element.scroll_top()));
            _ = self.height.try_set(pixels(element.client_height()));
        }
    }

    /// Scrolls so that `top` is the first visible line.
    pub fn scroll_to(self, top: usize) {
        if let Some(element) = self.element.try_get_untracked().flatten() {
            element.set_scroll_top(i32::try_from(top).unwrap_or(i32::MAX));
            self.measure();
        }
    }
}

/// Some browsers scroll above the top for a moment, which counts as the top.
fn pixels(length: i32) -> usize {
    usize::try_from(length).unwrap_or(0)
}
