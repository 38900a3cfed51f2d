//! The requests of a session: signing in, renewing, revoking (CONTRACT.md 6).
//!
//! Their bodies hold secrets: never show or log them.

use std::time::Duration;

use serde_json::{Value, json};
use thiserror::Error;

use crate::api::error::ApiError;
use crate::api::explain::ErrorContext;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::problem::Problem;
use crate::session::token::{Tokens, text};

/// The path for requesting tokens, with the slash at its end as documented.
const TOKENS: &str = "v1/auth/tokens/";

/// The server forgets a session after this many minutes without a renewal, for example when its tab was closed. The
/// product's own console sends the same number.
const REVOKE_UNUSED_MINUTES: u32 = 30;

/// The credentials of a sign-in. Drop them when the request ends.
#[derive(Clone)]
pub struct Credentials {
    /// `username`.
    pub username: String,
    /// `password`, exactly as typed.
    pub password: String,
    /// The tenant, see [`parse_tenant`]; empty for none.
    pub tenant: String,
    /// `domain`; empty for the default, root.
    pub domain: String,
    /// `connection`, such as `local_account`; empty for the server's choice.
    pub connection: String,
}

/// Requests tokens by user name and password.
pub fn password_grant(credentials: &Credentials) -> Request {
    let mut body = json!({
        "grant_type": "password",
        "username": credentials.username,
        "password": credentials.password,
        "refresh_token_revoke_unused_in": REVOKE_UNUSED_MINUTES,
    });
    for (name, value) in [("domain", &credentials.domain), ("connection", &credentials.connection)]
    {
        if !value.is_empty() {
            body[name] = json!(value);
        }
    }
    if !credentials.tenant.is_empty() {
        // Older servers know only the first member. Newer ones let the second supersede it (CONTRACT.md 11.10).
        body["auth_domain"] = json!(credentials.tenant);
        body["auth_domain_path"] = json!(format!("/{}", credentials.tenant));
    }
    Request::post(TOKENS, body.to_string()).with_secret(&credentials.password)
}

/// Why a text names no tenant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "It must be the name of a tenant, or the address that you open the product at, such as https://host/?tenant=name."
)]
pub struct InvalidTenant;

/// The name of the tenant in `text`: a name, a path such as `/NAME`, or an address such as `https://host/?tenant=NAME`,
/// which is what people have (CONTRACT.md 11.10). Empty if `text` is blank.
///
/// # Errors
/// [`InvalidTenant`] for an address without a tenant and for a text that no name can be.
pub fn parse_tenant(text: &str) -> Result<String, InvalidTenant> {
    let text = text.trim();
    let query = text.split_once('?').map(|(_, query)| query.split('#').next().unwrap_or_default());
    let name = match query {
        Some(query) => form_urlencoded::parse(query.as_bytes())
            .find(|(name, _)| name == "tenant")
            .map(|(_, value)| value.trim().to_owned())
            .filter(|name| !name.is_empty())
            .ok_or(InvalidTenant)?,
        None => text.to_owned(),
    };
    let name = name.trim_matches('/');
    let is_name = !name.contains("://") && !name.contains(char::is_control);
    if is_name && (!name.is_empty() || text.is_empty()) {
        Ok(name.to_owned())
    } else {
        Err(InvalidTenant)
    }
}

/// Requests a new token and a new refresh token; `None` for tokens that cannot be renewed.
pub fn refresh_grant(tokens: &Tokens) -> Option<Request> {
    let refresh = tokens.refresh.as_deref()?;
    let body = json!({
        "grant_type": "refresh_token",
        "refresh_token": refresh,
        "renew_refresh_token": true,
    });
    Some(Request::post(TOKENS, body.to_string()).with_secret(refresh))
}

/// Revokes the refresh token; `None` if there is none.
pub fn revoke(tokens: &Tokens) -> Option<Request> {
    let mut body = json!({ "refresh_token": tokens.refresh.as_deref()? });
    if let Some(client_id) = &tokens.client_id {
        body["client_id"] = json!(client_id);
    }
    Some(Request::post("v1/auth/revoke", body.to_string()))
}

/// Ends the token that the request is sent with.
pub fn logout() -> Request {
    Request::post("v1/auth/logout", "{}")
}

/// Gets the user of a token. Sent only to check whether the server accepts a pasted token.
pub fn self_user() -> Request {
    Request::get("v1/auth/self/user")
}

/// Lists the domains that the user of a token can sign in to, up to 1000. Without a limit the server lists 10.
pub fn self_domains() -> Request {
    Request {
        query: vec![("skip".to_owned(), "0".to_owned()), ("limit".to_owned(), "1000".to_owned())],
        ..Request::get("v1/auth/self/domains")
    }
}

/// Whether the answer to [`self_user`] means that the server accepts the token. A server that does not know this request,
/// or does not allow it to the user, has accepted the token.
///
/// # Errors
/// Any other error of the answer.
pub fn check_accepted(answer: Result<Response, ApiError>) -> Result<(), ApiError> {
    match answer {
        Ok(_)
        | Err(
            ApiError::NotFound(_) | ApiError::Forbidden(_) | ApiError::Status { status: 405, .. },
        ) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Reads the answer to [`password_grant`] or [`refresh_grant`]. Its oldest form has only `jwt` and `duration`, in seconds.
impl TryFrom<&Response> for Tokens {
    type Error = ApiError;

    /// # Errors
    /// [`ApiError::Unreadable`] if the answer holds no usable token. The error does not hold the body, which may have
    /// secrets even then.
    fn try_from(response: &Response) -> Result<Self, ApiError> {
        let unreadable = |reason: &str| ApiError::unreadable(reason, b"");
        let reply: Value = serde_json::from_slice(&response.body)
            .map_err(|error| unreadable(&format!("the token reply is not JSON: {error}")))?;
        let jwt =
            reply["jwt"].as_str().ok_or_else(|| unreadable("the token reply holds no jwt"))?;
        let lifetime = reply["duration"]
            .as_f64()
            .filter(|seconds| (1.0..1e9).contains(seconds))
            .map(Duration::from_secs_f64);
        let mut tokens = Self::new(jwt.to_owned(), lifetime)
            .map_err(|_| unreadable("the jwt of the token reply cannot be sent"))?;
        tokens.refresh = text(&reply["refresh_token"]);
        tokens.client_id = text(&reply["client_id"]);
        Ok(tokens)
    }
}

/// Why signing in failed, for the sign-in form. `by_token` is true if the person pasted a token.
pub fn sign_in_problem(error: &ApiError, by_token: bool) -> Problem {
    let problem = error.problem(ErrorContext::default());
    let (title, explanation) = match error {
        ApiError::Unauthorized(_) if by_token => (
            "The token is not accepted",
            "The server does not take this token: it may have expired, be revoked, or belong to \
             another server. Copy a fresh one.",
        ),
        ApiError::Unauthorized(_) => (
            "Wrong username or password",
            "The server does not take them. Check both, and the tenant, domain and connection, then try again.",
        ),
        ApiError::Unreachable { .. } => (
            "The server cannot be reached",
            "No answer came, so nothing was signed in. Check the network and the address of the \
             server, then try again.",
        ),
        _ => return problem,
    };
    Problem { title: title.to_owned(), explanation: explanation.to_owned(), ..problem }
}
