//! The session of this page: sends requests with its token, and keeps the token alive.
//!
//! All decisions are `api::session::Machine`'s; this file gives it the clock, the network and the
//! timers, and shows its phase as signals. The tokens stay inside the machine: no signal, log, title,
//! storage or address holds one.

use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::{
    LocalStorage, StoredValue, UpdateValue, WithValue, expect_context, provide_context,
};
use leptos::task::spawn_local;
use web_sys::AbortSignal;

use super::timer::Timer;
use super::{activity, clock};
use crate::api::auth::{self, Credentials};
use crate::api::client;
use crate::api::error::ApiError;
use crate::api::reply::Reply;
use crate::api::request::Request;
use crate::api::session::{Gate, Machine};
use crate::api::token::Tokens;
use crate::domain::config::Config;
use crate::domain::phase::Phase;
use crate::reactive::{RwSignal, Signal, on_cleanup};

/// How long the server may take to sign in, renew or revoke, in milliseconds.
const ANSWER_WITHIN_MS: u32 = 30_000;

/// The longest time without a look at the clock: timers stand still while the machine sleeps.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// A renewal under way, for all who wait for it.
type Renewing = Shared<LocalBoxFuture<'static, Result<(), ApiError>>>;

/// The session, to be copied freely; from [`use_session`].
#[derive(Clone, Copy)]
pub struct Session {
    inner: StoredValue<Inner, LocalStorage>,
    phase: RwSignal<Phase>,
    generation: RwSignal<u32>,
    identity: RwSignal<u32>,
    user: RwSignal<Option<String>>,
}

struct Inner {
    base: String,
    machine: Machine,
    /// The generation that is being renewed, and its renewal.
    renewing: Option<(u32, Renewing)>,
    /// When the timer goes off, and the timer.
    timer: Option<(Duration, Timer)>,
}

