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
    /// How many bytes of a long answer have arrived; 0 for a short one, and when it is complete.
    pub received: usize,
    /// How many requests in a row have failed.
    pub failures: u32,
    /// How many answers in a row were 404 for something that is known to exist and is requested again; 0 if it is
    /// there, or is gone.
    pub misses: u32,
    /// Whether the person cancelled the last request.
    pub is_cancelled: bool,
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
    /// [`FetchStatus::misses`].
    pub misses: u32,
}

/// The waits before a job that is known to exist is requested again after a 404, in seconds. Together 31 seconds.
const MISSING_WAITS: [u64; 5] = [1, 2, 4, 8, 16];

/// How long to wait before something that is known to exist is requested again after `misses` answers in a row said
/// 404; `None` if it is gone. Nodes of a cluster lag: a read after a creation can miss (CONTRACT.md 11.11).
pub fn retry_missing(misses: u32) -> Option<Duration> {
    let index = usize::try_from(misses.checked_sub(1)?).ok()?;
    MISSING_WAITS.get(index).copied().map(Duration::from_secs)
}

/// How long to wait after the last answer; `None` to wait until something else happens.
///
/// The wait doubles with each failure up to `bounds.max`, and is never shorter than `Retry-After`. `jitter`, from 0 to 1,
/// adds up to a tenth, so that many consoles do not poll at the same time.
pub fn next_delay(bounds: &PollBounds, facts: &PollFacts, jitter: f64) -> Option<Duration> {
    if facts.hold.is_some() {
        return None;
    }
    if let Some(wait) = retry_missing(facts.misses) {
        return Some(wait);
    }
    let interval = if facts.running { bounds.running } else { bounds.idle };
    let delay = interval
        .saturating_mul(1 << facts.failures.min(16))
        .min(bounds.max.max(interval))
        .max(facts.retry_after.unwrap_or_default());
    Some(delay.saturating_add(delay.mul_f64(0.1 * jitter.clamp(0.0, 1.0))))
}
