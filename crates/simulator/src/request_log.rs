//! The log of requests, for tests. It never contains a header, a body, a token or a password.

use std::collections::VecDeque;

use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;

use crate::message::Request;

/// How many requests the log stores; it drops older ones.
const MAX_REQUESTS: usize = 10_000;

/// A request in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LoggedRequest {
    /// When it arrived, by the simulator's clock.
    pub time: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path, as sent.
    pub path: String,
    /// Its query, as sent, unless it seems to contain a secret.
    pub query: String,
    /// The status of the response.
    pub status: u16,
}

/// The latest requests, the oldest first.
#[derive(Debug, Default)]
pub struct RequestLog(VecDeque<LoggedRequest>);

impl RequestLog {
    /// Adds a request.
    pub(crate) fn add(&mut self, time: Timestamp, request: &Request, status: StatusCode) {
        if self.0.len() == MAX_REQUESTS {
            self.0.pop_front();
        }
        self.0.push_back(LoggedRequest {
            time,
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: without_secrets(request.uri().query().unwrap_or_default()),
            status: status.as_u16(),
        });
    }

    /// All requests, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &LoggedRequest> {
        self.0.iter()
    }

    /// Removes all requests.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

/// A console must never put a token into a URL. If one does, the log does not store it.
fn without_secrets(query: &str) -> String {
    let lower = query.to_ascii_lowercase();
    let is_secret = ["token", "password", "jwt", "eyj"].iter().any(|word| lower.contains(word));
    if is_secret { "(withheld)" } else { query }.to_owned()
}
