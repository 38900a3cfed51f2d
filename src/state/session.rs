//! The session of this page: sends requests with its token, and keeps the token alive.
//!
//! All decisions are `api::session::Machine`'s; this file gives it the clock, the network and the
//! timers, and shows its phase as signals. The tokens stay inside the machine: no signal, log, title,
//! storage or address holds one.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Poll, Waker};
use std::time::Duration;

use leptos::prelude::{LocalStorage, StoredValue, UpdateValue, expect_context, provide_context};
use leptos::task::spawn_local;

use crate::api_client;
use crate::reactive::{RwSignal, Signal, on_cleanup};
use crate::state::timer::Timer;
use crate::state::{activity, clock, server_clock};
use cckm_core::api::error::ApiError;
use cckm_core::api::request::{Method, Request};
use cckm_core::api::response::Response;
use cckm_core::config::Config;
use cckm_core::session::auth;
use cckm_core::session::auth::Credentials;
use cckm_core::session::machine::{Machine, SendDecision};
use cckm_core::session::phase::Phase;
use cckm_core::session::token::Tokens;

/// The longest time without a look at the clock: timers stand still while the machine sleeps.
const LOOK_EVERY: Duration = Duration::from_secs(15);
/// How often one request has the token renewed.
const MOST_RENEWALS: u8 = 2;

type Answer = Result<Response, ApiError>;

/// What someone signs in with.
pub enum SignIn {
    /// A user name and a password.
    Password(Credentials),
    /// A token from elsewhere.
    Token(Tokens),
}

/// The session, to be copied freely; from [`use_session`].
#[derive(Clone, Copy)]
pub struct Session {
    inner: StoredValue<Inner, LocalStorage>,
    phase: RwSignal<Phase>,
    generation: RwSignal<u32>,
    identity: RwSignal<u32>,
    user: RwSignal<Option<String>>,
    domain: RwSignal<Option<String>>,
    warns: RwSignal<bool>,
}

struct Inner {
    base: String,
    within: Duration,
    machine: Machine,
    /// What came of the last renewal, and who waits for the one under way.
    renewed: Option<Result<(), ApiError>>,
    waiting: Vec<Waker>,
    /// When the timer goes off, and the timer.
    timer: Option<(Duration, Timer)>,
}

/// Makes the session of this page, with nobody signed in, and gives it to the components below.
pub fn provide_session(config: &Config) -> Session {
    let session = Session {
        inner: StoredValue::new_local(Inner {
            base: config.api_base.clone(),
            within: config.answer,
            machine: Machine::new(config.idle),
            renewed: None,
            waiting: Vec::new(),
            timer: None,
        }),
        phase: RwSignal::new(Machine::new(config.idle).phase()),
        generation: RwSignal::new(0),
        identity: RwSignal::new(0),
        user: RwSignal::new(None),
        domain: RwSignal::new(None),
        warns: RwSignal::new(false),
    };
    let active = move || session.with(Machine::activity);
    let back = move || session.look();
    activity::watch(move || _ = active(), back);
    on_cleanup(move || session.stop_timer());
    provide_context(session);
    session
}

