//! `POST /v1/auth/tokens/`: a password or a refresh token against a JWT (CONTRACT.md 6). What
//! `cookies: true` does is unknown, so it does nothing.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use super::sessions::RefreshToken;
use super::users::{self, CONNECTION, DOMAINS};
use super::{Auth, Claims, jwt};
use crate::create::Body;
use crate::error::ApiError;
use crate::json::object;

const REFUSED: &str = "Wrong username or password.";

impl Auth {
    /// The reply to a token request.
    pub(crate) fn grant(
        &mut self,
        now: Timestamp,
        body: &[u8],
        repeat: bool,
    ) -> Result<String, ApiError> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| ApiError::bad_request("Malformed JSON body"))?;
        let body = Body::of(&value)?;
        match body.string("grant_type")?.unwrap_or("password") {
            "password" => self.password(now, &body),
            "refresh_token" => self.refresh(now, &body, repeat),
            // Documented grants that no simulated user has the means for.
            "client_credential" | "user_certificate" => Err(ApiError::unauthorized(REFUSED)),
            _ => Err(ApiError::validation("grant_type", "is not supported")),
        }
    }

    fn password(&mut self, now: Timestamp, body: &Body) -> Result<String, ApiError> {
        let name = match body.string("username")? {
            Some(name) => name,
            None => body.required("name")?,
        };
        let user = users::find(name, body.required("password")?);
        let connection = body.string("connection")?.unwrap_or_default();
        let known = connection.is_empty() || connection == CONNECTION;
        let domain = domain(body)?;
        let user = user
            .filter(|_| known)
            .ok_or_else(|| ApiError::unauthorized(REFUSED))?;
        let minutes = |name: &str, default: Duration| match body.integer(name) {
            Ok(Some(minutes)) if minutes > 0 => Ok(Duration::from_secs(
                minutes.unsigned_abs().saturating_mul(60),
            )),
            Ok(_) => Ok(default),
            Err(error) => Err(error),
        };
        let token = RefreshToken {
            id: self.random.uuid(),
            client: match body.string("client_id")? {
                Some(client) if !client.is_empty() => client.to_owned(),
                _ => self.random.uuid(),
            },
            session: self.random.uuid(),
            user,
            domain: domain.unwrap_or(0),
            created: now,
            used: now,
            unused: minutes("refresh_token_revoke_unused_in", self.lifetimes.unused)?,
            lifetime: minutes("refresh_token_lifetime", self.lifetimes.refresh)?,
            labels: body.strings("labels")?,
        };
        let secret = self.random.token(64);
        self.sessions.keep(secret.clone(), token.clone());
        Ok(self.reply(now, &token, Some(&secret)))
    }

    fn refresh(&mut self, now: Timestamp, body: &Body, repeat: bool) -> Result<String, ApiError> {
        let secret = body.required("refresh_token")?;
        let renew = body.flag("renew_refresh_token")?;
        let wanted = domain(body)?;
        let refused = || ApiError::unauthorized("Unauthorized: refresh token is invalid.");
        let mut token = self.sessions.take(secret, now).ok_or_else(refused)?;
        if !renew {
            token.domain = wanted.unwrap_or(token.domain);
            return Ok(self.reply(now, &token, repeat.then_some(secret)));
        }
        self.sessions.replace(secret);
        let next = self.random.token(64);
        token.id = self.random.uuid();
        token.domain = wanted.unwrap_or(token.domain);
        self.sessions.keep(next.clone(), token.clone());
        Ok(self.reply(now, &token, Some(&next)))
    }

    fn reply(&mut self, now: Timestamp, token: &RefreshToken, secret: Option<&str>) -> String {
        let life = i64::try_from(self.lifetimes.jwt.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            user: token.user.id.to_owned(),
            session: token.session.clone(),
            domain: DOMAINS
                .get(token.domain)
                .map_or("", |domain| domain.id)
                .to_owned(),
            issued: now.as_second(),
            expires: now.as_second().saturating_add(life),
        };
        let (audience, id) = (self.random.uuid(), self.random.uuid());
        let jwt = jwt::sign(&self.key, token.user, &audience, &id, &claims);
        object(|out| {
            out.text("jwt", &jwt);
            out.member("duration", &life.to_string());
            out.text("token_type", "Bearer");
            out.text("client_id", &token.client);
            if let Some(secret) = secret {
                // A moment has passed since it was made: the sample says 1799 for 30 minutes.
                let left = token.expires().as_second() - now.as_second() - 1;
                out.text("refresh_token", secret);
                out.member("refresh_token_expires_in", &left.max(0).to_string());
                out.text("refresh_token_id", &token.id);
            }
        })
    }
}

/// The domain that a body asks for by either name; an unknown one is refused.
fn domain(body: &Body) -> Result<Option<usize>, ApiError> {
    let mut found = None;
    for name in ["auth_domain", "domain"] {
        if let Some(given) = body.string(name)?.filter(|given| !given.is_empty()) {
            found = Some(users::domain(given).ok_or_else(|| ApiError::unauthorized(REFUSED))?);
        }
    }
    body.string("auth_domain_path")?;
    Ok(found)
}