/// Makes the session of this page, with nobody signed in, and gives it to the components below.
pub fn provide_session(config: &Config) -> Session {
    let session = Session {
        inner: StoredValue::new_local(Inner {
            base: config.api_base.clone(),
            machine: Machine::new(config.idle),
            renewing: None,
            timer: None,
        }),
        phase: RwSignal::new(Machine::new(config.idle).phase()),
        generation: RwSignal::new(0),
        identity: RwSignal::new(0),
        user: RwSignal::new(None),
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
    /// [`client::send`] and of a renewal that this request had to wait for.
    pub async fn send(
        self,
        request: Request,
        signal: Option<AbortSignal>,
    ) -> Result<Reply, ApiError> {
        let started = self.generation.get_untracked();
        let base = self.base();
        let mut again = false;
        loop {
            if signal.as_ref().is_some_and(AbortSignal::aborted) {
                return Err(ApiError::Aborted);
            }
            let gate = self.with(Machine::gate).unwrap_or(Gate::Closed);
            if self.generation.get_untracked() != started {
                return Err(ApiError::SignedOut);
            }
            let (ticket, bearer) = match gate {
                Gate::Send { ticket, bearer } => (ticket, bearer),
                Gate::Renew => {
                    self.renew().await?;
                    continue;
                }
                Gate::Closed => return Err(ApiError::SignedOut),
            };
            let answer = client::send(&base, &request, Some(&bearer), signal.as_ref()).await;
            let current = self.with(|machine, _| machine.is_current(ticket));
            match answer {
                _ if current != Some(true) => return Err(ApiError::SignedOut),
                Err(ApiError::Unauthorized(_)) => {
                    self.with(|machine, _| machine.unauthorized(ticket, again));
                    if again {
                        return Err(ApiError::SignedOut);
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

    /// Signs in by user name and password.
    ///
    /// # Errors
    /// Those of [`client::send`]; [`ApiError::Unauthorized`] when the server does not take them.
    pub async fn sign_in(self, credentials: Credentials) -> Result<(), ApiError> {
        let asked_at = clock::now();
        let tokens = self.ask(&auth::password_grant(&credentials), None).await;
        let tokens = tokens.and_then(|reply| auth::read_tokens(&reply))?;
        let typed = Some(credentials.username);
        self.with(move |machine, now| machine.signed_in(tokens, typed, asked_at, now));
        Ok(())
    }

    /// Signs in with a token from elsewhere, when the server takes it. A server that does not know
    /// the question asked of it has taken the token all the same.
    ///
    /// # Errors
    /// Those of [`client::send`]; [`ApiError::Unauthorized`] when the server does not take it.
    pub async fn sign_in_with_token(self, tokens: Tokens) -> Result<(), ApiError> {
        let asked_at = clock::now();
        match self.ask(&auth::self_user(), Some(tokens.bearer())).await {
            Ok(_)
            | Err(
                ApiError::NotFound(_)
                | ApiError::Forbidden(_)
                | ApiError::Status { status: 405, .. },
            ) => (),
            Err(error) => return Err(error),
        }
        self.with(move |machine, now| machine.signed_in(tokens, None, asked_at, now));
        Ok(())
    }

    /// Forgets the tokens at once, and has the server revoke them in the background.
    pub fn sign_out(self) {
        self.with(|machine, _| machine.sign_out());
    }

    /// Does something with the machine, then shows and follows what has become of it: the signals,
    /// the tokens to be revoked and the timer. `None` when the page is being taken down.
    fn with<T>(self, act: impl FnOnce(&mut Machine, Duration) -> T) -> Option<T> {
        let now = clock::now();
        let (result, discarded) = self.inner.try_update_value(|inner| {
            let result = act(&mut inner.machine, now);
            (result, inner.machine.take_discarded())
        })?;
        self.show();
        for tokens in discarded {
            self.revoke(tokens);
        }
        self.plan(now);
        Some(result)
    }

    /// Sets the signals that have changed.
    fn show(self) {
        let shown = self.inner.try_with_value(|inner| {
            let machine = &inner.machine;
            let user = machine.user().map(ToOwned::to_owned);
            (
                machine.phase(),
                machine.generation(),
                machine.identity(),
                user,
            )
        });
        let Some((phase, generation, identity, user)) = shown else {
            return;
        };
        self.identity.set_changed(identity);
        self.generation.set_changed(generation);
        self.user.set_changed(user);
        self.phase.set_changed(phase);
    }

    /// Looks at the clock, and renews when it is time.
    fn look(self) {
        if self.with(Machine::tick) == Some(true) {
            spawn_local(async move { _ = self.renew().await });
        }
    }

    /// Sets the timer for the next look, unless one is set that goes off in time.
    fn plan(self, now: Duration) {
        self.inner.try_update_value(|inner| {
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
        self.inner.try_update_value(|inner| inner.timer = None);
        self.look();
    }

    fn stop_timer(self) {
        self.inner.try_update_value(|inner| inner.timer = None);
    }

    /// The renewal under way, or a new one. It runs on when those who wait for it are gone.
    fn renew(self) -> Renewing {
        let generation = self.generation.get_untracked();
        let under_way = self.inner.try_with_value(|inner| inner.renewing.clone());
        match under_way.flatten() {
            Some((of, renewing)) if of == generation => return renewing,
            _ => (),
        }
        let Some(renewal) = self.with(Machine::begin_renewal).flatten() else {
            return async { Err(ApiError::SignedOut) }.boxed_local().shared();
        };
        let renewing = async move {
            let answer = self.ask(&renewal.request, None).await;
            let answer = answer.and_then(|reply| auth::read_tokens(&reply));
            self.inner.try_update_value(|inner| {
                inner.renewing.take_if(|(of, _)| *of == generation);
            });
            self.with(|machine, now| machine.end_renewal(&renewal, answer, now))
                .unwrap_or(Err(ApiError::SignedOut))
        }
        .boxed_local()
        .shared();
        let kept = renewing.clone();
        self.inner
            .try_update_value(|inner| inner.renewing = Some((generation, kept)));
        spawn_local(renewing.clone().map(|_| ()));
        renewing
    }

    fn revoke(self, tokens: Tokens) {
        let Some(request) = auth::revoke(&tokens) else {
            return;
        };
        // Nothing can be done about a failure: the server ends unused tokens by itself.
        spawn_local(async move { _ = self.ask(&request, Some(tokens.bearer())).await });
    }

    /// Sends a request about tokens, with a limit to the time it may take.
    async fn ask(self, request: &Request, bearer: Option<&str>) -> Result<Reply, ApiError> {
        let limit = AbortSignal::timeout_with_u32(ANSWER_WITHIN_MS);
        client::send(&self.base(), request, bearer, Some(&limit)).await
    }

    fn base(self) -> String {
        let base = self.inner.try_with_value(|inner| inner.base.clone());
        base.unwrap_or_default()
    }
}