/// The session given by [`provide_session`].
///
/// # Panics
/// When there is none above the caller: a mistake in the program, found at its first run.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Sends `request` with the token of the session, renewed before it ends; a 401 renews it and
    /// repeats the request once.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] when nobody is signed in, or no longer the one who was; else those of
    /// [`api_client::send`] and of a renewal that this request had to wait for.
    pub async fn send(self, request: Request) -> Answer {
        let started = self.generation.get_untracked();
        let mut again = false;
        let mut renewals = 0;
        loop {
            let gate = self.with(Machine::gate).unwrap_or(SendDecision::Closed);
            if self.generation.get_untracked() != started {
                return Err(ApiError::SignedOut);
            }
            let (ticket, bearer) = match gate {
                SendDecision::Send { ticket, bearer } => (ticket, bearer),
                // A token that ends while it is on its way would be renewed for ever.
                SendDecision::Renew if renewals == MOST_RENEWALS => {
                    let detail = "each token ends before it can be used".to_owned();
                    return Err(unsent(&request, ApiError::Unreachable { detail }));
                }
                SendDecision::Renew => {
                    renewals += 1;
                    self.renew();
                    let renewed = self.renewed().await;
                    renewed.map_err(|error| unsent(&request, error))?;
                    continue;
                }
                SendDecision::Closed => return Err(ApiError::SignedOut),
            };
            let answer = self.ask(request.clone(), Some(bearer)).await;
            let current = self.with(|machine, _| machine.is_current(ticket));
            match answer {
                _ if current != Some(true) && request.method == Method::Get => {
                    return Err(ApiError::SignedOut);
                }
                // Of what may have been done someone must be told.
                answer if current != Some(true) => return answer,
                Err(ApiError::Unauthorized(words)) => {
                    self.with(|machine, _| machine.unauthorized(ticket, again));
                    if again {
                        // Of a session that ended the dialog tells, of one that goes on the page.
                        let goes_on = self.phase.with_untracked(|phase| *phase == Phase::SignedIn);
                        return Err(if goes_on {
                            ApiError::Unauthorized(words)
                        } else {
                            ApiError::SignedOut
                        });
                    }
                    again = true;
                }
                answer => return answer,
            }
        }
    }

    /// Where the session stands.
    pub fn phase(self) -> Signal<Phase> {
        self.phase.into()
    }

    /// Grows with each sign-in: drivers ask again when it does.
    pub fn generation(self) -> Signal<u32> {
        self.generation.into()
    }

    /// Grows when someone else, or the same user in another domain, signs in: nothing loaded before
    /// may then stay on the screen.
    pub fn identity(self) -> Signal<u32> {
        self.identity.into()
    }

    /// The name of who is, or was last, signed in.
    pub fn user(self) -> Signal<Option<String>> {
        self.user.into()
    }

    /// The domain that the token is for, by id or by name, if it is known.
    pub fn domain(self) -> Signal<Option<String>> {
        self.domain.into()
    }

    /// Whether the person will soon be signed out for doing nothing.
    pub fn warns(self) -> Signal<bool> {
        self.warns.into()
    }

    /// Signs in. With a token from elsewhere the server is asked whether it takes it; one that does
    /// not know the question has taken the token all the same.
    ///
    /// # Errors
    /// Those of [`api_client::send`]; [`ApiError::Unauthorized`] when the server does not take what it
    /// is given, [`ApiError::SignedOut`] when the person has signed out meanwhile.
    pub async fn sign_in(self, with: SignIn) -> Result<(), ApiError> {
        let attempt = self.with(|machine, now| machine.begin_sign_in(now));
        let attempt = attempt.ok_or(ApiError::SignedOut)?;
        let (request, bearer) = match &with {
            SignIn::Password(credentials) => (auth::password_grant(credentials), None),
            SignIn::Token(tokens) => (auth::self_user(), Some(tokens.bearer().to_owned())),
        };
        let answer = self.ask(request, bearer).await;
        let (tokens, typed) = match with {
            SignIn::Password(Credentials {
                username, domain, ..
            }) => (auth::read_tokens(&answer?)?, Some((username, domain))),
            SignIn::Token(tokens) => {
                auth::takes_token(answer)?;
                (tokens, None)
            }
        };
        self.with(|machine, now| machine.signed_in(attempt, tokens, typed, now))
            .unwrap_or(Err(ApiError::SignedOut))
    }

    /// Forgets the tokens at once, and has the server forget them in the background.
    pub fn sign_out(self) {
        self.with(|machine, _| machine.sign_out());
    }

    /// Does something with the machine, then shows and follows what has become of it: the signals,
    /// the tokens to be forgotten and the timer. `None` when the page is being taken down.
    fn with<T>(self, act: impl FnOnce(&mut Machine, Duration) -> T) -> Option<T> {
        let (mut act, mut result) = (Some(act), None);
        self.turn(&mut |machine, now| {
            result = act.take().map(|act| act(machine, now));
        });
        result
    }

    /// Made once, not once for each thing done.
    #[inline(never)]
    fn turn(self, act: &mut dyn FnMut(&mut Machine, Duration)) {
        let now = clock::now();
        let mut discarded = Vec::new();
        self.inner(&mut |inner| {
            act(&mut inner.machine, now);
            discarded = inner.machine.take_discarded();
        });
        self.show();
        for tokens in discarded {
            self.forget(tokens);
        }
        self.plan(now);
    }

    /// Does something with what is inside, unless the page is being taken down.
    #[inline(never)]
    fn inner(self, act: &mut dyn FnMut(&mut Inner)) {
        self.inner.try_update_value(|inner| act(inner));
    }

    /// Sets the signals that have changed.
    fn show(self) {
        let mut shown = None;
        self.inner(&mut |inner| {
            let machine = &inner.machine;
            let user = machine.user().map(ToOwned::to_owned);
            let domain = machine.domain().map(ToOwned::to_owned);
            shown = Some((
                machine.phase(),
                machine.generation(),
                machine.identity(),
                machine.warns(),
                user,
                domain,
            ));
        });
        let Some((phase, generation, identity, warns, user, domain)) = shown else {
            return;
        };
        self.identity.set_changed(identity);
        self.generation.set_changed(generation);
        self.user.set_changed(user);
        self.domain.set_changed(domain);
        self.warns.set_changed(warns);
        self.phase.set_changed(phase);
    }

    /// Looks at the clock, and renews when it is time.
    fn look(self) {
        if self.with(Machine::tick) == Some(true) {
            self.renew();
        }
    }

    /// Sets the timer for the next look, unless one is set that goes off in time.
    fn plan(self, now: Duration) {
        self.inner(&mut |inner| {
            let wake = inner.machine.wake_at();
            // Never at once, so that no state of affairs can make a busy loop.
            let soonest = now + Duration::from_millis(50);
            let at = wake.map(|at| at.min(now + LOOK_EVERY).max(soonest));
            if let (Some((set, _)), Some(at)) = (&inner.timer, at)
                && *set <= at
            {
                return;
            }
            inner.timer = at.and_then(|at| {
                let timer = Timer::start(at.saturating_sub(now), move || self.fire());
                Some((at, timer?))
            });
        });
    }

    fn fire(self) {
        self.inner(&mut |inner| inner.timer = None);
        self.look();
    }

    fn stop_timer(self) {
        self.inner(&mut |inner| inner.timer = None);
    }

    /// Begins a renewal, unless one is under way. It runs on when those who wait for it are gone.
    fn renew(self) {
        let Some(renewal) = self.with(Machine::begin_renewal).flatten() else {
            return;
        };
        spawn_local(async move {
            let answer = self.ask(renewal.request.clone(), None).await;
            let answer = answer.and_then(|reply| auth::read_tokens(&reply));
            let outcome = self.with(|machine, now| machine.end_renewal(&renewal, answer, now));
            self.inner(&mut |inner| {
                inner.renewed.clone_from(&outcome);
                for waker in inner.waiting.drain(..) {
                    waker.wake();
                }
            });
        });
    }

    /// Waits for a renewal under way, and tells what came of the last one.
    async fn renewed(self) -> Result<(), ApiError> {
        poll_fn(|context| {
            let mut outcome = Poll::Ready(Err(ApiError::SignedOut));
            self.inner(&mut |inner| {
                outcome = if inner.machine.is_renewing() {
                    inner.waiting.push(context.waker().clone());
                    Poll::Pending
                } else {
                    Poll::Ready(inner.renewed.clone().unwrap_or(Ok(())))
                };
            });
            outcome
        })
        .await
    }

    /// Has the server forget tokens: first what renews them, then, while it is still taken, the
    /// token itself.
    fn forget(self, tokens: Tokens) {
        let bearer = tokens.bearer().to_owned();
        spawn_local(async move {
            // Nothing can be done about a failure: the server ends unused tokens by itself.
            if let Some(request) = auth::revoke(&tokens) {
                _ = self.ask(request, Some(bearer.clone())).await;
            }
            _ = self.ask(auth::logout(), Some(bearer)).await;
        });
    }

    /// Sends a request as it is. In a box, so that those who wait for it have no code for it.
    fn ask(
        self,
        request: Request,
        bearer: Option<String>,
    ) -> Pin<Box<dyn Future<Output = Answer>>> {
        let mut server = (String::new(), Duration::ZERO);
        self.inner(&mut |inner| server = (inner.base.clone(), inner.within));
        let (base, within) = server;
        Box::pin(async move {
            let answer = api_client::send(&base, &request, bearer.as_deref(), within).await;
            server_clock::note(answer.as_ref().ok().and_then(|reply| reply.server_ms));
            answer
        })
    }
}

/// Why `request` was not sent at all. Of one that does something it must not look as if it might have been.
fn unsent(request: &Request, why: ApiError) -> ApiError {
    if request.method == Method::Get {
        why
    } else {
        ApiError::SignedOut
    }
}
