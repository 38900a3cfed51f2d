//! Faults on request, as values: which requests they meet, how often, and what becomes of the
//! answer. Must not carry out what only a connection can: that is said in `Delivery`.

mod apply;

use std::time::Duration;

use crate::http::Request;

/// A fault that waits for requests.
#[derive(Clone, Debug)]
pub struct Fault {
    /// The method to match; none matches all.
    pub method: Option<String>,
    /// What the path and query must contain; empty matches all.
    pub path: String,
    /// How many requests it meets; none means always.
    pub times: Option<u32>,
    /// How many matching requests pass unharmed before.
    pub after: u32,
    /// How long the answer waits.
    pub latency: Duration,
    /// Whether the request is carried out before its answer is spoiled, so that a client cannot
    /// know. Cuts and null resources need the answer, so they always act.
    pub processed: bool,
    /// What becomes of the answer.
    pub effect: Effect,
}

/// What becomes of an answer.
#[derive(Clone, Debug)]
pub enum Effect {
    /// It comes as it is; for latency alone.
    Pass,
    /// Another status.
    Status {
        /// Which.
        status: u16,
        /// With which body.
        body: FaultBody,
        /// The header `Retry-After`.
        retry_after: Option<String>,
    },
    /// 200 with an HTML page, as a proxy's sign-in would answer.
    Html,
    /// 200 without a body.
    Empty,
    /// The body ends after this many bytes.
    Truncate(usize),
    /// The connection is reset.
    Reset,
    /// A list's `resources` are null.
    NullResources,
}

/// The body of a status.
#[derive(Clone, Debug)]
pub enum FaultBody {
    /// None.
    None,
    /// The documented error of that status.
    Documented,
    /// Any text with its content type.
    Custom(String, String),
}

impl Fault {
    /// A fault that meets every API request, always.
    pub fn new(effect: Effect) -> Self {
        Self {
            method: None,
            path: "/api/".to_owned(),
            times: None,
            after: 0,
            latency: Duration::ZERO,
            processed: false,
            effect,
        }
    }

    /// Only latency.
    pub fn latency(latency: Duration) -> Self {
        Self {
            latency,
            ..Self::new(Effect::Pass)
        }
    }

    /// A status with the documented error body.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status {
            status,
            body: FaultBody::Documented,
            retry_after: None,
        })
    }

    /// The same for requests with this method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.method = Some(method.to_ascii_uppercase());
        self
    }

    /// The same for requests whose path and query contain this.
    #[must_use]
    pub fn path(mut self, path: &str) -> Self {
        path.clone_into(&mut self.path);
        self
    }

    /// The same for so many requests.
    #[must_use]
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }

    /// The same after so many requests have passed.
    #[must_use]
    pub fn after(mut self, after: u32) -> Self {
        self.after = after;
        self
    }

    /// The same, carrying the request out before.
    #[must_use]
    pub fn processed(mut self) -> Self {
        self.processed = true;
        self
    }

    /// Whether the request is to be carried out.
    pub fn needs_answer(&self) -> bool {
        self.processed
            || matches!(
                self.effect,
                Effect::Pass | Effect::Truncate(_) | Effect::NullResources
            )
    }

    /// Whether it meets this request; if so, it is used up by one.
    pub(crate) fn matches(&mut self, request: &Request) -> bool {
        let method = self
            .method
            .as_ref()
            .is_none_or(|method| *method == request.method);
        let target = format!("{}?{}", request.path, request.query);
        if !method || !target.contains(&self.path) || self.times == Some(0) {
            return false;
        }
        if self.after > 0 {
            self.after -= 1;
            return false;
        }
        self.times = self.times.map(|times| times - 1);
        true
    }
}
