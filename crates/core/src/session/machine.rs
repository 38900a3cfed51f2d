//! The session as a state machine: what may be sent, when to renew, when the session is over.
//!
//! Times are arguments: durations since any fixed instant. The machine sends nothing: its owner calls it before each
//! request and passes it the result.

use std::time::Duration;

use crate::api::error::ApiError;
use crate::api::request::Request;
use crate::session::active_tokens::ActiveTokens;
use crate::session::auth;
use crate::session::idle::IdleTimer;
use crate::session::phase::{ExpiredBy, Phase, SignedOutBy};
use crate::session::token::{Claims, Tokens};

/// The session as a state machine.
pub struct Machine {
    phase: Phase,
    idle: IdleTimer,
    active: Option<ActiveTokens>,
    sign_outs: u32,
    session_epoch: u32,
    user_epoch: u32,
    claims: Option<Claims>,
    tenant: String,
    user: Option<String>,
    discarded: Vec<Tokens>,
}

/// A sign-in in flight. From [`Machine::begin_sign_in`].
#[derive(Clone, Copy)]
pub struct SignInAttempt {
    requested_at: Duration,
    sign_outs: u32,
}

/// What a person typed into the sign-in form, each text empty if they typed nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// The user name.
    pub user: String,
    /// The tenant.
    pub tenant: String,
    /// The domain.
    pub domain: String,
}

/// Identifies the sign-in and the token that a request was sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestEpoch {
    session_epoch: u32,
    serial: u32,
}

/// Whether a request may be sent.
#[derive(PartialEq, Eq)]
pub enum SendDecision {
    /// Send it with this token.
    Send {
        /// Identifies the token in [`Machine::unauthorized`] and [`Machine::is_current`].
        epoch: RequestEpoch,
        /// The text of the token.
        bearer: String,
    },
    /// Renew the token first, then ask again.
    Renew,
    /// Nobody is signed in.
    SignedOut,
}

/// A renewal to send. From [`Machine::begin_renewal`].
pub struct Renewal {
    /// The request. It takes no token in its header.
    pub request: Request,
    epoch: RequestEpoch,
    requested_at: Duration,
}

impl Machine {
    /// A session with nobody signed in, which will end after `idle_timeout` without activity.
    pub fn new(idle_timeout: Duration) -> Self {
        Self {
            phase: Phase::SignedOut(SignedOutBy::Start),
            idle: IdleTimer::new(idle_timeout),
            active: None,
            sign_outs: 0,
            session_epoch: 0,
            user_epoch: 0,
            claims: None,
            tenant: String::new(),
            user: None,
            discarded: Vec::new(),
        }
    }

    /// Whether someone is signed in, and if not, why.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// How many times someone has signed in.
    pub fn session_epoch(&self) -> u32 {
        self.session_epoch
    }

    /// Grows when another user may have signed in, or the same user in another tenant or domain: nothing loaded before may
    /// then stay on screen.
    pub fn user_epoch(&self) -> u32 {
        self.user_epoch
    }

    /// The name of the user who is, or was last, signed in.
    pub fn user(&self) -> Option<&str> {
        self.user.as_deref()
    }

    /// The tenant of the last sign-in as the person typed it; empty for none, and for a token from elsewhere.
    pub fn tenant(&self) -> &str {
        &self.tenant
    }

    /// The id or name of the domain: from the token, or else as the person typed it. Without both, the tenant.
    pub fn domain(&self) -> Option<&str> {
        self.claims.as_ref()?.domain_id.as_deref()
    }

    /// Whether the person will soon be signed out for inactivity.
    pub fn warns(&self) -> bool {
        self.idle.warns() && self.phase == Phase::SignedIn
    }

    /// The person submits the sign-in form.
    pub fn begin_sign_in(&self, now: Duration) -> SignInAttempt {
        SignInAttempt { requested_at: now, sign_outs: self.sign_outs }
    }

