//! Something done later.

use std::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};

/// A timer that ends with this value.
pub struct Timer(TimeoutHandle);

impl Timer {
    /// Calls `done` after `wait`; none when the browser has no timer.
    pub fn start(wait: Duration, done: impl FnOnce() + 'static) -> Option<Self> {
        start(wait, Box::new(done))
    }
}

fn start(wait: Duration, done: Box<dyn FnOnce()>) -> Option<Timer> {
    set_timeout_with_handle(done, wait).ok().map(Timer)
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.0.clear();
    }
}
