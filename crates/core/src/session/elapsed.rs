//! A clock that only advances, and that includes the time that the machine slept.
//!
//! The monotonic clock of a browser may stop while the machine sleeps, and its wall clock may be wrong or be set back.
//! Both together give the time that has passed.

use std::time::Duration;

/// The machine has slept if the wall clock is ahead of the monotonic one by more than this. Smaller leads come from
/// rounding and are not added up.
const SLEEP: Duration = Duration::from_secs(2);
/// The longest plausible step; longer ones are shortened to it.
const MAX_STEP_MS: f64 = 10.0 * 365.25 * 86_400_000.0;

/// The time since the first reading.
#[derive(Clone, Copy, Debug, Default)]
pub struct Elapsed {
    last: Option<(f64, f64)>,
    total: Duration,
}

impl Elapsed {
    /// Takes a reading of both clocks in milliseconds (`performance.now()` and `Date.now()`) and returns the time since
    /// the first reading. It never goes back.
    pub fn update(&mut self, monotonic_ms: f64, wall_ms: f64) -> Duration {
        if !(monotonic_ms.is_finite() && wall_ms.is_finite()) {
            return self.total;
        }
        if let Some((last_monotonic, last_wall)) = self.last {
            let awake = step(monotonic_ms - last_monotonic);
            let wall = step(wall_ms - last_wall);
            self.total += if wall > awake + SLEEP { wall } else { awake };
        }
        self.last = Some((monotonic_ms, wall_ms));
        self.total
    }
}

/// Milliseconds as a duration. A negative number becomes zero.
fn step(ms: f64) -> Duration {
    Duration::from_secs_f64(ms.clamp(0.0, MAX_STEP_MS) / 1000.0)
}
