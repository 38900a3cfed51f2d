//! Faults: which requests they affect, how often, and how they change the response.

mod apply;
mod build;
mod damage;
mod list;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use damage::Damage;
pub use list::{Echo, ListChanges, Total};

use crate::duration_ms;
use crate::message::Request;

/// A fault that waits for requests.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fault {
    /// The method to match; `None` matches all.
    pub method: Option<String>,
    /// What the path and query must contain; an empty text matches all.
    #[serde(default = "api_path")]
    pub path: String,
    /// How many requests it affects; `None` means all.
    pub times: Option<u32>,
    /// How many matching requests pass unaffected before that.
    #[serde(default)]
    pub after: u32,
    /// How long the response is delayed.
    #[serde(default, rename = "latency_ms", with = "duration_ms")]
    pub latency: Duration,
    /// How fast the body is sent; `None` means at once.
    pub bytes_per_second: Option<u32>,
    /// Whether the request takes effect although the client does not get its response. Effects that only
    /// change the response always process the request.
    #[serde(default)]
    pub processed: bool,
    /// What happens to the response.
    #[serde(flatten)]
    pub effect: Effect,
}

/// What happens to a response.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "kebab-case")]
pub enum Effect {
    /// Nothing; for latency alone.
    Pass,
    /// Another status replaces it.
    Status {
        /// The status, 200 to 599.
        status: u16,
        /// The body.
        #[serde(default)]
        body: FaultBody,
        /// The header `Retry-After`.
        retry_after: Option<String>,
    },
    /// 200 with an HTML page replaces it, as from the sign-in of a proxy.
    Html,
    /// 200 without a body replaces it.
    Empty,
    /// The body ends early.
    Truncate {
        /// How many bytes of the body are sent.
        bytes: usize,
    },
    /// The connection is reset.
    Reset,
    /// The `resources` of a list are null.
    NullResources,
    /// A list differs from what was asked for.
    List(ListChanges),
    /// Damage stands behind each occurrence of a text in the body.
    Damage {
        /// The text.
        behind: String,
        /// What follows it.
        with: Damage,
    },
    /// Another text replaces the body of a success. Status and headers stay.
    ReplaceBody {
        /// The text.
        with: String,
    },
    /// The answer of a gateway that does not ask the appliance.
    Gateway {
        /// The status, 200 to 599.
        status: u16,
        /// Names and values.
        #[serde(default)]
        headers: Vec<(String, String)>,
        /// The body.
        #[serde(default)]
        body: String,
    },
    /// A GET shows an earlier state of jobs and schedules. It matches only after a change.
    Stale {
        /// How far the state is behind; zero means that it is the one before the latest change.
        #[serde(default, rename = "lag_ms", with = "duration_ms")]
        lag: Duration,
    },
    /// The body stops, and the connection stays open.
    Stall {
        /// How many bytes of the body are sent.
        bytes: usize,
    },
}

/// The body of a status.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FaultBody {
    /// None.
    None,
    /// The documented error of that status.
    #[default]
    Documented,
    /// The same with this message.
    Message(String),
    /// A media type and any text.
    Custom(String, String),
}

fn api_path() -> String {
    "/api/".to_owned()
}

impl Fault {
    /// A fault that affects every API request.
    pub fn new(effect: Effect) -> Self {
        Self {
            method: None,
            path: api_path(),
            times: None,
            after: 0,
            latency: Duration::ZERO,
            bytes_per_second: None,
            processed: false,
            effect,
        }
    }

    /// Only latency.
    pub fn latency(latency: Duration) -> Self {
        Self { latency, ..Self::new(Effect::Pass) }
    }

    /// A status with the documented error body.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status { status, body: FaultBody::Documented, retry_after: None })
    }

    /// Only affects requests with this method.
    #[must_use]
    pub fn method(self, method: &str) -> Self {
        let method = Some(method.to_owned());
        Self { method, ..self }
    }

    /// Only affects requests whose path and query contain this.
    #[must_use]
    pub fn path(self, path: &str) -> Self {
        let path = path.to_owned();
        Self { path, ..self }
    }

    /// Only affects this many requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        let times = Some(times);
        Self { times, ..self }
    }

    /// Lets this many matching requests pass first.
    #[must_use]
    pub fn after(self, after: u32) -> Self {
        Self { after, ..self }
    }

    /// Processes the request before its response is replaced.
    #[must_use]
    pub fn processed(self) -> Self {
        let processed = true;
        Self { processed, ..self }
    }

    /// Whether the request is processed.
    pub fn processes_request(&self) -> bool {
        let replaces_response = matches!(
            self.effect,
            Effect::Status { .. }
                | Effect::Html
                | Effect::Empty
                | Effect::Reset
                | Effect::Gateway { .. }
        );
        self.processed || !replaces_response
    }

    /// Whether the fault affects a request; counts matching requests.
    pub(crate) fn triggers(&mut self, request: &Request) -> bool {
        if !self.matches(request) {
            return false;
        }
        if self.after > 0 {
            self.after -= 1;
            return false;
        }
        self.times = self.times.map(|times| times - 1);
        true
    }

    fn matches(&self, request: &Request) -> bool {
        let method = self.method.as_ref();
        let (path, query) = (request.uri().path(), request.uri().query());
        // What a change answers comes from the node that makes it.
        let is_stale = matches!(self.effect, Effect::Stale { .. });
        (!is_stale || request.method() == http::Method::GET)
            && self.times != Some(0)
            && method.is_none_or(|method| method.eq_ignore_ascii_case(request.method().as_str()))
            && format!("{path}?{}", query.unwrap_or_default()).contains(&self.path)
    }
}
