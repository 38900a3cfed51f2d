//! The driver of remote data: the latest request wins.
//!
//! No `Resource`: with it a changed key waits behind the old request and shows its stale answer
//! first. Here a new request aborts the one before it, whose answer then changes nothing.

use leptos::task::spawn_local;
use web_sys::{AbortController, AbortSignal};

use super::remote::{Answer, Fetched, Remote};
use super::session::{Session, use_session};
use super::wall_clock::now;
use crate::api::error::ApiError;
use crate::api::reply::Reply;
use crate::api::request::Request;
use crate::reactive::{RwSignal, Signal, effect};

/// Remote data and the way to ask for it anew.
pub struct UseRemote<T: 'static> {
    /// What is known.
    pub remote: RwSignal<Remote<T>>,
    asked: RwSignal<u32>,
}

impl<T> Clone for UseRemote<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for UseRemote<T> {}

impl<T: Send + Sync + 'static> UseRemote<T> {
    /// The last answer that could be read.
    pub fn answer(self) -> Signal<Option<Answer<T>>> {
        Signal::memo(move |_| self.remote.with(|remote| remote.answer.clone()))
    }

    /// Why the last request failed, if it is for the page to tell: of an ended session the
    /// sign-in dialog does.
    pub fn error(self) -> Signal<Option<ApiError>> {
        Signal::memo(move |_| {
            let error = self.remote.with(|remote| remote.error.clone());
            error.filter(|error| *error != ApiError::SignedOut)
        })
    }

    /// Asks again, in place of a request that may be under way.
    pub fn refresh(self) {
        self.asked.update(|times| *times = times.wrapping_add(1));
    }
}

/// Sends `request` whenever it changes, on [`UseRemote::refresh`], and after each sign-in, and
/// reads the answers with `decode`.
///
/// What was known is dropped when a request is for another `path`, since it is then about
/// something else; otherwise it stays until the new answer is there.
pub fn use_remote<T: Send + Sync + 'static>(
    request: impl Fn() -> Request + 'static,
    decode: impl Fn(&[u8]) -> Result<T, ApiError> + Copy + 'static,
) -> UseRemote<T> {
    let session = use_session();
    let remote = RwSignal::new(Remote::default());
    let asked = RwSignal::new(0);
    let mut last: Option<Asked> = None;
    effect(move || {
        let now = (request(), session.generation().get(), asked.get());
        if last.as_ref().is_some_and(|last| last.what == now) {
            return;
        }
        // Aborts the request before it.
        let before = last.take().map(|last| last.what.0.path.clone());
        let request = now.0.clone();
        if before.is_some_and(|path| path != request.path) {
            remote.set(Remote::default());
        }
        if let Ok(controller) = AbortController::new() {
            remote.update(Remote::start);
            ask(session, request, controller.signal(), remote, decode);
            last = Some(Asked {
                what: now,
                controller,
            });
        }
    });
    UseRemote { remote, asked }
}

/// What was asked last, with the session and the number of refreshes; aborted with this value.
struct Asked {
    what: (Request, u32, u32),
    controller: AbortController,
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.controller.abort();
    }
}

fn ask<T: Send + Sync + 'static>(
    session: Session,
    request: Request,
    signal: AbortSignal,
    remote: RwSignal<Remote<T>>,
    decode: impl Fn(&[u8]) -> Result<T, ApiError> + 'static,
) {
    let sent = session.send(request.clone(), Some(signal.clone()));
    spawn(sent, move |reply| {
        if signal.aborted() {
            return;
        }
        let outcome = reply.and_then(|reply| {
            let value = decode(&reply.body)?;
            let (body, at) = (reply.body, now());
            Ok(Fetched {
                request,
                value,
                body,
                at,
            })
        });
        remote.update(|remote| match outcome {
            Ok(fetched) => remote.succeed(fetched),
            Err(error) => remote.fail(error),
        });
    });
}

type Sent = Result<Reply, ApiError>;

fn spawn(sent: impl Future<Output = Sent> + 'static, done: impl FnOnce(Sent) + 'static) {
    let done: Box<dyn FnOnce(Sent)> = Box::new(done);
    spawn_local(async move { done(sent.await) });
}
