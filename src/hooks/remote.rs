//! The state of something that is fetched: the last answer stays while a refresh runs or fails.

use std::ops::Deref;
use std::sync::Arc;

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::format::time::Timestamp;
use cckm_core::poll::FetchStatus;

/// A decoded answer.
pub struct Fetched<T> {
    /// The request that it answers.
    pub request: Request,
    /// The decoded body.
    pub value: T,
    /// The body as received.
    pub body: Vec<u8>,
    /// When it arrived, by the browser's clock.
    pub at: Timestamp,
}

/// A shared [`Fetched`]. Two are equal only if they are the same answer, so comparing is cheap.
pub struct Answer<T>(Arc<Fetched<T>>);

impl<T> Answer<T> {
    /// An answer that is equal to no other.
    pub fn new(fetched: Fetched<T>) -> Self {
        Self(Arc::new(fetched))
    }
}

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

impl<T> Deref for Answer<T> {
    type Target = Fetched<T>;

    fn deref(&self) -> &Fetched<T> {
        &self.0
    }
}

/// Remote data: a refresh may run, or may have failed, while the answer before it is on screen.
pub struct Remote<T> {
    /// The last answer that could be decoded.
    pub answer: Option<Answer<T>>,
    /// Why the last request failed, until one succeeds.
    pub error: Option<ApiError>,
    /// Whether a request is in flight.
    pub in_flight: bool,
    /// How many requests in a row have failed.
    pub failures: u32,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self { answer: None, error: None, in_flight: false, failures: 0 }
    }
}

impl<T> Remote<T> {
    /// A request was sent.
    pub fn start(&mut self) {
        self.in_flight = true;
    }

    /// The request was answered, or failed.
    pub fn finish(&mut self, result: Result<Fetched<T>, ApiError>) {
        match result {
            Ok(fetched) => {
                *self = Self { answer: Some(Answer::new(fetched)), ..Self::default() };
            }
            Err(error) => {
                self.in_flight = false;
                self.failures = self.failures.saturating_add(1);
                self.error = Some(error);
            }
        }
    }

    /// The state of the fetching, without the data.
    pub fn status(&self) -> FetchStatus {
        FetchStatus {
            at: self.answer.as_ref().map(|answer| answer.at),
            error: self.error.clone(),
            in_flight: self.in_flight,
            failures: self.failures,
        }
    }
}
