//! The life of a session: what may be sent, when to renew, when it is over. Pure.
//!
//! Times are durations since any fixed moment and come in as arguments. It sends nothing: the shell
//! (`state::session`) asks it before each request and tells it what came of it.

use std::time::Duration;

use crate::api::error::ApiError;
use crate::api::request::Request;
use crate::session::auth;
use crate::session::phase::{ExpiredBy, Phase, SignedOutBy};
use crate::session::token::{Claims, Tokens};

/// A token is renewed when this much of its life is left, or a fifth of it if that is less.
const RENEW_BEFORE: Duration = Duration::from_secs(60);

/// So long before being signed out for doing nothing, or a fifth of that time if that is less, the
/// person is told.
const WARN_BEFORE: Duration = Duration::from_secs(60);

/// With this much left, or a tenth of its life, a token is no longer sent: it could end on the way.
const SPENT_BEFORE: Duration = Duration::from_secs(5);

/// The waits after a renewal that got no answer: the first, and the longest after doubling.
const RETRY: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(60));

/// The session as a state machine.
pub struct Machine {
    idle_after: Duration,
    phase: Phase,
    held: Option<Held>,
    active_at: Duration,
    warned: bool,
    signed_out: u32,
    generation: u32,
    identity: u32,
    known: Option<Claims>,
    user: Option<String>,
    discarded: Vec<Tokens>,
}

/// The tokens in use and their renewal.
struct Held {
    tokens: Tokens,
    asked_at: Duration,
    serial: u32,
    rejected: bool,
    renewing: bool,
    failures: u32,
    retry_at: Duration,
    /// Until when the server asked to be left alone.
    barred_until: Duration,
}

/// A sign-in on its way, from [`Machine::begin_sign_in`].
#[derive(Clone, Copy)]
pub struct Attempt {
    asked_at: Duration,
    signed_out: u32,
}

/// Which sign-in and which of its tokens a request went out with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestEpoch {
    generation: u32,
    serial: u32,
}

/// Whether a request may go out.
#[derive(PartialEq, Eq)]
pub enum SendDecision {
    /// Send it with this token.
    Send {
        /// To be handed back with a 401.
        ticket: RequestEpoch,
        /// The token's text.
        bearer: String,
    },
    /// Renew first, then ask again.
    Renew,
    /// Nobody is signed in.
    Closed,
}

/// A renewal to be sent.
pub struct Renewal {
    /// The request, to be sent without a token.
    pub request: Request,
    ticket: RequestEpoch,
    asked_at: Duration,
}

impl Machine {
    /// Nobody signed in; without activity for `idle_after` a session will be signed out.
    pub fn new(idle_after: Duration) -> Self {
        Self {
            idle_after,
            phase: Phase::SignedOut(SignedOutBy::Start),
            held: None,
            active_at: Duration::ZERO,
            warned: false,
            signed_out: 0,
            generation: 0,
            identity: 0,
            known: None,
            user: None,
            discarded: Vec::new(),
        }
    }

    /// Where the session stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How many times someone has signed in.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Grows when someone else may have signed in, or in another domain: nothing loaded before may stay.
    pub fn identity(&self) -> u32 {
        self.identity
    }

    /// The name of who is, or was last, signed in.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The domain that the token names, or else the person did, by id or by name.
    pub fn domain(&self) -> Option<&str> {
        self.known.as_ref()?.domain_id.as_deref()
    }

    /// Someone begins to sign in.
    pub fn begin_sign_in(&self, now: Duration) -> Attempt {
        Attempt {
            asked_at: now,
            signed_out: self.signed_out,
        }
    }

