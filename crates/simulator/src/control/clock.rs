//! Reads and sets the clock.

use http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use serde_json::json;

use crate::body::time;
use crate::clock::Clock;
use crate::duration_ms;
use crate::message::{self, Response};

/// Changes of the clock, applied in the order of the members.
#[derive(Deserialize)]
pub struct ClockChange {
    #[serde(default, deserialize_with = "time")]
    freeze_at: Option<Timestamp>,
    #[serde(default)]
    freeze: bool,
    #[serde(default)]
    real: bool,
    #[serde(default, rename = "advance_ms", with = "duration_ms")]
    advance: std::time::Duration,
    /// Negative to move the clock back.
    #[serde(default)]
    shift_ms: i64,
}

/// The simulated time, and whether the clock is frozen.
pub fn show(clock: Clock, real: Timestamp) -> Response {
    let frozen = matches!(clock, Clock::Frozen(_));
    let body = json!({ "now": clock.read(real), "frozen": frozen });
    message::json(StatusCode::OK, &body)
}

/// Changes the clock.
pub fn set(clock: &mut Clock, real: Timestamp, change: &ClockChange) {
    if let Some(at) = change.freeze_at {
        *clock = Clock::Frozen(at);
    }
    if change.freeze {
        *clock = Clock::Frozen(clock.read(real));
    }
    if change.real {
        *clock = Clock::REAL;
    }
    clock.advance(change.advance);
    clock.shift(SignedDuration::from_millis(change.shift_ms));
}
