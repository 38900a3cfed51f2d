//! Sums of times and durations that stay within the range of timestamps.

use std::time::Duration;

use jiff::Timestamp;

/// The time this much later, at most the last one that a timestamp can represent.
pub fn after(time: Timestamp, duration: Duration) -> Timestamp {
    time.saturating_add(duration).unwrap_or(Timestamp::MAX)
}

/// The time this much earlier, at least the first one that a timestamp can represent.
pub fn before(time: Timestamp, duration: Duration) -> Timestamp {
    time.saturating_sub(duration).unwrap_or(Timestamp::MIN)
}
