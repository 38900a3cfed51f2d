//! The life of a session: what may be sent, when to renew, when it is over. Pure.
//!
//! Times are durations since any fixed moment and come in as arguments. It sends nothing: the shell
//! (`state::session`) asks it before each request and tells it what came of it.

use std::time::Duration;

use super::auth;
use super::error::ApiError;
use super::request::Request;
use super::token::{Claims, Tokens};
use crate::domain::phase::{ExpiredBy, Phase, SignedOutBy};

/// A token is renewed when this much of its life is left, or a fifth of it if that is less.
const RENEW_BEFORE: Duration = Duration::from_secs(60);

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
}

/// Which sign-in and which of its tokens a request went out with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ticket {
    generation: u32,
    serial: u32,
}

/// Whether a request may go out.
#[derive(PartialEq, Eq)]
pub enum Gate {
    /// Send it with this token.
    Send {
        /// To be handed back with a 401.
        ticket: Ticket,
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
    ticket: Ticket,
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

    /// Grows when someone signs in who may not be the one before, or in another domain: nothing
    /// that was loaded before may then stay on the screen.
    pub fn identity(&self) -> u32 {
        self.identity
    }

    /// The name of who is, or was last, signed in.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// Someone has signed in: `tokens` were asked for at `asked_at` by the name `typed`.
    pub fn signed_in(
        &mut self,
        tokens: Tokens,
        typed: Option<String>,
        asked_at: Duration,
        now: Duration,
    ) {
        self.discard();
        let claims = &tokens.claims;
        let same = self.known.as_ref().is_some_and(|known| {
            known.subject.is_some()
                && known.subject == claims.subject
                && known.domain_id == claims.domain_id
        });
        if !same {
            self.identity += 1;
        }
        let named = claims.preferred_username.clone();
        self.user = named.or(typed).or_else(|| claims.subject.clone());
        self.known = Some(claims.clone());
        self.generation += 1;
        self.held = Some(Held::new(tokens, asked_at, 0));
        self.active_at = now;
        self.phase = Phase::SignedIn;
    }

    /// The person did something. Background requests are not told here.
    pub fn activity(&mut self, now: Duration) {
        self.tick(now);
        if !self.phase.is_signed_out() {
            self.active_at = now;
        }
    }

    /// The person signs out.
    pub fn sign_out(&mut self) {
        self.end(Phase::SignedOut(SignedOutBy::Person));
        self.user = None;
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
        let idle = self.active_at + self.idle_after;
        Some(match &self.held {
            Some(held) if !held.tokens.is_renewable() => idle.min(held.asked_at + held.tokens.life),
            Some(held) if !held.renewing => idle.min(held.renew_at()),
            _ => idle,
        })
    }

    /// Whether a request may go out now.
    pub fn gate(&mut self, now: Duration) -> Gate {
        self.tick(now);
        match &self.held {
            Some(held) if held.tokens.is_renewable() && (held.rejected || held.is_spent(now)) => {
                Gate::Renew
            }
            Some(held) => Gate::Send {
                ticket: self.ticket(held),
                bearer: held.tokens.bearer().to_owned(),
            },
            None => Gate::Closed,
        }
    }

    /// A request that went out with `ticket` was answered 401; `again` says that it had been
    /// repeated already. Afterwards [`gate`](Self::gate) tells whether to repeat it.
    pub fn unauthorized(&mut self, ticket: Ticket, again: bool) {
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
    pub fn is_current(&self, ticket: Ticket) -> bool {
        self.held.is_some() && ticket.generation == self.generation
    }

    /// Begins a renewal; `None` when one is under way or there is nothing to renew.
    pub fn begin_renewal(&mut self, now: Duration) -> Option<Renewal> {
        self.tick(now);
        let held = self.held.as_ref().filter(|held| !held.renewing)?;
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
        let Some(held) = self
            .held
            .as_mut()
            .filter(|_| current == Some(renewal.ticket))
        else {
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
            Err(error) if is_refusal(&error) => {
                self.held = None;
                self.end(Phase::Expired(ExpiredBy::Refused));
                Err(ApiError::SignedOut)
            }
            Err(error) => {
                held.renewing = false;
                let wait = RETRY
                    .0
                    .saturating_mul(1 << held.failures.min(8))
                    .min(RETRY.1);
                held.failures += 1;
                held.retry_at = now + wait;
                Err(error)
            }
        }
    }

    /// The tokens that are to be revoked at the server; they are given out once.
    pub fn take_discarded(&mut self) -> Vec<Tokens> {
        std::mem::take(&mut self.discarded)
    }

    fn ticket(&self, held: &Held) -> Ticket {
        Ticket {
            generation: self.generation,
            serial: held.serial,
        }
    }

    fn end(&mut self, phase: Phase) {
        self.discard();
        self.phase = phase;
    }

    fn discard(&mut self) {
        let tokens = self.held.take().map(|held| held.tokens);
        self.discarded.extend(tokens.filter(Tokens::is_renewable));
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

/// Whether the server has decided against a renewal, rather than not been able to answer it.
fn is_refusal(error: &ApiError) -> bool {
    match error {
        ApiError::Unauthorized(_) | ApiError::Forbidden(_) | ApiError::NotFound(_) => true,
        ApiError::Status { status, .. } => {
            (400..500).contains(status) && !matches!(status, 408 | 425 | 429)
        }
        _ => false,
    }
}
