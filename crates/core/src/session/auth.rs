//! Signing in, renewing and revoking, as requests, and the reading of their answer. Pure.
//!
//! The facts are those of CONTRACT.md 6. Bodies hold secrets: they are built to be sent, not shown.

use std::time::Duration;

use crate::api::error::ApiError;
use crate::api::explain::About;
use crate::api::request::Request;
use crate::api::response::Response;
use crate::format::json;
use crate::problem::Problem;
use crate::session::token::Tokens;

/// Where tokens are asked for, with the slash that the documentation writes.
const TOKENS: &str = "v1/auth/tokens/";

/// After so many minutes without renewal the server forgets the session by itself, as when the tab
/// was closed; the number of the product's own console.
const REVOKE_UNUSED_AFTER: u32 = 30;

/// What a person signs in with. Held only while it is sent.
#[derive(Clone)]
pub struct Credentials {
    /// `username`.
    pub username: String,
    /// `password`, to the letter.
    pub password: String,
    /// `domain`; empty for the default, root.
    pub domain: String,
    /// `connection`, such as `local_account`; empty for the server's choice.
    pub connection: String,
}

/// Asks for tokens by user name and password.
pub fn password_grant(credentials: &Credentials) -> Request {
    let mut body = vec![
        ("grant_type", "password"),
        ("username", &credentials.username),
        ("password", &credentials.password),
    ];
    let optional = [
        ("domain", credentials.domain.as_str()),
        ("connection", &credentials.connection),
    ];
    body.extend(optional.into_iter().filter(|(_, value)| !value.is_empty()));
    let unused = REVOKE_UNUSED_AFTER.to_string();
    let numbers = [("refresh_token_revoke_unused_in", unused.as_str())];
    Request::post(TOKENS, json::object(&body, &numbers)).holding(&credentials.password)
}

/// Asks for a new token, and a new refresh token with it; `None` for tokens that cannot be renewed.
pub fn refresh_grant(tokens: &Tokens) -> Option<Request> {
    let refresh = tokens.refresh.as_deref()?;
    let body = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    let body = json::object(&body, &[("renew_refresh_token", "true")]);
    Some(Request::post(TOKENS, body).holding(refresh))
}

/// Asks the server to forget the refresh token; `None` when there is none.
pub fn revoke(tokens: &Tokens) -> Option<Request> {
    let mut body = vec![("refresh_token", tokens.refresh.as_deref()?)];
    if let Some(client_id) = &tokens.client_id {
        body.push(("client_id", client_id));
    }
    Some(Request::post("v1/auth/revoke", json::object(&body, &[])))
}

/// Asks the server to take the token of the request no more.
pub fn logout() -> Request {
    Request::post("v1/auth/logout", "{}")
}

/// Asks who the bearer of a token is: only to see whether the server takes a pasted one.
pub fn self_user() -> Request {
    Request::get("v1/auth/self/user")
}

/// Asks which domains the bearer of a token can sign in to. The usual limit of lists is 10.
pub fn self_domains() -> Request {
    let paging = [("skip", "0"), ("limit", "1000")];
    let query = paging.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Request {
        query: query.into(),
        ..Request::get("v1/auth/self/domains")
    }
}

/// Reads the answer to [`self_user`]: whether the server takes the token. One that does not know
/// the question, or does not let the bearer ask it, has taken the token all the same.
///
/// # Errors
/// Any other error that was the answer.
pub fn takes_token(answer: Result<Response, ApiError>) -> Result<(), ApiError> {
    match answer {
        Ok(_)
        | Err(
            ApiError::NotFound(_) | ApiError::Forbidden(_) | ApiError::Status { status: 405, .. },
        ) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Reads the answer to [`password_grant`] or [`refresh_grant`]; the oldest form has only `jwt` and
/// `duration`.
///
/// # Errors
/// [`ApiError::Unreadable`] when there is no usable token in it. The body is not kept: it may hold
/// secrets even then.
pub fn read_tokens(reply: &Response) -> Result<Tokens, ApiError> {
    let unreadable = |reason: &str| ApiError::unreadable(reason, b"");
    let text = str::from_utf8(&reply.body).unwrap_or_default();
    let members = json::members(text)
        .map_err(|error| unreadable(&format!("the token reply is no JSON object: {error}")))?;
    let raw = |name: &str| json::last(&members, name);
    let text = |name: &str| raw(name).and_then(json::string);
    let jwt = text("jwt").ok_or_else(|| unreadable("the token reply holds no jwt"))?;
    let duration = raw("duration")
        .and_then(json::number)
        .filter(|seconds| (1.0..1e9).contains(seconds))
        .map(Duration::from_secs_f64);
    let mut tokens = Tokens::new(jwt, duration)
        .map_err(|_| unreadable("the jwt of the token reply cannot be sent"))?;
    let text = |name: &str| text(name).filter(|text| !text.is_empty());
    tokens.refresh = text("refresh_token");
    tokens.client_id = text("client_id");
    Ok(tokens)
}

/// Why signing in did not succeed, in the words of the sign-in form.
pub fn sign_in_problem(error: &ApiError, by_token: bool) -> Problem {
    let mut problem = error.problem(About::default());
    let (title, explanation) = match error {
        ApiError::Unauthorized(_) if by_token => (
            "The token is not accepted",
            "The server does not take this token: it may have expired, be revoked, or belong to \
             another server. Copy a fresh one.",
        ),
        ApiError::Unauthorized(_) => (
            "Wrong username or password",
            "The server does not take them. Check both, and the domain and connection, then try \
             again.",
        ),
        ApiError::Unreachable { .. } => (
            "The server cannot be reached",
            "No answer came, so nothing was signed in. Check the network and the address of the \
             server, then try again.",
        ),
        _ => return problem,
    };
    problem.title = title.into();
    problem.explanation = explanation.into();
    problem
}
