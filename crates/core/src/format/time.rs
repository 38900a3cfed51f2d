//! Instants and durations: parsed from the API, and written for people.

use std::str::FromStr;

use chrono::DateTime;

/// An instant, exact to the nanosecond: the API reports up to nine digits (CONTRACT.md 2.1), and jobs that start
/// together differ only in the last ones. The order of the fields is the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp {
    /// Milliseconds since 1970 (UTC), rounded down.
    ms: i64,
    /// Nanoseconds after `ms`, less than 1,000,000.
    nanos: u32,
}

/// The text is not an RFC 3339 instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidTimestamp;

impl Timestamp {
    /// The instant `ms` milliseconds after the start of 1970 (UTC).
    pub fn from_ms(ms: i64) -> Self {
        Self { ms, nanos: 0 }
    }

    /// Milliseconds since the start of 1970 (UTC), rounded down.
    pub fn as_ms(self) -> i64 {
        self.ms
    }

    /// Milliseconds from `earlier` to this instant, both rounded down; negative if `earlier` is later.
    pub fn ms_since(self, earlier: Self) -> i64 {
        self.ms.saturating_sub(earlier.ms)
    }
}

impl FromStr for Timestamp {
    type Err = InvalidTimestamp;

    /// Parses RFC 3339 (CONTRACT.md 2.1), without the digits after the nanoseconds. White space around it is
    /// ignored. A leap second is the last second of its minute.
    fn from_str(text: &str) -> Result<Self, InvalidTimestamp> {
        let instant = DateTime::parse_from_rfc3339(text.trim()).map_err(|_| InvalidTimestamp)?;
        // chrono counts a leap second as nanoseconds from 1,000,000,000 on.
        let nanos = instant.timestamp_subsec_nanos() % 1_000_000_000;
        let ms = instant.timestamp() * 1_000 + i64::from(nanos / 1_000_000);
        Ok(Self { ms, nanos: nanos % 1_000_000 })
    }
}

/// `ms` milliseconds in the two largest units, rounded down: `0.41 s`, `3.9 s`, `45 s`, `12 min 3 s`,
/// `2 h 5 min`, `3 d 4 h`. A negative duration counts as zero.
pub fn format_duration(ms: i64) -> String {
    let ms = ms.max(0);
    let seconds = ms / 1_000;
    match seconds {
        0 => format!("0.{:02} s", ms / 10),
        1..=9 => format!("{seconds}.{} s", ms % 1_000 / 100),
        10..=59 => format!("{seconds} s"),
        60..=3_599 => format!("{} min {} s", seconds / 60, seconds % 60),
        3_600..=86_399 => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
        _ => format!("{} d {} h", seconds / 86_400, seconds / 3_600 % 24),
    }
}

/// How long ago something was, in one unit, truncated: `just now`, `12 s ago`, `3 min ago`.
pub fn format_age(ms: i64) -> String {
    let seconds = ms.max(0) / 1_000;
    match seconds {
        0..=1 => "just now".to_owned(),
        2..=59 => format!("{seconds} s ago"),
        60..=3_599 => format!("{} min ago", seconds / 60),
        3_600..=86_399 => format!("{} h ago", seconds / 3_600),
        _ => format!("{} d ago", seconds / 86_400),
    }
}
