//! Faults: which requests they affect, how often, and how they change the response.

mod apply;

use std::time::Duration;

use serde::{Deserialize, Serialize};

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
        let changes_response =
            matches!(self.effect, Effect::Pass | Effect::Truncate { .. } | Effect::NullResources);
        self.processed || changes_response
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
        self.times != Some(0)
            && method.is_none_or(|method| method.eq_ignore_ascii_case(request.method().as_str()))
            && format!("{path}?{}", query.unwrap_or_default()).contains(&self.path)
    }
}
