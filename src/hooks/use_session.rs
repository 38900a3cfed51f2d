//! The session of this page: sends requests with its token, and keeps the token alive.
//!
//! [`Machine`] makes all decisions. This hook gives it the clock, the network and the timers. The tokens stay
//! inside the machine, which only this file can reach: no log, title, storage or address holds one.

use std::time::Duration;

use cckm_core::api::error::ApiError;
use cckm_core::api::request::{Method, Request};
use cckm_core::api::response::Response;
use cckm_core::batch;
use cckm_core::config::Config;
use cckm_core::format::time::Timestamp;
use cckm_core::session::auth::{self, Credentials};
use cckm_core::session::machine::{Machine, SendDecision, Typed};
use cckm_core::session::phase::Phase;
use cckm_core::session::token::Tokens;
use futures::FutureExt;
use futures::future::{LocalBoxFuture, Shared};
use gloo_timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::other_documents::{OtherDocuments, use_other_documents};
use super::server::{Server, ServerTime};
use super::{use_activity, use_window_event};
use crate::browser::{clock, url};

/// The longest time between two ticks: timers stop while the computer sleeps.
const MAX_WAIT: Duration = Duration::from_secs(15);
/// The shortest time between two ticks, so that no state of the machine causes a busy loop.
const MIN_WAIT: Duration = Duration::from_millis(50);
/// How many renewals one request may cause.
const MAX_RENEWALS: u8 = 2;

type Renewal = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

/// What a person signs in with.
pub enum SignIn {
    /// A user name and a password.
    Password(Credentials),
    /// A token from elsewhere.
    Token(Tokens),
}

/// The session. From [`use_session`].
#[derive(Clone, Copy)]
pub struct Session {
    /// Whether someone is signed in, and if not, why.
    pub phase: Memo<Phase>,
    /// Grows with each sign-in: remote data is fetched again when it does.
    pub epoch: Memo<u32>,
    /// Grows when another user signs in, or the same user in another tenant or domain: nothing loaded before
    /// may then stay on screen.
    pub user_epoch: Memo<u32>,
    /// The name of the user who is, or was last, signed in.
    pub user: Memo<Option<String>>,
    /// The domain of the token, by id or by name, if it is known.
    pub domain: Memo<Option<String>>,
    /// Where requests go, as [`batch::target`]: saved requests and batches are for one target.
    pub target: Memo<String>,
    /// Whether the person will soon be signed out for inactivity.
    pub warns: Memo<bool>,
    /// The tenant of the last sign-in, at first that of the configuration.
    pub tenant: RwSignal<String>,
    machine: RwSignal<Machine>,
    server: Server,
    others: OtherDocuments,
    renewal: StoredValue<Option<Renewal>, LocalStorage>,
    timer: StoredValue<Option<(Duration, Timeout)>, LocalStorage>,
    /// How many changes are in flight.
    mutations: StoredValue<u32>,
}

/// Starts the session of this page, with nobody signed in, and gives it to all components.
pub fn provide_session(config: &Config) -> Session {
    let machine = RwSignal::new(Machine::new(config.idle_timeout));
    let base = url::absolute(&config.api_base);
    let target = move |machine: &Machine| batch::target(&base, machine.tenant(), machine.domain());
    let session = Session {
        phase: Memo::new(move |_| machine.read().phase()),
        epoch: Memo::new(move |_| machine.read().session_epoch()),
        user_epoch: Memo::new(move |_| machine.read().user_epoch()),
        user: Memo::new(move |_| machine.read().user().map(ToOwned::to_owned)),
        domain: Memo::new(move |_| machine.read().domain().map(ToOwned::to_owned)),
        target: Memo::new(move |_| target(&machine.read())),
        warns: Memo::new(move |_| machine.read().warns()),
        tenant: RwSignal::new(config.tenant.clone()),
        machine,
        server: Server::new(config),
        others: OtherDocuments::new(&config.api_base, config.idle_timeout),
        renewal: StoredValue::new_local(None),
        timer: StoredValue::new_local(None),
        mutations: StoredValue::new(0),
    };
    let on_own_activity = move || {
        session.update(Machine::activity);
        if session.phase.get_untracked() == Phase::SignedIn {
            session.others.active();
        }
    };
    use_activity(on_own_activity, move || session.tick());
    let on_sign_out = move |by| _ = session.update(|machine, _| machine.sign_out_elsewhere(by));
    use_other_documents(session.others, on_sign_out, move || session.tick());
    // The browser asks before it leaves the page, because the result of a change would be lost.
    use_window_event(ev::beforeunload, move |event| {
        if session.mutations.get_value() > 0 {
            event.prevent_default();
        }
    });
    provide_context(session);
    session
}