    /// The server has answered `attempt` with `tokens`. `typed` is what the person typed, unless they pasted the token.
    ///
    /// # Errors
    /// [`ApiError::SignedOut`] if the person has signed out since the attempt. The tokens are then discarded.
    pub fn finish_sign_in(
        &mut self,
        attempt: SignInAttempt,
        tokens: Tokens,
        typed: Option<Typed>,
        now: Duration,
    ) -> Result<(), ApiError> {
        if attempt.sign_outs != self.sign_outs {
            self.discarded.push(tokens);
            return Err(ApiError::SignedOut);
        }
        self.discard_active(true);
        let Typed { user, tenant, domain } = typed.unwrap_or_default();
        let mut claims = tokens.claims.clone();
        // A token without a domain belongs to the typed domain.
        let typed_domain = [domain, tenant.clone()].into_iter().find(|domain| !domain.is_empty());
        claims.domain_id = claims.domain_id.or(typed_domain);
        // The root domains of two tenants have the same id.
        let is_same_tenant = self.tenant == tenant;
        let is_same_user = self.claims.as_ref().is_some_and(|known| {
            is_same_tenant
                && known.subject.is_some()
                && known.subject == claims.subject
                && known.domain_id == claims.domain_id
        });
        self.user_epoch += u32::from(!is_same_user);
        let typed_user = Some(user).filter(|user| !user.is_empty());
        self.user =
            claims.preferred_username.clone().or(typed_user).or_else(|| claims.subject.clone());
        self.claims = Some(claims);
        self.tenant = tenant;
        self.session_epoch += 1;
        self.active = Some(ActiveTokens::new(tokens, attempt.requested_at, 0));
        self.idle.restart(now);
        self.phase = Phase::SignedIn;
        Ok(())
    }

    /// The person does something on the page. Requests in the background do not count.
    pub fn activity(&mut self, now: Duration) {
        self.tick(now);
        if !self.phase.is_signed_out() {
            self.idle.restart(now);
        }
    }

    /// Whether the next [`tick`](Self::tick) will warn of the idle sign-out or do it. Then it is time to ask for
    /// [`activity_elsewhere`](Self::activity_elsewhere): a page that the browser had stopped learns of nothing.
    pub fn is_idle(&self, now: Duration) -> bool {
        !self.phase.is_signed_out() && self.idle.is_due(now)
    }

    /// The person did something in another document of the console, `at` some time in the past.
    pub fn activity_elsewhere(&mut self, at: Duration) {
        if !self.phase.is_signed_out() {
            self.idle.was_active(at);
        }
    }

    /// The person signs out.
    pub fn sign_out(&mut self) {
        self.end(Phase::SignedOut(SignedOutBy::Person));
        self.user = None;
        self.sign_outs += 1;
    }

    /// Another document of the console has signed out, or may have: `by` says which. Has no effect while nobody is signed
    /// in here.
    pub fn sign_out_elsewhere(&mut self, by: SignedOutBy) {
        if !self.phase.is_signed_out() {
            self.sign_out();
            self.phase = Phase::SignedOut(by);
        }
    }

    /// Updates the phase to the present. Returns whether a renewal is due.
    pub fn tick(&mut self, now: Duration) -> bool {
        if self.phase.is_signed_out() {
            return false;
        }
        if let Some(timeout) = self.idle.tick(now) {
            self.end(Phase::SignedOut(SignedOutBy::Idle(timeout)));
        } else if self.active.as_ref().is_some_and(|active| active.is_over(now)) {
            self.end(Phase::Expired(ExpiredBy::TokenEnded));
        }
        self.active.as_ref().is_some_and(|active| active.is_due(now))
    }

    /// When to call [`tick`](Self::tick) next if nothing else happens; `None` while nobody is signed in.
    pub fn wake_at(&self) -> Option<Duration> {
        if self.phase.is_signed_out() {
            return None;
        }
        let token = self.active.as_ref().and_then(ActiveTokens::wake_at);
        Some(token.map_or(self.idle.wake_at(), |at| at.min(self.idle.wake_at())))
    }