    /// The attempt has given `tokens`; the name and the domain were `typed`.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] when the person has signed out meanwhile: nobody is signed in by it.
    pub fn signed_in(
        &mut self,
        attempt: Attempt,
        tokens: Tokens,
        typed: Option<(String, String)>,
        now: Duration,
    ) -> Result<(), ApiError> {
        if attempt.signed_out != self.signed_out {
            self.discarded.push(tokens);
            return Err(ApiError::SignedOut);
        }
        self.discard(true);
        let (name, domain) = typed.unzip();
        let mut claims = tokens.claims.clone();
        // A token that names no domain is for the one that was typed.
        claims.domain_id = claims
            .domain_id
            .or(domain.filter(|domain| !domain.is_empty()));
        let same = self.known.as_ref().is_some_and(|known| {
            known.subject.is_some()
                && known.subject == claims.subject
                && known.domain_id == claims.domain_id
        });
        self.identity += u32::from(!same);
        let named = claims.preferred_username.clone();
        self.user = named.or(name).or_else(|| claims.subject.clone());
        self.known = Some(claims);
        self.generation += 1;
        self.held = Some(Held::new(tokens, attempt.asked_at, 0));
        self.active_at = now;
        self.warned = false;
        self.phase = Phase::SignedIn;
        Ok(())
    }

    /// The person did something. Background requests are not told here.
    pub fn activity(&mut self, now: Duration) {
        self.tick(now);
        if !self.phase.is_signed_out() {
            self.active_at = now;
            self.warned = false;
        }
    }

    /// Whether the session will soon be signed out unless the person does something.
    pub fn warns(&self) -> bool {
        self.warned && self.phase == Phase::SignedIn
    }

    /// The person signs out.
    pub fn sign_out(&mut self) {
        self.end(Phase::SignedOut(SignedOutBy::Person));
        self.user = None;
        self.signed_out += 1;
    }

    /// Lets the time pass, and tells whether a renewal is to be begun.
    pub fn tick(&mut self, now: Duration) -> bool {
        if self.phase.is_signed_out() {
            return false;
        }
        if now >= self.active_at + self.idle_after {
            self.end(Phase::SignedOut(SignedOutBy::Idle(self.idle_after)));
            return false;
        }
        self.warned = now >= self.warn_at();
        let Some(held) = &self.held else { return false };
        if held.tokens.is_renewable() {
            return !held.renewing && now >= held.renew_at();
        }
        if now >= held.asked_at + held.tokens.life {
            self.end(Phase::Expired(ExpiredBy::TokenOver));
        }
        false
    }

    /// When to call [`tick`](Self::tick) next, if nothing else happens; `None` while signed out.
    pub fn wake_at(&self) -> Option<Duration> {
        if self.phase.is_signed_out() {
            return None;
        }
        let idle = if self.warned {
            self.active_at + self.idle_after
        } else {
            self.warn_at()
        };
        Some(match &self.held {
            Some(held) if !held.tokens.is_renewable() => idle.min(held.asked_at + held.tokens.life),
            Some(held) if !held.renewing => idle.min(held.renew_at()),
            _ => idle,
        })
    }

    /// Whether a request may go out now.
    pub fn gate(&mut self, now: Duration) -> SendDecision {
        self.tick(now);
        match &self.held {
            Some(held) if held.tokens.is_renewable() && (held.rejected || held.is_spent(now)) => {
                SendDecision::Renew
            }
            Some(held) => SendDecision::Send {
                ticket: self.ticket(held),
                bearer: held.tokens.bearer().to_owned(),
            },
            None => SendDecision::Closed,
        }
    }

    /// A request that went out with `ticket` was answered 401; `again` says that it had been
    /// repeated already. Afterwards [`gate`](Self::gate) tells whether to repeat it.
    pub fn unauthorized(&mut self, ticket: RequestEpoch, again: bool) {
        let current = self.held.as_ref().map(|held| self.ticket(held));
        let Some(held) = self.held.as_mut().filter(|_| current == Some(ticket)) else {
            return;
        };
        if !held.tokens.is_renewable() {
            self.end(Phase::Expired(ExpiredBy::TokenOver));
        } else if again {
            self.end(Phase::Expired(ExpiredBy::Refused));
        } else {
            held.rejected = true;
        }
    }

    /// Whether `ticket` is of the sign-in that holds now.
    pub fn is_current(&self, ticket: RequestEpoch) -> bool {
        self.held.is_some() && ticket.generation == self.generation
    }

    /// Whether a renewal is under way.
    pub fn is_renewing(&self) -> bool {
        self.held.as_ref().is_some_and(|held| held.renewing)
    }

