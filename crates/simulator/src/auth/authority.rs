//! The signing key, the lifetimes and the sessions.

use super::sessions::Sessions;
use crate::behaviour::Lifetimes;
use crate::random::Random;

/// Issues and checks tokens.
#[derive(Debug)]
pub struct Auth {
    /// How long new tokens live.
    pub lifetimes: Lifetimes,
    pub(super) key: [u8; 32],
    pub(super) random: Random,
    pub(super) sessions: Sessions,
}

impl Auth {
    /// No session; the signing key follows from the seed.
    pub fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut key = [0; 32];
        for part in key.chunks_mut(8) {
            part.copy_from_slice(&random.number().to_be_bytes());
        }
        Self { lifetimes: Lifetimes::default(), key, random, sessions: Sessions::default() }
    }

    /// Ends every session: JWTs and refresh tokens issued so far are refused.
    pub fn revoke_all(&mut self) {
        self.sessions = Sessions::default();
    }
}
