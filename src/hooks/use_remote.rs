//! Fetches remote data: the latest request wins, and what is known stays.
//!
//! No `Resource`: with it a changed key waits behind the old request and shows its stale answer first.

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::poll::FetchStatus;
use futures::future::{AbortHandle, abortable};
use leptos::prelude::*;
use leptos::reactive::spawn_local_scoped_with_cancellation;

use super::remote::{Answer, Fetched, Remote};
use super::use_session;
use crate::browser::clock;

/// Remote data and the handle to fetch it again. From [`use_remote`].
pub struct UseRemote<T: Send + Sync + 'static> {
    /// The last answer that could be decoded.
    pub answer: Memo<Option<Answer<T>>>,
    /// Why the last request failed. Never [`ApiError::SignedOut`]: the sign-in dialog shows that.
    pub error: Memo<Option<ApiError>>,
    /// Whether the first answer is still to come: nothing is known, no request has failed and none was cancelled.
    pub is_loading: Memo<bool>,
    /// The state of the fetching, and the way to fetch again.
    pub handle: RefetchHandle,
    remote: RwSignal<Remote<T>>,
    merge: fn(&T, T) -> T,
}

impl<T: Send + Sync> Clone for UseRemote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync> Copy for UseRemote<T> {}

impl<T: Send + Sync> UseRemote<T> {
    /// Takes over an answer that another request had, such as a change. Does nothing once the owner has ended.
    pub fn learn(self, fetched: Fetched<T>) {
        self.remote.try_update(|remote| remote.learn(fetched, self.merge));
    }

    /// A check has shown that it is gone: the next 404 is final.
    pub fn expect_gone(self) {
        self.remote.try_update(Remote::expect_gone);
    }

    /// Follows the last answer; `None` before the first.
    pub fn latest(self) -> Option<Memo<Answer<T>>> {
        let first = self.answer.get_untracked()?;
        Some(Memo::new(move |_| self.answer.get().unwrap_or_else(|| first.clone())))
    }
}

/// The state of a fetch of any type, and the way to fetch again.
#[derive(Clone, Copy)]
pub struct RefetchHandle {
    /// The state of the fetching.
    pub status: Signal<FetchStatus>,
    trigger: Trigger,
    /// Aborts the request in flight.
    request: Option<StoredValue<Option<AbortHandle>>>,
}

impl RefetchHandle {
    /// A handle whose [`refetch`](Self::refetch) notifies `trigger`.
    pub fn new(status: Signal<FetchStatus>, trigger: Trigger) -> Self {
        Self { status, trigger, request: None }
    }

    /// Cancels the request in flight; what is known stays. [`FetchStatus::is_cancelled`] says so until the next request.
    pub fn cancel(self) {
        if let Some(handle) = self.request.and_then(|request| request.try_get_value()?) {
            handle.abort();
        }
    }

    /// Fetches again, in place of a request that may be in flight.
    pub fn refetch(self) {
        self.trigger.notify();
    }
}

/// Fetches `request` now, whenever it changes, on [`RefetchHandle::refetch`] and after each sign-in, and
/// decodes each answer with `decode`. A newer request aborts the one before it, and so does the end of the owner.
pub fn use_remote<T: Send + Sync + 'static>(
    request: Memo<Request>,
    decode: impl Fn(&[u8]) -> Result<T, ApiError> + Copy + 'static,
) -> UseRemote<T> {
    use_remote_from(Remote::default(), request, decode, |_, received| received)
}

/// As [`use_remote`], beginning with what `first` knows. `merge` makes one value of the known and the received one.
pub fn use_remote_from<T: Send + Sync + 'static>(
    first: Remote<T>,
    request: Memo<Request>,
    decode: impl Fn(&[u8]) -> Result<T, ApiError> + Copy + 'static,
    merge: fn(&T, T) -> T,
) -> UseRemote<T> {
    let session = use_session();
    let remote = RwSignal::new(first);
    let trigger = Trigger::new();
    let in_flight = StoredValue::new(None::<AbortHandle>);
    Effect::new(move |_| {
        trigger.track();
        // Read, not only tracked: a memo that is first read later counts as changed then.
        session.epoch.get();
        let request = request.get();
        remote.update(Remote::start);
        // The cleanup of the next run drops the future, which aborts the fetch.
        let on_received = move |bytes| {
            _ = remote.try_maybe_update(|remote| (remote.receive(bytes), ()));
        };
        let sent = request.clone();
        let send = async move { session.send_observed(sent, &on_received).await };
        let (response, handle) = abortable(send);
        in_flight.set_value(Some(handle));
        spawn_local_scoped_with_cancellation(async move {
            let Ok(response) = response.await else {
                remote.update(Remote::cancel);
                return;
            };
            let result = response.and_then(|response| {
                Ok(Fetched {
                    value: decode(&response.body)?,
                    request: request.clone(),
                    body: response.body,
                    at: clock::now(),
                })
            });
            remote.update(|remote| remote.finish(&request, result, merge));
        });
    });
    let status = Memo::new(move |_| remote.read().status());
    let error = Memo::new(move |_| {
        let error = remote.read().error.clone();
        error.filter(|error| *error != ApiError::SignedOut)
    });
    UseRemote {
        answer: Memo::new(move |_| remote.read().answer.clone()),
        error,
        is_loading: Memo::new(move |_| {
            let remote = remote.read();
            remote.answer.is_none() && !remote.is_cancelled && error.read().is_none()
        }),
        handle: RefetchHandle { status: status.into(), trigger, request: Some(in_flight) },
        remote,
        merge,
    }
}
