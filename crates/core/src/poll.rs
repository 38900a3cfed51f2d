//! When to ask again. Pure: the clock and the dice come in from outside.

use std::time::Duration;

use crate::api::error::ApiError;
use crate::config::PollBounds;
use crate::format::time::Timestamp;

/// The state of fetching something, whatever it is.
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

/// Why nothing is asked for until something else happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The person paused it.
    Paused,
    /// The browser has no network.
    Offline,
    /// Nobody can see the page.
    Hidden,
    /// The last failure will not go away by asking again (401, 403, 404).
    Stopped,
    /// Nothing on screen can change any more.
    Settled,
}

/// What the next poll depends on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PollFacts {
    /// Why not to poll at all.
    pub hold: Option<Hold>,
    /// Something on screen still changes by itself.
    pub running: bool,
    /// How many requests have failed since the last that did not.
    pub failures: u32,
    /// What the server asked for with its last failure.
    pub retry_after: Option<Duration>,
}

/// How long to wait after the last answer; `None` is until something else happens.
///
/// Doubles with each failure up to the bound, never below what the server asked for. `dice`, from
/// 0 to 1, adds up to a tenth, so that many consoles do not ask in step.
pub fn next_delay(bounds: &PollBounds, facts: &PollFacts, dice: f64) -> Option<Duration> {
    if facts.hold.is_some() {
        return None;
    }
    let usual = if facts.running {
        bounds.running
    } else {
        bounds.idle
    };
    let doubled = usual.saturating_mul(1 << facts.failures.min(16));
    let delay = if facts.failures > 0 {
        doubled.min(bounds.max.max(usual))
    } else {
        usual
    };
    let delay = delay.max(facts.retry_after.unwrap_or_default());
    let more = delay.mul_f64(0.1 * dice.clamp(0.0, 1.0));
    Some(delay.saturating_add(more))
}
