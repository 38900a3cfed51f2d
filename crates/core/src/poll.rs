//! When to poll again. Time and randomness come in as arguments.

use std::time::Duration;

use crate::api::error::ApiError;
use crate::config::PollBounds;
use crate::format::time::Timestamp;

/// The state of fetching something, without the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FetchStatus {
    /// When the last answer that could be decoded arrived, by the browser's clock.
    pub at: Option<Timestamp>,
    /// Why the last request failed, until one succeeds.
    pub error: Option<ApiError>,
    /// Whether a request is in flight.
    pub in_flight: bool,
    /// How many requests in a row have failed.
    pub failures: u32,
}

/// Why there are no polls until something else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The person paused polling.
    Paused,
    /// The browser has no network.
    Offline,
    /// The page is hidden.
    Hidden,
    /// Repeating the last request would fail again (401, 403, 404).
    Stopped,
    /// Nothing on screen can change any more.
    Settled,
}

/// What the next poll depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PollFacts {
    /// Why not to poll at all.
    pub hold: Option<Hold>,
    /// Whether something on screen changes by itself.
    pub running: bool,
    /// How many requests in a row have failed.
    pub failures: u32,
    /// The `Retry-After` of the last failure.
    pub retry_after: Option<Duration>,
}

/// How long to wait after the last answer; `None` to wait until something else happens.
///
/// The wait doubles with each failure up to `bounds.max`, and is never shorter than `Retry-After`. `jitter`, from 0 to 1,
/// adds up to a tenth, so that many consoles do not poll at the same time.
pub fn next_delay(bounds: &PollBounds, facts: &PollFacts, jitter: f64) -> Option<Duration> {
    if facts.hold.is_some() {
        return None;
    }
    let interval = if facts.running { bounds.running } else { bounds.idle };
    let delay = interval
        .saturating_mul(1 << facts.failures.min(16))
        .min(bounds.max.max(interval))
        .max(facts.retry_after.unwrap_or_default());
    Some(delay.saturating_add(delay.mul_f64(0.1 * jitter.clamp(0.0, 1.0))))
}
