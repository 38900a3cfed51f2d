//! `POST /v1/auth/tokens/`: exchanges a password or a refresh token for a JWT (CONTRACT.md 6). The
//! effect of `cookies: true` is unknown, so it has none.

use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::authority::Auth;
use super::jwt::{self, Claims, CustomClaims};
use super::sessions::RefreshToken;
use super::users::{self, CONNECTION, DOMAINS};
use crate::behaviour::Behaviour;
use crate::body::{self, required};
use crate::error::ApiError;

const REFUSED: &str = "Wrong username or password.";
/// CONTRACT.md 11.16; the status is an assumption.
const UNLOCATED: &str = "Failed to locate domain";
/// CONTRACT.md 11.16; the status is an assumption.
const REVOKED: &str = "Token has been revoked";

#[derive(Deserialize)]
struct TokenRequest {
    grant_type: Option<String>,
    username: Option<String>,
    name: Option<String>,
    password: Option<String>,
    connection: Option<String>,
    domain: Option<String>,
    auth_domain: Option<String>,
    /// Begins with a slash, and supersedes `auth_domain` (CONTRACT.md 11.10).
    auth_domain_path: Option<String>,
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
    /// The domain that the request names; an unknown one is refused. A tenant is no domain of its own.
    fn domain(&self, tenants: &[String]) -> Result<Option<usize>, ApiError> {
        let unlocated = || ApiError::unauthorized(UNLOCATED);
        let auth_domain = match given(self.auth_domain_path.as_ref()) {
            Some(path) => Some(path.strip_prefix('/').ok_or_else(unlocated)?),
            None => given(self.auth_domain.as_ref()),
        };
        let domain = match auth_domain {
            Some(name) if tenants.iter().any(|tenant| tenant == name) => None,
            Some(name) => Some(users::domain(name).ok_or_else(unlocated)?),
            None => None,
        };
        match given(self.domain.as_ref()) {
            None => Ok(domain),
            Some(name) => {
                users::domain(name).map(Some).ok_or_else(|| ApiError::unauthorized(REFUSED))
            }
        }
    }

    /// Whether the request names a tenant.
    fn names_tenant(&self) -> bool {
        given(self.auth_domain_path.as_ref()).or(given(self.auth_domain.as_ref())).is_some()
    }
}

/// A member that is present and not empty.
fn given(member: Option<&String>) -> Option<&str> {
    member.map(String::as_str).filter(|text| !text.is_empty())
}

impl Auth {
    /// The reply to a token request. A refresh without rotation returns the refresh token again if
    /// `behaviour` says so.
    ///
    /// # Errors
    ///
    /// 400 for an invalid body, 401 for wrong credentials.
    pub(crate) fn grant(
        &mut self,
        now: Timestamp,
        body: &[u8],
        behaviour: &Behaviour,
    ) -> Result<TokenReply, ApiError> {
        let request: TokenRequest = body::parse(body)?;
        match request.grant_type.as_deref().unwrap_or("password") {
            "password" => self.grant_for_password(now, request, behaviour),
            "refresh_token" => self.grant_for_refresh_token(now, request, behaviour),
            // Documented grants whose credentials no simulated user has.
            "client_credential" | "user_certificate" => Err(ApiError::unauthorized(REFUSED)),
            _ => Err(ApiError::validation("grant_type", "is not supported")),
        }
    }

    fn grant_for_password(
        &mut self,
        now: Timestamp,
        request: TokenRequest,
        behaviour: &Behaviour,
    ) -> Result<TokenReply, ApiError> {
        if !behaviour.tenants.is_empty() && !request.names_tenant() {
            return Err(ApiError::unauthorized(UNLOCATED));
        }
        let domain = request.domain(&behaviour.tenants)?;
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
        behaviour: &Behaviour,
    ) -> Result<TokenReply, ApiError> {
        let domain = request.domain(&behaviour.tenants)?;
        let secret = required(request.refresh_token, "refresh_token")?;
        let refused = || ApiError::unauthorized("Unauthorized: refresh token is invalid.");
        if let Some(session) = self.sessions.session_of_spent(&secret) {
            self.sessions.end(&session);
            return Err(ApiError::unauthorized(REVOKED));
        }
        let mut token = self.sessions.use_token(&secret, now).ok_or_else(refused)?;
        token.domain = domain.unwrap_or(token.domain);
        if request.renew_refresh_token != Some(true) && !behaviour.detect_token_reuse {
            let repeated = behaviour.repeat_refresh_token.then_some(secret);
            return Ok(self.reply(now, &token, repeated));
        }
        self.sessions.remove(&secret);
        if behaviour.detect_token_reuse {
            self.sessions.spend(secret, token.session.clone());
        }
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