    /// Whether a request may be sent now.
    pub fn send_decision(&mut self, now: Duration) -> SendDecision {
        self.tick(now);
        match &self.active {
            Some(active) if active.needs_renewal(now) => SendDecision::Renew,
            Some(active) => SendDecision::Send {
                epoch: self.epoch(active),
                bearer: active.tokens.bearer().to_owned(),
            },
            None => SendDecision::SignedOut,
        }
    }

    /// The server has answered 401 to a request that was sent with `epoch`. `was_repeated` is true for its second
    /// attempt. Afterwards [`send_decision`](Self::send_decision) returns whether to repeat it.
    pub fn unauthorized(&mut self, epoch: RequestEpoch, was_repeated: bool) {
        let Some(active) = self.active_of(epoch) else {
            return;
        };
        if !active.tokens.is_renewable() {
            self.end(Phase::Expired(ExpiredBy::TokenEnded));
        } else if was_repeated {
            self.end(Phase::Expired(ExpiredBy::Refused));
        } else {
            active.is_rejected = true;
        }
    }

    /// Whether `epoch` belongs to the sign-in that is in use now.
    pub fn is_current(&self, epoch: RequestEpoch) -> bool {
        self.active.is_some() && epoch.session_epoch == self.session_epoch
    }

    /// Begins a renewal. `None` if one is in flight, if there is nothing to renew, or during the wait that the server
    /// requested, at most a minute.
    pub fn begin_renewal(&mut self, now: Duration) -> Option<Renewal> {
        self.tick(now);
        let active = self.active.as_ref().filter(|active| active.may_renew(now))?;
        let renewal = Renewal {
            request: auth::refresh_grant(&active.tokens)?,
            epoch: self.epoch(active),
            requested_at: now,
        };
        self.active.as_mut()?.is_renewing = true;
        Some(renewal)
    }

    /// Takes the result of a renewal. A refusal ends the session. After any other error the session continues, and the renewal
    /// is tried again later.
    ///
    /// # Errors
    /// The error of the renewal, or [`ApiError::SignedOut`] if its session is over. New tokens are then discarded.
    pub fn finish_renewal(
        &mut self,
        renewal: &Renewal,
        result: Result<Tokens, ApiError>,
        now: Duration,
    ) -> Result<(), ApiError> {
        self.tick(now);
        let Some(active) = self.active_of(renewal.epoch) else {
            self.discarded.extend(result.ok());
            return Err(ApiError::SignedOut);
        };
        match result {
            Ok(tokens) => {
                active.renewed(tokens, renewal.requested_at);
                Ok(())
            }
            Err(error) if error.is_retryable() => {
                active.renewal_failed(&error, now);
                Err(error)
            }
            Err(_) => {
                // The server has already forgotten refused tokens.
                self.active = None;
                self.end(Phase::Expired(ExpiredBy::Refused));
                Err(ApiError::SignedOut)
            }
        }
    }

    /// Removes and returns the tokens that the server should revoke.
    pub fn take_discarded(&mut self) -> Vec<Tokens> {
        std::mem::take(&mut self.discarded)
    }

    fn epoch(&self, active: &ActiveTokens) -> RequestEpoch {
        RequestEpoch { session_epoch: self.session_epoch, serial: active.serial }
    }

    /// The tokens in use, if they are those of `epoch`.
    fn active_of(&mut self, epoch: RequestEpoch) -> Option<&mut ActiveTokens> {
        let session_epoch = self.session_epoch;
        self.active
            .as_mut()
            .filter(|active| epoch == RequestEpoch { session_epoch, serial: active.serial })
    }

    fn end(&mut self, phase: Phase) {
        self.discard_active(phase.is_signed_out());
        self.phase = phase;
    }

    /// Discards the tokens in use. If not `is_valid`, the server no longer accepts the token, and only the refresh token
    /// can be revoked.
    fn discard_active(&mut self, is_valid: bool) {
        self.discarded.extend(
            self.active
                .take()
                .map(|active| active.tokens)
                .filter(|tokens| is_valid || tokens.is_renewable()),
        );
    }
}
