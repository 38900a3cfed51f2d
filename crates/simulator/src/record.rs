//! What was asked, for tests to read. Must never hold a header, a body, a token or a password.

use std::collections::VecDeque;

use jiff::Timestamp;

use crate::http::Request;
use crate::json::Writer;

/// How many requests are kept; older ones are forgotten.
const MOST: usize = 10_000;

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// When it came, by the simulator's clock.
    pub time: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path, as sent.
    pub path: String,
    /// Its query, as sent, unless it seems to hold a secret.
    pub query: String,
    /// The status that it was answered with.
    pub status: u16,
}

/// The latest requests, the oldest first.
#[derive(Debug, Default)]
pub struct Records(VecDeque<Record>);

impl Records {
    /// Keeps a request.
    pub(crate) fn keep(&mut self, time: Timestamp, request: &Request, status: u16) {
        if self.0.len() == MOST {
            self.0.pop_front();
        }
        self.0.push_back(Record {
            time,
            method: request.method.clone(),
            path: request.path.clone(),
            query: harmless(&request.query),
            status,
        });
    }

    /// All that are kept, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Record> {
        self.0.iter()
    }

    /// Forgets all.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}

impl Record {
    /// As JSON.
    pub(crate) fn write(&self, out: &mut Writer) {
        out.open('{');
        out.text("time", &self.time.to_string());
        out.text("method", &self.method);
        out.text("path", &self.path);
        out.text("query", &self.query);
        out.member("status", &self.status.to_string());
        out.close('}');
    }
}

/// A console must never put a token into a URL; should one do it, it is not kept here either.
fn harmless(query: &str) -> String {
    let lower = query.to_ascii_lowercase();
    let secret = ["token", "password", "jwt", "eyj"]
        .iter()
        .any(|word| lower.contains(word));
    if secret {
        "(withheld)".to_owned()
    } else {
        query.to_owned()
    }
}
