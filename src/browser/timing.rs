//! User Timing marks, so that anyone can measure when something was painted.

use leptos::prelude::{request_animation_frame, window};

/// Sets the mark `name` after the browser has painted what is on the page now: two frames later, since the callbacks
/// of a frame run before its paint.
pub fn mark_painted(name: &'static str) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(performance) = window().performance() {
                // A mark is for whoever measures; the page works without it.
                _ = performance.mark(name);
            }
        });
    });
}
