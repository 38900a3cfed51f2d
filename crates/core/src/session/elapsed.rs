//! A clock that only moves on, sleep included. Pure: the browser's two clocks come in.
//!
//! The monotonic clock of a browser may stand still while the machine sleeps, and its wall clock
//! may be wrong or be set back. Together they give the time that has passed.

use std::time::Duration;

/// By how much the wall clock must have run ahead to be taken for a sleep. Shorter leads are the
/// two clocks' rounding and are not added up.
const SLEEP: Duration = Duration::from_secs(2);

/// The time passed since the first reading.
#[derive(Clone, Copy, Debug, Default)]
pub struct Elapsed {
    last: Option<(f64, f64)>,
    total: Duration,
}

impl Elapsed {
    /// Takes a reading of both clocks, in milliseconds (`performance.now()` and `Date.now()`), and
    /// tells the time since the first one. Never goes back.
    pub fn read(&mut self, monotonic_ms: f64, wall_ms: f64) -> Duration {
        if !(monotonic_ms.is_finite() && wall_ms.is_finite()) {
            return self.total;
        }
        if let Some((monotonic, wall)) = self.last {
            let awake = span(monotonic_ms - monotonic);
            let wall = span(wall_ms - wall);
            self.total += if wall > awake + SLEEP { wall } else { awake };
        }
        self.last = Some((monotonic_ms, wall_ms));
        self.total
    }
}

/// Milliseconds as a duration; nothing for a step back, at most ten years for a leap.
fn span(ms: f64) -> Duration {
    const TEN_YEARS_MS: f64 = 10.0 * 365.25 * 86_400_000.0;
    if ms > 0.0 {
        Duration::from_secs_f64(ms.min(TEN_YEARS_MS) / 1000.0)
    } else {
        Duration::ZERO
    }
}
