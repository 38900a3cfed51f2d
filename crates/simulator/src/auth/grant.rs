//! `POST /v1/auth/tokens/`: exchanges a password or a refresh token for a JWT (CONTRACT.md 6). The
//! effect of `cookies: true` is unknown, so it has none.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::authority::Auth;
use super::jwt::{self, Claims, CustomClaims};
use super::sessions::RefreshToken;
use super::users::{self, CONNECTION, DOMAINS};
use crate::body::{self, required};
use crate::error::ApiError;

const REFUSED: &str = "Wrong username or password.";

#[derive(Deserialize)]
struct TokenRequest {
    grant_type: Option<String>,
    username: Option<String>,
    name: Option<String>,
    password: Option<String>,
    connection: Option<String>,
    domain: Option<String>,
    auth_domain: Option<String>,
    #[serde(rename = "auth_domain_path")]
    _auth_domain_path: Option<String>,
    client_id: Option<String>,
    labels: Option<Vec<String>>,
    refresh_token: Option<String>,
    /// Minutes.
    refresh_token_lifetime: Option<i64>,
    /// Minutes.
    refresh_token_revoke_unused_in: Option<i64>,
    renew_refresh_token: Option<bool>,
}

/// The reply to a token request, in the documented order.
#[derive(Serialize)]
pub struct TokenReply {
    jwt: String,
    /// Seconds.
    duration: u64,
    token_type: &'static str,
    client_id: String,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    refresh: Option<RefreshReply>,
}

#[derive(Serialize)]
struct RefreshReply {
    #[serde(rename = "refresh_token")]
    secret: String,
    /// Seconds.
    #[serde(rename = "refresh_token_expires_in")]
    expires_in: i64,
    #[serde(rename = "refresh_token_id")]
    id: String,
}

impl TokenRequest {
    /// The domain that the request names; an unknown one is refused.
    fn domain(&self) -> Result<Option<usize>, ApiError> {
        [&self.domain, &self.auth_domain]
            .into_iter()
            .flatten()
            .find(|given| !given.is_empty())
            .map(|given| users::domain(given).ok_or_else(|| ApiError::unauthorized(REFUSED)))
            .transpose()
    }
}

impl Auth {
    /// The reply to a token request. A refresh without rotation returns the refresh token again if
    /// `repeat` is set.
    ///
    /// # Errors
    ///
    /// 400 for an invalid body, 401 for wrong credentials.
    pub(crate) fn grant(
        &mut self,
        now: Timestamp,
        body: &[u8],
        repeat: bool,
    ) -> Result<TokenReply, ApiError> {
        let request: TokenRequest = body::parse(body)?;
        match request.grant_type.as_deref().unwrap_or("password") {
            "password" => self.grant_for_password(now, request),
            "refresh_token" => self.grant_for_refresh_token(now, request, repeat),
            // Documented grants whose credentials no simulated user has.
            "client_credential" | "user_certificate" => Err(ApiError::unauthorized(REFUSED)),
            _ => Err(ApiError::validation("grant_type", "is not supported")),
        }
    }

    fn grant_for_password(
        &mut self,
        now: Timestamp,
        request: TokenRequest,
    ) -> Result<TokenReply, ApiError> {
        let domain = request.domain()?;
        let name = required(request.username.or(request.name), "username")?;
        let password = required(request.password, "password")?;
        let connection = request.connection.unwrap_or_default();
        let user = users::find(&name, &password)
            .filter(|_| connection.is_empty() || connection == CONNECTION)
            .ok_or_else(|| ApiError::unauthorized(REFUSED))?;
        let minutes = |minutes: Option<i64>, default: Duration| {
            minutes.filter(|minutes| *minutes > 0).map_or(default, |minutes| {
                Duration::from_secs(minutes.unsigned_abs().saturating_mul(60))
            })
        };
        let client = request.client_id.filter(|client| !client.is_empty());
        let token = RefreshToken {
            id: self.random.uuid(),
            client: client.unwrap_or_else(|| self.random.uuid()),
            session: self.random.uuid(),
            user,
            domain: domain.unwrap_or(0),
            created_at: now,
            used_at: now,
            unused: minutes(request.refresh_token_revoke_unused_in, self.lifetimes.unused),
            lifetime: minutes(request.refresh_token_lifetime, self.lifetimes.refresh),
            labels: body::unique(request.labels),
        };
        let secret = self.random.token(64);
        self.sessions.insert(secret.clone(), token.clone());
        Ok(self.reply(now, &token, Some(secret)))
    }

    fn grant_for_refresh_token(
        &mut self,
        now: Timestamp,
        request: TokenRequest,
        repeat: bool,
    ) -> Result<TokenReply, ApiError> {
        let domain = request.domain()?;
        let secret = required(request.refresh_token, "refresh_token")?;
        let refused = || ApiError::unauthorized("Unauthorized: refresh token is invalid.");
        let mut token = self.sessions.use_token(&secret, now).ok_or_else(refused)?;
        token.domain = domain.unwrap_or(token.domain);
        if request.renew_refresh_token != Some(true) {
            return Ok(self.reply(now, &token, repeat.then_some(secret)));
        }
        self.sessions.remove(&secret);
        let next = self.random.token(64);
        token.id = self.random.uuid();
        self.sessions.insert(next.clone(), token.clone());
        Ok(self.reply(now, &token, Some(next)))
    }

    fn reply(
        &mut self,
        now: Timestamp,
        token: &RefreshToken,
        secret: Option<String>,
    ) -> TokenReply {
        let duration = self.lifetimes.jwt.as_secs();
        let lifetime = i64::try_from(duration).unwrap_or(i64::MAX);
        let user = token.user;
        let claims = Claims {
            aud: self.random.uuid(),
            sub: user.subject(),
            iss: "kylo".to_owned(),
            acc: "kylo".to_owned(),
            preferred_username: user.name.to_owned(),
            cust: CustomClaims {
                domain_id: users::domain_id(token.domain).to_owned(),
                groups: user.groups.iter().map(ToString::to_string).collect(),
                sid: token.session.clone(),
                zone_id: DOMAINS[0].id.to_owned(),
            },
            jwtid: self.random.uuid(),
            iat: now.as_second(),
            exp: now.as_second().saturating_add(lifetime),
        };
        // One second less than granted: the sample has 1799 for 30 minutes.
        let remaining = token.expires_at().as_second() - now.as_second() - 1;
        TokenReply {
            jwt: jwt::sign(&self.key, &claims),
            duration,
            token_type: "Bearer",
            client_id: token.client.clone(),
            refresh: secret.map(|secret| RefreshReply {
                secret,
                expires_in: remaining.max(0),
                id: token.id.clone(),
            }),
        }
    }
}
