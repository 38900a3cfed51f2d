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
    active: Option<ActiveTokens>,
    active_at: Duration,
    warned: bool,
    signed_out: u32,
    session_epoch: u32,
    user_epoch: u32,
    known: Option<Claims>,
    user: Option<String>,
    discarded: Vec<Tokens>,
}

/// The tokens in use and their renewal.
struct ActiveTokens {
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
    session_epoch: u32,
    serial: u32,
}

/// Whether a request may go out.
#[derive(PartialEq, Eq)]
pub enum SendDecision {
    /// Send it with this token.
    Send {
        /// To be handed back with a 401.
        epoch: RequestEpoch,
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
    epoch: RequestEpoch,
    asked_at: Duration,
}

impl Machine {
    /// Nobody signed in; without activity for `idle_after` a session will be signed out.
    pub fn new(idle_after: Duration) -> Self {
        Self {
            idle_after,
            phase: Phase::SignedOut(SignedOutBy::Start),
            active: None,
            active_at: Duration::ZERO,
            warned: false,
            signed_out: 0,
            session_epoch: 0,
            user_epoch: 0,
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
    pub fn session_epoch(&self) -> u32 {
        self.session_epoch
    }

    /// Grows when someone else may have signed in, or in another domain: nothing loaded before may stay.
    pub fn user_epoch(&self) -> u32 {
        self.user_epoch
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
        self.user_epoch += u32::from(!same);
        let named = claims.preferred_username.clone();
        self.user = named.or(name).or_else(|| claims.subject.clone());
        self.known = Some(claims);
        self.session_epoch += 1;
        self.active = Some(ActiveTokens::new(tokens, attempt.asked_at, 0));
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
        let Some(active) = &self.active else {
            return false;
        };
        if active.tokens.is_renewable() {
            return !active.renewing && now >= active.renew_at();
        }
        if now >= active.asked_at + active.tokens.life {
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
        Some(match &self.active {
            Some(active) if !active.tokens.is_renewable() => {
                idle.min(active.asked_at + active.tokens.life)
            }
            Some(active) if !active.renewing => idle.min(active.renew_at()),
            _ => idle,
        })
    }

    /// Whether a request may go out now.
    pub fn send_decision(&mut self, now: Duration) -> SendDecision {
        self.tick(now);
        match &self.active {
            Some(active)
                if active.tokens.is_renewable() && (active.rejected || active.is_spent(now)) =>
            {
                SendDecision::Renew
            }
            Some(active) => SendDecision::Send {
                epoch: self.epoch(active),
                bearer: active.tokens.bearer().to_owned(),
            },
            None => SendDecision::Closed,
        }
    }

    /// A request that went out with `epoch` was answered 401; `again` says that it had been
    /// repeated already. Afterwards [`send_decision`](Self::send_decision) tells whether to repeat it.
    pub fn unauthorized(&mut self, epoch: RequestEpoch, again: bool) {
        let current = self.active.as_ref().map(|active| self.epoch(active));
        let Some(active) = self.active.as_mut().filter(|_| current == Some(epoch)) else {
            return;
        };
        if !active.tokens.is_renewable() {
            self.end(Phase::Expired(ExpiredBy::TokenOver));
        } else if again {
            self.end(Phase::Expired(ExpiredBy::Refused));
        } else {
            active.rejected = true;
        }
    }

    /// Whether `epoch` is of the sign-in that holds now.
    pub fn is_current(&self, epoch: RequestEpoch) -> bool {
        self.active.is_some() && epoch.session_epoch == self.session_epoch
    }

    /// Whether a renewal is under way.
    pub fn is_renewing(&self) -> bool {
        self.active.as_ref().is_some_and(|active| active.renewing)
    }

    /// Begins a renewal; `None` when one is under way, within a minute of the server asking to be left alone, or
    /// when there is nothing to renew.
    pub fn begin_renewal(&mut self, now: Duration) -> Option<Renewal> {
        self.tick(now);
        let active = self.active.as_ref()?;
        if active.renewing || now < active.barred_until {
            return None;
        }
        let renewal = Renewal {
            request: auth::refresh_grant(&active.tokens)?,
            epoch: self.epoch(active),
            asked_at: now,
        };
        self.active.as_mut()?.renewing = true;
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
        let current = self.active.as_ref().map(|active| self.epoch(active));
        let active = self.active.as_mut();
        let Some(active) = active.filter(|_| current == Some(renewal.epoch)) else {
            // Nobody waits for it: what it gave is to be revoked.
            self.discarded.extend(answer.ok());
            return Err(ApiError::SignedOut);
        };
        match answer {
            Ok(mut tokens) => {
                tokens.refresh = tokens.refresh.or_else(|| active.tokens.refresh.take());
                tokens.client_id = tokens.client_id.or_else(|| active.tokens.client_id.take());
                *active = ActiveTokens::new(tokens, renewal.asked_at, active.serial + 1);
                Ok(())
            }
            Err(error) if !error.is_retryable() => {
                self.active = None;
                self.end(Phase::Expired(ExpiredBy::Refused));
                Err(ApiError::SignedOut)
            }
            Err(error) => {
                active.renewing = false;
                let doubled = RETRY.0.saturating_mul(1 << active.failures.min(8));
                let wait = doubled.min(RETRY.1);
                active.failures += 1;
                let asked = error.retry_after().unwrap_or_default();
                active.barred_until = now + asked.min(RETRY.1);
                active.retry_at = now + asked.max(wait);
                Err(error)
            }
        }
    }

    /// The tokens that the server is to forget; they are given out once.
    pub fn take_discarded(&mut self) -> Vec<Tokens> {
        std::mem::take(&mut self.discarded)
    }

    fn epoch(&self, active: &ActiveTokens) -> RequestEpoch {
        RequestEpoch {
            session_epoch: self.session_epoch,
            serial: active.serial,
        }
    }

    fn end(&mut self, phase: Phase) {
        self.discard(phase.is_signed_out());
        self.phase = phase;
    }

    /// Forgets the tokens in use. A token that the server takes no more is `live` no longer, and
    /// needs to be forgotten there only with what renews it.
    fn discard(&mut self, live: bool) {
        let tokens = self.active.take().map(|active| active.tokens);
        let tokens = tokens.filter(|tokens| live || tokens.is_renewable());
        self.discarded.extend(tokens);
    }

    /// When the person is warned of being signed out.
    fn warn_at(&self) -> Duration {
        let before = WARN_BEFORE.min(self.idle_after / 5);
        self.active_at + self.idle_after.saturating_sub(before)
    }
}

impl ActiveTokens {
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
