//! What is known of something at the server, while it is asked for and when asking fails. Pure.

use std::ops::Deref;
use std::sync::Arc;

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::format::time::Timestamp;

/// An answer that was read.
pub struct Fetched<T> {
    /// What it answers.
    pub request: Request,
    /// What was made of it.
    pub value: T,
    /// The answer as it came.
    pub body: Vec<u8>,
    /// When it came, by the browser's clock.
    pub at: Timestamp,
}

/// An answer to be passed around: equal only to itself, so that nothing is compared byte by byte.
pub struct Answer<T>(Arc<Fetched<T>>);

impl<T> Clone for Answer<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> PartialEq for Answer<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T> Answer<T> {
    /// An answer, equal to no other.
    pub fn new(fetched: Fetched<T>) -> Self {
        Self(Arc::new(fetched))
    }
}

impl<T> Deref for Answer<T> {
    type Target = Fetched<T>;

    fn deref(&self) -> &Fetched<T> {
        &self.0
    }
}

/// Three facts that do not exclude each other: a refresh may run or have failed while the answer
/// before it is on screen.
pub struct Remote<T> {
    /// The last answer that could be read.
    pub answer: Option<Answer<T>>,
    /// Why the last request failed, until one succeeds.
    pub error: Option<ApiError>,
    /// Whether a request is under way.
    pub in_flight: bool,
    /// How many requests in a row have failed.
    pub failures: u32,
}

impl<T> Remote<T> {
    /// A request has been sent. What is known stays.
    pub fn start(&mut self) {
        self.in_flight = true;
    }

    /// The request was answered.
    pub fn succeed(&mut self, fetched: Fetched<T>) {
        *self = Self {
            answer: Some(Answer::new(fetched)),
            ..Self::default()
        };
    }

    /// The request failed. What is known stays.
    pub fn fail(&mut self, error: ApiError) {
        self.in_flight = false;
        self.failures = self.failures.saturating_add(1);
        self.error = Some(error);
    }
}

/// How the asking goes, whatever it is for.
#[derive(Clone, Default, PartialEq)]
pub struct FetchStatus {
    /// When the last answer that could be read came.
    pub at: Option<Timestamp>,
    /// As in [`Remote`].
    pub error: Option<ApiError>,
    /// As in [`Remote`].
    pub in_flight: bool,
    /// As in [`Remote`].
    pub failures: u32,
}

impl<T> Remote<T> {
    /// How the asking goes.
    pub fn course(&self) -> FetchStatus {
        FetchStatus {
            at: self.answer.as_ref().map(|answer| answer.at),
            error: self.error.clone(),
            in_flight: self.in_flight,
            failures: self.failures,
        }
    }
}

impl<T> Clone for Remote<T> {
    fn clone(&self) -> Self {
        Self {
            answer: self.answer.clone(),
            error: self.error.clone(),
            ..*self
        }
    }
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            answer: None,
            error: None,
            in_flight: false,
            failures: 0,
        }
    }
}
