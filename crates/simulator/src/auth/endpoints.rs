//! The other endpoints under `/v1/auth/`, and the domains (CONTRACT.md 6). Members beyond the documented
//! ones are inferred. No response contains the secret of a refresh token.

use http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::authority::Auth;
use super::caller::Caller;
use super::sessions::RefreshToken;
use super::users::{CONNECTION, DOMAINS, PERMISSIONS, domain_id};
use crate::body;
use crate::error::ApiError;
use crate::job::ACCOUNT;
use crate::list::{Page, Row};
use crate::message::{self, Request, Response};

#[derive(Deserialize)]
struct RevokeRequest {
    client_id: String,
    refresh_token: String,
}

/// The members of the user, in the order in which they are written.
#[derive(Serialize)]
struct Profile {
    user_id: String,
    username: &'static str,
    name: &'static str,
    nickname: &'static str,
    connection: &'static str,
    groups: &'static [&'static str],
}

impl Auth {
    /// `POST /v1/auth/revoke`: revokes a refresh token of the client.
    pub(crate) fn revoke(&mut self, body: &[u8]) -> Result<(), ApiError> {
        let request: RevokeRequest = body::parse(body)?;
        if self.sessions.revoke(&request.refresh_token, &request.client_id) {
            return Ok(());
        }
        let message = "Unauthorized: refresh token is invalid.";
        Err(ApiError::unauthorized(message))
    }

    /// `POST /v1/auth/logout`: ends the session with all of its tokens.
    pub(crate) fn logout(&mut self, caller: &Caller) {
        self.sessions.end(&caller.session);
    }

    /// `GET /v1/auth/tokens/`: the caller's refresh tokens.
    pub(crate) fn tokens(
        &self,
        now: Timestamp,
        caller: &Caller,
        request: &Request,
    ) -> Result<Response, ApiError> {
        let page = Page::try_from(request)?;
        let tokens = self.sessions.tokens_of(caller.user, now);
        let rows: Vec<Row> = tokens.into_iter().map(token_row).collect();
        Ok(message::json(StatusCode::OK, &page.envelope(&rows, false)))
    }

    /// `GET /v1/auth/tokens/{id}`.
    pub(crate) fn token(
        &self,
        now: Timestamp,
        caller: &Caller,
        id: &str,
    ) -> Result<Response, ApiError> {
        let tokens = self.sessions.tokens_of(caller.user, now);
        let token = tokens.into_iter().find(|token| token.id == id);
        let token = token.ok_or_else(unknown_token)?;
        Ok(message::json(StatusCode::OK, &token_row(token)))
    }

    /// `DELETE /v1/auth/tokens/{id}`.
    pub(crate) fn delete_token(&mut self, caller: &Caller, id: &str) -> Result<(), ApiError> {
        let is_callers = |token: &RefreshToken| token.id == id && token.user.id == caller.user.id;
        if self.sessions.remove_tokens(is_callers) == 0 {
            return Err(unknown_token());
        }
        Ok(())
    }
}

fn unknown_token() -> ApiError {
    ApiError::not_found("Token not found.")
}

/// `GET /v1/auth/self/user`.
pub(crate) fn user(caller: &Caller) -> Response {
    let user = caller.user;
    let profile = Profile {
        user_id: user.subject(),
        username: user.name,
        name: user.name,
        nickname: user.name,
        connection: CONNECTION,
        groups: user.groups,
    };
    message::json(StatusCode::OK, &profile)
}

/// `POST /v1/auth/self/permissions`: which of the permissions that the job APIs need the caller has.
/// Neither body is documented (CONTRACT.md 10): the request is not read, the member is invented.
pub(crate) fn permissions(caller: &Caller) -> Response {
    let granted: Vec<_> =
        PERMISSIONS.iter().filter(|acl| caller.user.has_permission(acl)).collect();
    message::json(StatusCode::OK, &json!({ "permissions": granted }))
}

/// `GET /v1/auth/jwks.json`: no key, since HS256 has no public one. The body is not documented; this is
/// the usual form of such a file.
pub(crate) fn public_keys() -> Response {
    message::json(StatusCode::OK, &json!({ "keys": [] }))
}

/// `GET /v1/domain`: the domain of the token. The body is not documented; it has the members of an
/// entry of the list.
pub(crate) fn domain(caller: &Caller) -> Response {
    message::json(StatusCode::OK, &DOMAINS[caller.domain])
}

/// `GET /v1/auth/self/domains`, and `GET /v1/domains`, whose body is not documented.
pub(crate) fn domains(request: &Request) -> Result<Response, ApiError> {
    let page = Page::try_from(request)?;
    Ok(message::json(StatusCode::OK, &page.envelope(DOMAINS, false)))
}

fn token_row(token: &RefreshToken) -> Row {
    Row::default()
        .with("id", token.id.as_str())
        .with("account", ACCOUNT)
        .with("createdAt", token.created_at.to_string())
        .with("user_id", token.user.subject())
        .with("client_id", token.client.as_str())
        .with("domain_id", domain_id(token.domain))
        .with("expiresAt", token.expires_at().to_string())
        .with("labels", token.labels.clone())
}
