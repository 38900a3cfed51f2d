//! The tokens in use: when to renew them, and when to retry after a failed renewal.

use std::time::Duration;

use crate::api::error::ApiError;
use crate::session::token::Tokens;

/// Renews a token this long before it ends, or a fifth of its lifetime before it ends if that is less.
const RENEW_BEFORE: Duration = Duration::from_secs(60);
/// Stops sending a token this long before it ends, or a tenth of its lifetime if that is less: it could end on the way.
const UNUSABLE_BEFORE: Duration = Duration::from_secs(5);
/// The first wait after a failed renewal. It doubles with each failure.
const MIN_RETRY_WAIT: Duration = Duration::from_secs(5);
/// The longest wait after a failed renewal.
const MAX_RETRY_WAIT: Duration = Duration::from_secs(60);

/// The tokens in use and the state of their renewal.
pub(super) struct ActiveTokens {
    pub(super) tokens: Tokens,
    /// The number of renewals since the sign-in.
    pub(super) serial: u32,
    /// Whether the server has answered 401 to the token.
    pub(super) is_rejected: bool,
    /// Whether a renewal is in flight.
    pub(super) is_renewing: bool,
    requested_at: Duration,
    failures: u32,
    retry_at: Duration,
    /// No renewal begins before this time, because the server requested a wait.
    blocked_until: Duration,
}

impl ActiveTokens {
    /// Holds `tokens`. Their lifetime counts from `requested_at`, the time of the request.
    pub(super) fn new(tokens: Tokens, requested_at: Duration, serial: u32) -> Self {
        Self {
            tokens,
            serial,
            is_rejected: false,
            is_renewing: false,
            requested_at,
            failures: 0,
            retry_at: Duration::ZERO,
            blocked_until: Duration::ZERO,
        }
    }

    /// Replaces the tokens after a renewal. A reply without a new refresh token leaves the old one valid.
    pub(super) fn renewed(&mut self, mut tokens: Tokens, requested_at: Duration) {
        tokens.refresh = tokens.refresh.or_else(|| self.tokens.refresh.take());
        tokens.client_id = tokens.client_id.or_else(|| self.tokens.client_id.take());
        *self = Self::new(tokens, requested_at, self.serial + 1);
    }

    /// Plans the next renewal after one that failed for a temporary reason.
    pub(super) fn renewal_failed(&mut self, error: &ApiError, now: Duration) {
        let doubled = MIN_RETRY_WAIT.saturating_mul(1 << self.failures.min(8));
        let requested = error.retry_after().unwrap_or_default();
        self.is_renewing = false;
        self.failures += 1;
        self.retry_at = now + requested.max(doubled.min(MAX_RETRY_WAIT));
        self.blocked_until = now + requested.min(MAX_RETRY_WAIT);
    }

    /// Whether a renewal may begin now, because a request needs it.
    pub(super) fn may_renew(&self, now: Duration) -> bool {
        !self.is_renewing && now >= self.blocked_until
    }

    /// Whether a renewal is due now without any request.
    pub(super) fn is_due(&self, now: Duration) -> bool {
        self.tokens.is_renewable() && !self.is_renewing && now >= self.renew_at()
    }

    /// Whether the token has to be renewed before the next request.
    pub(super) fn needs_renewal(&self, now: Duration) -> bool {
        self.tokens.is_renewable()
            && (self.is_rejected || now >= self.end_less(UNUSABLE_BEFORE, 10))
    }

    /// Whether the token has ended and cannot be renewed.
    pub(super) fn is_over(&self, now: Duration) -> bool {
        !self.tokens.is_renewable() && now >= self.end_at()
    }

    /// When a renewal is due or the token ends. `None` while a renewal is in flight.
    pub(super) fn wake_at(&self) -> Option<Duration> {
        if self.tokens.is_renewable() {
            (!self.is_renewing).then(|| self.renew_at())
        } else {
            Some(self.end_at())
        }
    }

    fn renew_at(&self) -> Duration {
        self.end_less(RENEW_BEFORE, 5).max(self.retry_at)
    }

    fn end_at(&self) -> Duration {
        self.requested_at + self.tokens.lifetime
    }

    /// The end of the token minus `before`, or minus its lifetime divided by `part` if that is less.
    fn end_less(&self, before: Duration, part: u32) -> Duration {
        self.end_at().saturating_sub(before.min(self.tokens.lifetime / part))
    }
}
