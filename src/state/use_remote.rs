//! The driver of remote data: the latest request wins.
//!
//! No `Resource`: with it a changed key waits behind the old request and shows its stale answer
//! first. Here a new request aborts the one before it, whose answer then changes nothing.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::Poll;

use leptos::task::spawn_local;

use crate::reactive::{RwSignal, Signal, effect};
use crate::state::remote::{Answer, FetchStatus, Fetched, Remote};
use crate::state::session::{Session, use_session};
use crate::state::wall_clock::now;
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;

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

    /// The asking for it, for what need not know what it is.
    pub fn asking(self) -> Asking {
        Asking {
            course: Signal::memo(move |_| self.remote.with(Remote::course)),
            asked: self.asked,
        }
    }
}

/// The asking for remote data of any kind.
#[derive(Clone, Copy)]
pub struct Asking {
    /// How it goes.
    pub course: Signal<FetchStatus>,
    asked: RwSignal<u32>,
}

impl Asking {
    /// An asking that goes as `course` says and is heard by who follows `asked`.
    pub fn new(course: Signal<FetchStatus>, asked: RwSignal<u32>) -> Self {
        Self { course, asked }
    }

    /// Asks again, in place of a request that may be under way.
    pub fn refresh(self) {
        self.asked.update(|times| *times = times.wrapping_add(1));
    }
}

/// Sends `request` whenever it changes, on [`Asking::refresh`], and after each sign-in, and
/// reads the answers with `decode`. What was known stays until the new answer is there.
pub fn use_remote<T: Send + Sync + 'static>(
    request: impl Fn() -> Request + 'static,
    decode: impl Fn(&[u8]) -> Result<T, ApiError> + Copy + 'static,
) -> UseRemote<T> {
    let session = use_session();
    let remote = RwSignal::new(Remote::default());
    let asked = RwSignal::new(0);
    let mut last: Option<Requested> = None;
    effect(move || {
        let now = (request(), session.generation().get(), asked.get());
        if last.as_ref().is_some_and(|last| last.what == now) {
            return;
        }
        remote.update(Remote::start);
        // Ends the request before it.
        last = Some(Requested {
            _sent: ask(session, now.0.clone(), remote, decode),
            what: now,
        });
    });
    UseRemote { remote, asked }
}

/// What was asked last, with the session and the number of refreshes; the request ends with this
/// value.
struct Requested {
    what: (Request, u32, u32),
    _sent: Sent,
}

fn ask<T: Send + Sync + 'static>(
    session: Session,
    request: Request,
    remote: RwSignal<Remote<T>>,
    decode: impl Fn(&[u8]) -> Result<T, ApiError> + 'static,
) -> Sent {
    let asked = request.clone();
    let done = move |reply: Result<Response, ApiError>| {
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
    };
    spawn(session, asked, Box::new(done))
}

/// A request under way, which ends with this value.
pub(super) struct Sent(Rc<RefCell<Option<Task>>>);
type Task = Pin<Box<dyn Future<Output = ()>>>;

impl Drop for Sent {
    fn drop(&mut self) {
        // Not while it is just being answered.
        if let Ok(mut sent) = self.0.try_borrow_mut() {
            *sent = None;
        }
    }
}

/// Sends `request`, and tells `done` what came of it.
pub(super) fn spawn(
    session: Session,
    request: Request,
    done: Box<dyn FnOnce(Result<Response, ApiError>)>,
) -> Sent {
    let sent: Task = Box::pin(async move { done(session.send(request).await) });
    let sent = Rc::new(RefCell::new(Some(sent)));
    let kept = Rc::clone(&sent);
    spawn_local(poll_fn(move |context| match kept.try_borrow_mut() {
        Ok(mut sent) => match sent.as_mut() {
            Some(sent) => sent.as_mut().poll(context),
            None => Poll::Ready(()),
        },
        Err(_) => Poll::Pending,
    }));
    Sent(sent)
}
