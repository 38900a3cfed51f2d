//! A response of the server, as received.

use std::time::Duration;

/// The response to a request, whatever its status.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, if the server sent one.
    pub content_type: Option<String>,
    /// The time named by `Retry-After` in its form in seconds, if the server sent one.
    pub retry_after: Option<Duration>,
    /// When it was sent by the server's clock, in milliseconds since 1970: the header `Date`. The browser hides it from
    /// pages of another origin.
    pub server_time_ms: Option<i64>,
    /// `WWW-Authenticate`, if the server sent it: how something in between wants the browser to sign in.
    pub challenge: Option<String>,
    /// The body as received.
    pub body: Vec<u8>,
}

impl Response {
    /// The same response with `secret` replaced by `…` in the body.
    #[must_use]
    pub fn redacted(mut self, secret: &str) -> Self {
        let body = String::from_utf8_lossy(&self.body);
        if !secret.is_empty() && body.contains(secret) {
            self.body = body.replace(secret, "…").into_bytes();
        }
        self
    }
}

/// The longest wait that the console accepts, in seconds.
const MAX_WAIT: u64 = 24 * 60 * 60;

/// Parses a `Retry-After` header in seconds; the result is at most a day. A date is ignored, because the browser's clock
/// may be wrong.
pub fn parse_retry_after(header: &str) -> Option<Duration> {
    let digits = header.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let seconds = digits.parse().unwrap_or(MAX_WAIT);
    Some(Duration::from_secs(seconds.min(MAX_WAIT)))
}
