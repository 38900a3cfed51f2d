//! The state of something that is fetched: the last answer stays while a refresh runs or fails.

use std::ops::Deref;
use std::sync::Arc;

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::format::time::Timestamp;
use cckm_core::poll::{FetchStatus, retry_missing};

/// The progress of an answer is shown each time that this many bytes more have arrived.
const SHOWN_STEP: usize = 500_000;

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

/// What a 404 says about remote data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existence {
    /// A list: it is not there, because a licence is missing or the server has no such list.
    List,
    /// One job or schedule: once it was read, the 404 may come from a node of the cluster that lags.
    Object,
    /// One that was created here: the 404 may come from a node that lags, even before the first answer.
    Created,
    /// One that counts as gone, until it is read again.
    Gone,
}

/// Remote data: a refresh may run, or may have failed, while the answer before it is on screen.
pub struct Remote<T> {
    /// The last answer that could be decoded.
    pub answer: Option<Answer<T>>,
    /// Why the last request failed, until one succeeds.
    pub error: Option<ApiError>,
    /// Whether a request is in flight.
    pub in_flight: bool,
    /// How many bytes of a long answer have arrived; 0 for a short one, and when it is complete.
    pub received: usize,
    /// How many requests in a row have failed.
    pub failures: u32,
    /// How many answers in a row were 404, although it is known to exist. 0 once it counts as gone.
    pub misses: u32,
    /// What a 404 means.
    pub existence: Existence,
    /// Whether the person cancelled the last request.
    pub is_cancelled: bool,
}

impl<T> Default for Remote<T> {
    fn default() -> Self {
        Self {
            answer: None,
            error: None,
            in_flight: false,
            received: 0,
            failures: 0,
            misses: 0,
            existence: Existence::List,
            is_cancelled: false,
        }
    }
}

impl<T> Remote<T> {
    /// One job or schedule, of which nothing is known yet. If it answers 404 after it was read, it is requested again for
    /// a while.
    pub fn of_object() -> Self {
        Self { existence: Existence::Object, ..Self::default() }
    }

    /// One job or schedule that is known to exist, with the `answer` to its creation if that shows it.
    pub fn created(answer: Option<Fetched<T>>) -> Self {
        Self { answer: answer.map(Answer::new), existence: Existence::Created, ..Self::default() }
    }

    /// A request was sent.
    pub fn start(&mut self) {
        self.in_flight = true;
        self.received = 0;
        self.is_cancelled = false;
    }

    /// `bytes` of the answer have arrived. Returns whether that is worth showing.
    pub fn receive(&mut self, bytes: usize) -> bool {
        let is_step = bytes >= self.received.saturating_add(SHOWN_STEP);
        if is_step {
            self.received = bytes;
        }
        is_step
    }

    /// The person does not wait for the answer any longer.
    pub fn cancel(&mut self) {
        self.in_flight = false;
        self.received = 0;
        self.is_cancelled = true;
    }

    /// The `request` was answered, or failed. `merge` makes one value of the known and the received one. A 404 for an
    /// object that is known to exist is no error until it counts as gone.
    pub fn finish(
        &mut self,
        request: &Request,
        result: Result<Fetched<T>, ApiError>,
        merge: impl Fn(&T, T) -> T,
    ) {
        self.received = 0;
        match result {
            Ok(fetched) => {
                self.learn(fetched, merge);
                self.error = None;
                self.failures = 0;
                if self.existence == Existence::Gone {
                    self.existence = Existence::Object;
                }
            }
            Err(ApiError::NotFound(_)) if self.is_retried(request) => {
                self.error = None;
                self.failures = 0;
                self.misses += 1;
                self.in_flight = false;
                return;
            }
            Err(error) => {
                self.failures = self.failures.saturating_add(1);
                if matches!(error, ApiError::NotFound(_)) {
                    self.expect_gone();
                }
                self.error = Some(error);
            }
        }
        self.in_flight = false;
        self.misses = 0;
    }

    /// Takes over an answer that no request of this data had, such as the answer to a change.
    pub fn learn(&mut self, fetched: Fetched<T>, merge: impl Fn(&T, T) -> T) {
        let known = self.answer.as_ref().filter(|known| known.request == fetched.request);
        let value = match known {
            Some(known) => merge(&known.value, fetched.value),
            None => fetched.value,
        };
        self.answer = Some(Answer::new(Fetched { value, ..fetched }));
        self.is_cancelled = false;
    }

    /// The next 404 is final.
    pub fn expect_gone(&mut self) {
        if self.existence != Existence::List {
            self.existence = Existence::Gone;
        }
    }

    /// Whether what `request` fetches is known to exist, so that one 404 more is not final.
    fn is_retried(&self, request: &Request) -> bool {
        let is_known = match self.existence {
            Existence::Object => {
                self.answer.as_ref().is_some_and(|answer| answer.request == *request)
            }
            Existence::Created => true,
            Existence::List | Existence::Gone => false,
        };
        is_known && retry_missing(self.misses + 1).is_some()
    }

    /// The state of the fetching, without the data.
    pub fn status(&self) -> FetchStatus {
        FetchStatus {
            at: self.answer.as_ref().map(|answer| answer.at),
            error: self.error.clone(),
            in_flight: self.in_flight,
            received: self.received,
            failures: self.failures,
            misses: self.misses,
            is_cancelled: self.is_cancelled,
        }
    }
}
