//! Signing out after inactivity, with a warning before it.

use std::time::Duration;

/// Warns this long before the idle sign-out, or a fifth of the timeout before if that is less.
const WARN_BEFORE: Duration = Duration::from_secs(60);

/// Measures the time without activity.
pub(super) struct IdleTimer {
    timeout: Duration,
    active_at: Duration,
    warns: bool,
}

impl IdleTimer {
    pub(super) fn new(timeout: Duration) -> Self {
        Self { timeout, active_at: Duration::ZERO, warns: false }
    }

    /// Measures from `now` again.
    pub(super) fn restart(&mut self, now: Duration) {
        self.active_at = now;
        self.warns = false;
    }

    /// Updates the warning. Returns the timeout once it has passed.
    pub(super) fn tick(&mut self, now: Duration) -> Option<Duration> {
        self.warns = now >= self.warn_at();
        (now >= self.end_at()).then_some(self.timeout)
    }

    /// Whether the timeout will pass soon.
    pub(super) fn warns(&self) -> bool {
        self.warns
    }

    /// When the result of [`tick`](Self::tick) or the warning changes next.
    pub(super) fn wake_at(&self) -> Duration {
        if self.warns { self.end_at() } else { self.warn_at() }
    }

    fn end_at(&self) -> Duration {
        self.active_at + self.timeout
    }

    fn warn_at(&self) -> Duration {
        self.active_at + self.timeout.saturating_sub(WARN_BEFORE.min(self.timeout / 5))
    }
}