    /// Begins a renewal; `None` when one is under way, within a minute of the server asking to be left alone, or
    /// when there is nothing to renew.
    pub fn begin_renewal(&mut self, now: Duration) -> Option<Renewal> {
        self.tick(now);
        let held = self.held.as_ref()?;
        if held.renewing || now < held.barred_until {
            return None;
        }
        let renewal = Renewal {
            request: auth::refresh_grant(&held.tokens)?,
            ticket: self.ticket(held),
            asked_at: now,
        };
        self.held.as_mut()?.renewing = true;
        Some(renewal)
    }

    /// What came of a renewal. Refused: the session is over. No answer, or none that can be used:
    /// it goes on, and the renewal is tried again later.
    ///
    /// # Errors
    /// The renewal's own error, or [`ApiError::SignedOut`] when no session needs it any more.
    pub fn end_renewal(
        &mut self,
        renewal: &Renewal,
        answer: Result<Tokens, ApiError>,
        now: Duration,
    ) -> Result<(), ApiError> {
        self.tick(now);
        let current = self.held.as_ref().map(|held| self.ticket(held));
        let held = self.held.as_mut();
        let Some(held) = held.filter(|_| current == Some(renewal.ticket)) else {
            // Nobody waits for it: what it gave is to be revoked.
            self.discarded.extend(answer.ok());
            return Err(ApiError::SignedOut);
        };
        match answer {
            Ok(mut tokens) => {
                tokens.refresh = tokens.refresh.or_else(|| held.tokens.refresh.take());
                tokens.client_id = tokens.client_id.or_else(|| held.tokens.client_id.take());
                *held = Held::new(tokens, renewal.asked_at, held.serial + 1);
                Ok(())
            }
            Err(error) if !error.is_retryable() => {
                self.held = None;
                self.end(Phase::Expired(ExpiredBy::Refused));
                Err(ApiError::SignedOut)
            }
            Err(error) => {
                held.renewing = false;
                let doubled = RETRY.0.saturating_mul(1 << held.failures.min(8));
                let wait = doubled.min(RETRY.1);
                held.failures += 1;
                let asked = error.retry_after().unwrap_or_default();
                held.barred_until = now + asked.min(RETRY.1);
                held.retry_at = now + asked.max(wait);
                Err(error)
            }
        }
    }

    /// The tokens that the server is to forget; they are given out once.
    pub fn take_discarded(&mut self) -> Vec<Tokens> {
        std::mem::take(&mut self.discarded)
    }

    fn ticket(&self, held: &Held) -> RequestEpoch {
        RequestEpoch {
            generation: self.generation,
            serial: held.serial,
        }
    }

    fn end(&mut self, phase: Phase) {
        self.discard(phase.is_signed_out());
        self.phase = phase;
    }

    /// Forgets the tokens in use. A token that the server takes no more is `live` no longer, and
    /// needs to be forgotten there only with what renews it.
    fn discard(&mut self, live: bool) {
        let tokens = self.held.take().map(|held| held.tokens);
        let tokens = tokens.filter(|tokens| live || tokens.is_renewable());
        self.discarded.extend(tokens);
    }

    /// When the person is warned of being signed out.
    fn warn_at(&self) -> Duration {
        let before = WARN_BEFORE.min(self.idle_after / 5);
        self.active_at + self.idle_after.saturating_sub(before)
    }
}

impl Held {
    fn new(tokens: Tokens, asked_at: Duration, serial: u32) -> Self {
        Self {
            tokens,
            asked_at,
            serial,
            rejected: false,
            renewing: false,
            failures: 0,
            retry_at: Duration::ZERO,
            barred_until: Duration::ZERO,
        }
    }

    fn renew_at(&self) -> Duration {
        let life = self.tokens.life;
        let due = self.asked_at + life.saturating_sub(RENEW_BEFORE.min(life / 5));
        due.max(self.retry_at)
    }

    fn is_spent(&self, now: Duration) -> bool {
        let life = self.tokens.life;
        now >= self.asked_at + life.saturating_sub(SPENT_BEFORE.min(life / 10))
    }
}
