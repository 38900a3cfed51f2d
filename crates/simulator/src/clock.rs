//! The simulator's clock: the machine's time with an offset, or a fixed time. It does not read the
//! machine's clock itself.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// A clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Runs with the machine's clock, this far ahead of it.
    Real(SignedDuration),
    /// Shows this time until it is advanced.
    Frozen(Timestamp),
}

impl Clock {
    /// The machine's time.
    pub const REAL: Self = Self::Real(SignedDuration::ZERO);

    /// The simulated time when the machine's clock shows `real`.
    pub fn read(self, real: Timestamp) -> Timestamp {
        match self {
            Self::Real(offset) => real.saturating_add(offset).unwrap_or(Timestamp::MAX),
            Self::Frozen(at) => at,
        }
    }

    /// Moves the clock forward.
    pub fn advance(&mut self, by: Duration) {
        self.shift(SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX));
    }

    /// Moves the clock forward or, by a negative duration, back.
    pub fn shift(&mut self, by: SignedDuration) {
        match self {
            Self::Real(offset) => *offset = offset.saturating_add(by),
            Self::Frozen(at) => {
                let limit = if by.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
                *at = at.saturating_add(by).unwrap_or(limit);
            }
        }
    }
}
