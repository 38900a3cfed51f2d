//! The other endpoints under `/v1/auth/` (CONTRACT.md 6). Bodies beyond the documented members
//! are inferred. Must not show the secret of a refresh token.

use jiff::Timestamp;
use serde_json::Value;

use super::users::{DOMAINS, Domain, PERMISSIONS};
use super::{Auth, Caller};
use crate::create::Body;
use crate::error::ApiError;
use crate::http::Request;
use crate::json::{Writer, object};
use crate::list::{Page, envelope};

use super::sessions::RefreshToken;

impl Auth {
    /// `POST /v1/auth/revoke`: a client gives its refresh token back.
    pub(crate) fn revoke(&mut self, body: &[u8]) -> Result<(), ApiError> {
        let value: Value = serde_json::from_slice(body)
            .map_err(|_| ApiError::bad_request("Malformed JSON body"))?;
        let body = Body::of(&value)?;
        let (client, secret) = (body.required("client_id")?, body.required("refresh_token")?);
        if self.sessions.revoke(secret, client) {
            return Ok(());
        }
        Err(ApiError::unauthorized(
            "Unauthorized: refresh token is invalid.",
        ))
    }

    /// `POST /v1/auth/logout`: the session ends with all of its tokens.
    pub(crate) fn logout(&mut self, caller: &Caller) {
        self.sessions.end(&caller.session);
    }

    /// `GET /v1/auth/tokens/`: the caller's refresh tokens.
    pub(crate) fn tokens(
        &self,
        now: Timestamp,
        caller: &Caller,
        request: &Request,
    ) -> Result<String, ApiError> {
        let page = Page::read(request)?;
        let tokens = self.sessions.of(caller.user, now);
        let shown = page.cut(&tokens);
        Ok(envelope(&page, tokens.len(), false, shown, |token, out| {
            write(token, out);
        }))
    }

    /// `GET /v1/auth/tokens/{id}`.
    pub(crate) fn token(
        &self,
        now: Timestamp,
        caller: &Caller,
        id: &str,
    ) -> Result<String, ApiError> {
        let tokens = self.sessions.of(caller.user, now);
        let token = tokens.into_iter().find(|token| token.id == id);
        let token = token.ok_or_else(|| ApiError::not_found("Token not found."))?;
        let mut out = Writer::new();
        write(token, &mut out);
        Ok(out.finish())
    }

    /// `DELETE /v1/auth/tokens/{id}`.
    pub(crate) fn delete_token(&mut self, caller: &Caller, id: &str) -> Result<(), ApiError> {
        let mine = |token: &RefreshToken| token.id == id && token.user.id == caller.user.id;
        if self.sessions.drop_tokens(mine) == 0 {
            return Err(ApiError::not_found("Token not found."));
        }
        Ok(())
    }
}

/// `GET /v1/auth/self/user`.
pub(crate) fn user(caller: &Caller) -> String {
    let user = caller.user;
    object(|out| {
        out.text("user_id", &format!("local|{}", user.id));
        out.text("username", user.name);
        out.text("name", user.name);
        out.text("nickname", user.name);
        out.text("connection", "local_account");
        out.texts("groups", user.groups);
    })
}

/// `POST /v1/auth/self/permissions`: which of the permissions that the job APIs ask for the caller
/// has. Neither body is documented (CONTRACT.md 10), so what was sent is not read, and the member is
/// the simulator's own.
pub(crate) fn permissions(caller: &Caller) -> String {
    let granted = PERMISSIONS.iter().filter(|acl| caller.user.may(acl));
    object(|out| out.texts("permissions", granted))
}

/// `GET /v1/auth/jwks.json`: none, as HS256 has no public key. The body is not documented; this is
/// the form that the file's name has elsewhere.
pub(crate) const JWKS: &str = r#"{"keys":[]}"#;

/// `GET /v1/domain`: the one that the token is for. The body is not documented; these are the members
/// of a list's entry.
pub(crate) fn domain(caller: &Caller) -> String {
    let mut out = Writer::new();
    if let Some(domain) = DOMAINS.get(caller.domain) {
        write_domain(domain, &mut out);
    }
    out.finish()
}

/// `GET /v1/auth/self/domains`, and `GET /v1/domains`, whose body is not documented.
pub(crate) fn domains(request: &Request) -> Result<String, ApiError> {
    let page = Page::read(request)?;
    let shown = page.cut(DOMAINS);
    Ok(envelope(&page, DOMAINS.len(), false, shown, write_domain))
}

fn write_domain(domain: &Domain, out: &mut Writer) {
    out.open('{');
    out.text("id", domain.id);
    out.text("name", domain.name);
    out.close('}');
}

fn write(token: &RefreshToken, out: &mut Writer) {
    out.open('{');
    out.text("id", &token.id);
    out.text("account", "kylo:kylo:admin:accounts:kylo");
    out.text("createdAt", &token.created.to_string());
    out.text("user_id", &format!("local|{}", token.user.id));
    out.text("client_id", &token.client);
    out.text(
        "domain_id",
        DOMAINS.get(token.domain).map_or("", |domain| domain.id),
    );
    out.text("expiresAt", &token.expires().to_string());
    out.texts("labels", &token.labels);
    out.close('}');
}
