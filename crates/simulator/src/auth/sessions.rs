//! Sessions and their refresh tokens. Must not know JWTs or HTTP.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use jiff::Timestamp;

use super::users::User;

/// A refresh token, and the session that it stands for.
#[derive(Clone, Debug)]
pub struct RefreshToken {
    /// `refresh_token_id`, which is no secret.
    pub id: String,
    /// `client_id`.
    pub client: String,
    /// The session, `cust.sid`.
    pub session: String,
    /// Whose it is.
    pub user: &'static User,
    /// Where, an index into the domains.
    pub domain: usize,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last used.
    pub used: Timestamp,
    /// How long it lives unused.
    pub unused: Duration,
    /// How long it lives altogether.
    pub lifetime: Duration,
    /// The request's labels.
    pub labels: Vec<String>,
}

impl RefreshToken {
    /// When it ends, unless it is used before.
    pub fn expires(&self) -> Timestamp {
        let end = |from: Timestamp, life| from.saturating_add(life).unwrap_or(Timestamp::MAX);
        end(self.used, self.unused).min(end(self.created, self.lifetime))
    }
}

/// All sessions.
#[derive(Debug, Default)]
pub struct Sessions {
    live: HashSet<String>,
    tokens: HashMap<String, RefreshToken>,
}

impl Sessions {
    /// Begins a session with its first refresh token, or gives it the next one.
    pub fn keep(&mut self, secret: String, token: RefreshToken) {
        self.live.insert(token.session.clone());
        self.tokens.insert(secret, token);
    }

    /// Whether the session has not been ended.
    pub fn lives(&self, session: &str) -> bool {
        self.live.contains(session)
    }

    /// The refresh token, if it still lives; it counts as used.
    pub fn take(&mut self, secret: &str, now: Timestamp) -> Option<RefreshToken> {
        self.tokens.retain(|_, token| now < token.expires());
        let token = self.tokens.get_mut(secret)?;
        token.used = now;
        Some(token.clone())
    }

    /// Forgets one refresh token, for this client.
    pub fn revoke(&mut self, secret: &str, client: &str) -> bool {
        let known = self
            .tokens
            .get(secret)
            .is_some_and(|token| token.client == client);
        if known {
            self.tokens.remove(secret);
        }
        known
    }

    /// Forgets one refresh token: another takes its place.
    pub fn replace(&mut self, secret: &str) {
        self.tokens.remove(secret);
    }

    /// Forgets the refresh tokens that `which` names; tells how many.
    pub fn drop_tokens(&mut self, which: impl Fn(&RefreshToken) -> bool) -> usize {
        let before = self.tokens.len();
        self.tokens.retain(|_, token| !which(token));
        before - self.tokens.len()
    }

    /// Ends a session with all of its tokens.
    pub fn end(&mut self, session: &str) {
        self.live.remove(session);
        self.drop_tokens(|token| token.session == session);
    }

    /// Ends all sessions.
    pub fn end_all(&mut self) {
        self.live.clear();
        self.tokens.clear();
    }

    /// A user's live refresh tokens, the newest first.
    pub fn of(&self, user: &User, now: Timestamp) -> Vec<&RefreshToken> {
        let mine = |token: &&RefreshToken| token.user.id == user.id && now < token.expires();
        let mut tokens: Vec<_> = self.tokens.values().filter(mine).collect();
        tokens.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
        tokens
    }
}
