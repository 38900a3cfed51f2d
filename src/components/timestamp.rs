//! An instant in the reader's zone, with UTC at hand.

use crate::view::{Element, el};
use cckm_core::format::local_time::LocalTime;

/// An instant, or a dash.
pub fn time(when: Option<LocalTime>) -> Element {
    match when {
        Some(when) => el("time")
            .set("datetime", when.utc.clone())
            .set("title", when.utc)
            .child(when.local),
        None => el("span").attr("aria-label", "none").child("–"),
    }
}
