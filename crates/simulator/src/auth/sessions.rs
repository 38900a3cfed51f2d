//! Sessions and their refresh tokens.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;

use super::users::User;
use crate::time::after;

/// A refresh token and its session.
#[derive(Clone, Debug)]
pub struct RefreshToken {
    /// `refresh_token_id`, which is not a secret.
    pub id: String,
    /// `client_id`.
    pub client: String,
    /// The session, `cust.sid`.
    pub session: String,
    /// The owner.
    pub user: &'static User,
    /// The domain, an index into [`super::DOMAINS`].
    pub domain: usize,
    /// The time of issue.
    pub created_at: Timestamp,
    /// The time of the last use.
    pub used_at: Timestamp,
    /// How long it lives unused.
    pub unused: Duration,
    /// How long it lives in total.
    pub lifetime: Duration,
    /// The labels of the request.
    pub labels: Vec<String>,
}

impl RefreshToken {
    /// When it expires unless it is used before.
    pub fn expires_at(&self) -> Timestamp {
        after(self.used_at, self.unused).min(after(self.created_at, self.lifetime))
    }
}

/// All sessions.
#[derive(Debug, Default)]
pub struct Sessions {
    active: HashSet<String>,
    /// By secret.
    tokens: HashMap<String, RefreshToken>,
    /// The session of each refresh token that must not be used again, by secret.
    spent: HashMap<String, String>,
}

impl Sessions {
    /// Adds a refresh token and, if it is the first one, its session.
    pub fn insert(&mut self, secret: String, token: RefreshToken) {
        self.active.insert(token.session.clone());
        self.tokens.insert(secret, token);
    }

    /// Whether the session has not ended.
    pub fn is_active(&self, session: &str) -> bool {
        self.active.contains(session)
    }

    /// The refresh token, unless it has expired; marks it as used.
    pub fn use_token(&mut self, secret: &str, now: Timestamp) -> Option<RefreshToken> {
        self.tokens.retain(|_, token| now < token.expires_at());
        let token = self.tokens.get_mut(secret)?;
        token.used_at = now;
        Some(token.clone())
    }

    /// Remembers a refresh token that has been replaced, to detect that it is used again.
    pub fn spend(&mut self, secret: String, session: String) {
        self.spent.insert(secret, session);
    }

    /// The session of a refresh token that has been replaced.
    pub fn session_of_spent(&self, secret: &str) -> Option<String> {
        self.spent.get(secret).cloned()
    }

    /// Removes a refresh token.
    pub fn remove(&mut self, secret: &str) {
        self.tokens.remove(secret);
    }

    /// Removes a refresh token of this client; returns whether there was one.
    pub fn revoke(&mut self, secret: &str, client: &str) -> bool {
        let owned = |token: &RefreshToken| token.client == client;
        let known = self.tokens.get(secret).is_some_and(owned);
        if known {
            self.tokens.remove(secret);
        }
        known
    }

    /// Removes all refresh tokens that match; returns how many.
    pub fn remove_tokens(&mut self, matches: impl Fn(&RefreshToken) -> bool) -> usize {
        let before = self.tokens.len();
        self.tokens.retain(|_, token| !matches(token));
        before - self.tokens.len()
    }

    /// Ends a session with all of its tokens.
    pub fn end(&mut self, session: &str) {
        self.active.remove(session);
        self.remove_tokens(|token| token.session == session);
    }

    /// The valid refresh tokens of a user, the newest first.
    pub fn tokens_of(&self, user: &User, now: Timestamp) -> Vec<&RefreshToken> {
        let mut tokens: Vec<_> = self
            .tokens
            .values()
            .filter(|token| token.user.id == user.id && now < token.expires_at())
            .collect();
        tokens.sort_by(|a, b| {
            let newest_first = b.created_at.cmp(&a.created_at);
            newest_first.then_with(|| a.id.cmp(&b.id))
        });
        tokens
    }
}