/// The session of this page. Panics if `app.rs` has not provided it.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Sends `request` with the session's token, which is renewed before it ends. A 401 renews the token and
    /// repeats the request once, since it says that nothing was done.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] if nobody is signed in, or no longer the user who was; [`ApiError::NotSent`] for a change
    /// that had to wait for a renewal that failed; else the errors of [`api_client::send`](crate::api_client::send) and
    /// of such a renewal.
    pub async fn send(self, request: Request) -> Result<Response, ApiError> {
        self.send_observed(request, &|_| ()).await
    }

    /// As [`send`](Self::send). `on_received` gets the number of bytes of the answer so far.
    ///
    /// # Errors
    /// Those of [`send`](Self::send).
    pub async fn send_observed(
        self,
        request: Request,
        on_received: &dyn Fn(usize),
    ) -> Result<Response, ApiError> {
        let started = self.epoch.try_get_untracked();
        let mut repeated = false;
        let mut renewals = 0;
        loop {
            let decision = self.update(Machine::send_decision);
            if self.epoch.try_get_untracked() != started {
                return Err(ApiError::SignedOut);
            }
            let (epoch, bearer) = match decision {
                Some(SendDecision::Send { epoch, bearer }) => (epoch, bearer),
                // A token that ends while it is on its way would be renewed for ever.
                Some(SendDecision::Renew) if renewals == MAX_RENEWALS => {
                    let detail = "each token ends before it can be used".to_owned();
                    return Err(not_sent(&request, ApiError::Unreachable { detail }));
                }
                Some(SendDecision::Renew) => {
                    renewals += 1;
                    let renewed = self.renew().await;
                    renewed.map_err(|error| not_sent(&request, error))?;
                    continue;
                }
                Some(SendDecision::SignedOut) | None => return Err(ApiError::SignedOut),
            };
            let answer = self.server.send(request.clone(), Some(bearer), on_received).await;
            let is_current = self.update(|machine, _| machine.is_current(epoch)) == Some(true);
            match answer {
                _ if !is_current && request.method == Method::Get => {
                    return Err(ApiError::SignedOut);
                }
                // The person must learn that the change may have been made.
                answer if !is_current => return answer,
                Err(ApiError::Unauthorized(text)) => {
                    self.update(|machine, _| machine.unauthorized(epoch, repeated));
                    if repeated {
                        // The sign-in dialog reports the end of a session; otherwise the page reports the error.
                        let is_signed_in = self.phase.get_untracked() == Phase::SignedIn;
                        return Err(if is_signed_in {
                            ApiError::Unauthorized(text)
                        } else {
                            ApiError::SignedOut
                        });
                    }
                    repeated = true;
                }
                answer => return answer,
            }
        }
    }

    /// Sends a `request` that changes something, once, and passes the result to `done`, even if another page is on
    /// screen by then. [`ApiError::may_have_acted`] says whether an error leaves open what was done.
    pub fn send_mutation(
        self,
        request: Request,
        done: impl FnOnce(Result<Response, ApiError>) + 'static,
    ) {
        self.mutations.update_value(|count| *count += 1);
        spawn_local(async move {
            let answer = self.send(request).await;
            self.mutations.try_update_value(|count| *count -= 1);
            done(answer);
        });
    }

    /// Signs in. A token from elsewhere is tried with a request; a server that does not know that request has
    /// accepted the token nevertheless.
    ///
    /// # Errors
    /// Those of [`api_client::send`](crate::api_client::send); [`ApiError::Unauthorized`] if the server refuses the credentials,
    /// [`ApiError::SignedOut`] if the person has signed out meanwhile.
    pub async fn sign_in(self, with: SignIn) -> Result<(), ApiError> {
        let attempt =
            self.update(|machine, now| machine.begin_sign_in(now)).ok_or(ApiError::SignedOut)?;
        let (request, bearer) = match &with {
            SignIn::Password(credentials) => (auth::password_grant(credentials), None),
            SignIn::Token(tokens) => (auth::self_user(), Some(tokens.bearer().to_owned())),
        };
        let answer = self.server.send(request, bearer, &|_| ()).await;
        let (tokens, typed) = match with {
            SignIn::Password(Credentials { username, domain, tenant, .. }) => {
                let tokens = Tokens::try_from(&answer?)?;
                self.tenant.try_set(tenant.clone());
                (tokens, Some(Typed { user: username, tenant, domain }))
            }
            SignIn::Token(tokens) => {
                auth::check_accepted(answer)?;
                (tokens, None)
            }
        };
        self.update(|machine, now| machine.finish_sign_in(attempt, tokens, typed, now))
            .unwrap_or(Err(ApiError::SignedOut))
    }

    /// Forgets the tokens at once, and has the server revoke them in the background. Ends the sessions of the other
    /// documents of the console too.
    pub fn sign_out(self) {
        self.update(|machine, _| machine.sign_out());
    }

    /// By how many milliseconds the server's clock is ahead of the browser's; 0 if that is not known. Tracks it.
    pub fn clock_lead(self) -> i64 {
        self.server.clock_lead()
    }

    /// The instant `at` of the browser's clock by the server's, if that is known. Tracks it.
    pub fn server_time_at(self, at: Timestamp) -> Timestamp {
        Timestamp::from_ms(at.as_ms().saturating_add(self.clock_lead()))
    }

    /// The present by the server's clock, which stamps what is created there.
    pub fn server_time(self) -> ServerTime {
        self.server.time()
    }

    /// Updates the machine, then does what it asks for. `None` once the page is being taken down.
    fn update<T>(self, update: impl FnOnce(&mut Machine, Duration) -> T) -> Option<T> {
        let now = clock::elapsed();
        let (result, discarded, wake_at) = self.machine.try_update(|machine| {
            // Read only now, because a page that the browser had stopped gets the events of the storage late or never.
            let active_at = machine.is_idle(now).then(|| self.others.active_at(now));
            if let Some(at) = active_at.flatten() {
                machine.activity_elsewhere(at);
            }
            let (phase, epoch) = (machine.phase(), machine.session_epoch());
            let result = update(machine, now);
            if machine.session_epoch() != epoch {
                self.others.signed_in();
            }
            if machine.phase() != phase && machine.phase().ends_other_documents() {
                self.others.signed_out();
            }
            (result, machine.take_discarded(), machine.wake_at())
        })?;
        for tokens in discarded {
            self.revoke(tokens);
        }
        self.plan(now, wake_at);
        Some(result)
    }

    /// Calls [`tick`](Self::tick) at `wake_at`, unless a timer is set for an earlier time.
    fn plan(self, now: Duration, wake_at: Option<Duration>) {
        let at = wake_at.map(|at| at.min(now + MAX_WAIT).max(now + MIN_WAIT));
        self.timer.try_update_value(|timer| {
            let is_in_time = matches!((&timer, at), (Some((set, _)), Some(at)) if *set <= at);
            if !is_in_time {
                *timer = at.map(|at| {
                    let wait =
                        u32::try_from(at.saturating_sub(now).as_millis()).unwrap_or(u32::MAX);
                    (at, Timeout::new(wait, move || self.timer_fired()))
                });
            }
        });
    }

    fn timer_fired(self) {
        self.timer.try_update_value(Option::take);
        self.tick();
    }

    /// Updates the machine to the present time, and begins a renewal that is due.
    fn tick(self) {
        if self.update(Machine::tick) == Some(true) {
            spawn_local(self.renew().map(drop));
        }
    }

    /// The renewal in flight, or a new one. It continues even if no request waits for it any more.
    fn renew(self) -> impl Future<Output = Result<(), ApiError>> {
        if let Some(renewal) = self.update(Machine::begin_renewal).flatten() {
            let shared = async move {
                let answer = self.server.send(renewal.request.clone(), None, &|_| ()).await;
                let tokens = answer.and_then(|response| Tokens::try_from(&response));
                self.update(|machine, now| machine.finish_renewal(&renewal, tokens, now))
                    .unwrap_or(Err(ApiError::SignedOut))
            }
            .boxed_local()
            .shared();
            spawn_local(shared.clone().map(drop));
            self.renewal.try_set_value(Some(shared));
        }
        let latest = self.renewal.try_get_value().flatten();
        async move {
            match latest {
                Some(renewal) => renewal.await,
                None => Ok(()),
            }
        }
    }

    /// Has the server revoke tokens: first what renews them, then, while it is still accepted, the token itself.
    fn revoke(self, tokens: Tokens) {
        let bearer = tokens.bearer().to_owned();
        spawn_local(async move {
            // Nothing can be done about a failure: the server ends unused tokens by itself.
            if let Some(request) = auth::revoke(&tokens) {
                _ = self.server.send(request, Some(bearer.clone()), &|_| ()).await;
            }
            _ = self.server.send(auth::logout(), Some(bearer), &|_| ()).await;
        });
    }
}

/// Why `request` was not sent at all. The error of one that changes something must not look as if it might have
/// been sent.
fn not_sent(request: &Request, why: ApiError) -> ApiError {
    if request.method == Method::Get || why == ApiError::SignedOut {
        why
    } else {
        ApiError::NotSent { cause: Box::new(why) }
    }
}
