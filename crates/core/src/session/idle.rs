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

    /// Measures from `at`, unless something was done after it.
    pub(super) fn was_active(&mut self, at: Duration) {
        if at > self.active_at {
            self.restart(at);
        }
    }

    /// Whether there is a reason to warn or to end.
    pub(super) fn is_due(&self, now: Duration) -> bool {
        now >= self.warn_at()
    }

    /// Updates the warning. Returns the timeout once it has passed.
    pub(super) fn tick(&mut self, now: Duration) -> Option<Duration> {
        self.warns = self.is_due(now);
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
