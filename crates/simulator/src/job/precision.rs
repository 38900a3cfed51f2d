//! How finely a job prints its times.

use jiff::{SignedDuration, Timestamp};

/// The number of digits after the second, without trailing zeros. The contract allows 0 to 9
/// (CONTRACT.md 2.1); the samples have six, some pages nine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// No fraction.
    Seconds,
    /// Up to six digits.
    Micros,
    /// Up to nine digits.
    Nanos,
}

impl Precision {
    /// RFC 3339 in UTC.
    pub(super) fn format(self, time: Timestamp) -> String {
        let unit = match self {
            Self::Seconds => 1_000_000_000,
            Self::Micros => 1000,
            Self::Nanos => 1,
        };
        let excess = time.subsec_nanosecond().rem_euclid(unit);
        (time - SignedDuration::from_nanos(i64::from(excess))).to_string()
    }
}
