//! Signing in: users, domains, JWTs, refresh tokens and sessions (CONTRACT.md 6). Must not know
//! jobs, and must not let a token or password into an error, a log or a record.

mod endpoints;
mod gate;
mod grant;
mod jwt;
mod sessions;
mod users;

use crate::behaviour::Lifetimes;
use crate::random::Random;

pub(crate) use endpoints::{JWKS, domain, domains, permissions, user};
pub use gate::Caller;
pub use jwt::Claims;
pub use users::{
    ADMIN_PASSWORD, ADMIN_USER, DOMAINS, Domain, GUEST_PASSWORD, GUEST_USER, OPERATOR_PASSWORD,
    OPERATOR_USER, User,
};

use sessions::Sessions;

/// Everything about tokens.
#[derive(Debug)]
pub struct Auth {
    /// How long tokens live from now on.
    pub lifetimes: Lifetimes,
    key: [u8; 32],
    random: Random,
    sessions: Sessions,
}

impl Auth {
    /// Nobody signed in; the signing key follows from the seed.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut key = [0; 32];
        for part in key.chunks_mut(8) {
            part.copy_from_slice(&random.number().to_be_bytes());
        }
        Self {
            lifetimes: Lifetimes::default(),
            key,
            random,
            sessions: Sessions::default(),
        }
    }

    /// Ends every session: all tokens so far, JWTs and refresh tokens, are refused.
    pub fn revoke_all(&mut self) {
        self.sessions.end_all();
    }

    /// Refuses all refresh tokens so far; JWTs live on until they expire.
    pub fn revoke_refresh_tokens(&mut self) {
        self.sessions.drop_tokens(|_| true);
    }
}
