//! The simulator's time: the real time with an offset, or an instant that stands still until
//! someone moves it. Must not read the real time itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Goes with the real time, this far ahead of it.
    Real(SignedDuration),
    /// Stands still.
    Frozen(Timestamp),
}

impl Clock {
    /// The real time.
    pub const REAL: Self = Self::Real(SignedDuration::ZERO);

    /// What it shows, when the real time is this.
    pub fn read(self, real: Timestamp) -> Timestamp {
        match self {
            Self::Real(offset) => real.saturating_add(offset).unwrap_or(Timestamp::MAX),
            Self::Frozen(at) => at,
        }
    }

    /// Moves it forward.
    pub fn advance(&mut self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        match self {
            Self::Real(offset) => *offset = offset.saturating_add(by),
            Self::Frozen(at) => *at = at.saturating_add(by).unwrap_or(Timestamp::MAX),
        }
    }
}
