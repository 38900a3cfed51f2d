//! The paths under `/api/v1/auth/`, `/api/v1/domains` and `/api/v1/domain`, and their verbs
//! (CONTRACT.md 6).

use http::StatusCode;
use jiff::Timestamp;

use crate::auth::{self, Caller};
use crate::error::ApiError;
use crate::message::{self, Request, Response};
use crate::simulator::Simulator;

/// The response to a request below `auth`.
pub fn handle(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
    path: &[&str],
) -> Result<Response, ApiError> {
    let Simulator { behaviour, auth, .. } = simulator;
    let method = request.method();
    let no_content = || message::empty(StatusCode::NO_CONTENT);
    match (method.as_str(), path) {
        ("POST", ["tokens"]) => {
            let reply = auth.grant(now, request.body(), behaviour)?;
            return Ok(message::json(StatusCode::OK, &reply));
        }
        // Needs no token, because it serves to verify tokens (I).
        ("GET", ["jwks.json"]) => return Ok(auth::public_keys()),
        ("POST", ["revoke"]) => return auth.revoke(request.body()).map(|()| no_content()),
        _ => {}
    }
    let caller = auth.caller(now, request)?;
    match (method.as_str(), path) {
        ("POST", ["logout"]) => {
            auth.logout(&caller);
            Ok(no_content())
        }
        ("GET", ["tokens"]) => auth.tokens(now, &caller, request),
        ("GET", ["tokens", id]) => auth.token(now, &caller, id),
        ("DELETE", ["tokens", id]) => auth.delete_token(&caller, id).map(|()| no_content()),
        ("GET", ["self", "user"]) => Ok(auth::user(&caller)),
        ("GET", ["self", "domains"]) => auth::domains(request),
        ("POST", ["self", "permissions"]) => Ok(auth::permissions(&caller)),
        (
            _,
            ["revoke" | "logout" | "jwks.json"]
            | ["tokens", ..]
            | ["self", "user" | "domains" | "permissions"],
        ) => Err(ApiError::method_not_allowed(method)),
        _ => Err(ApiError::unknown_path()),
    }
}

/// The response to a request for `domains` or `domain`. Another domain needs another token.
pub fn domains(request: &Request, caller: &Caller, path: &str) -> Result<Response, ApiError> {
    match (request.method().as_str(), path) {
        ("GET", "domain") => Ok(auth::domain(caller)),
        ("GET", _) => auth::domains(request),
        _ => Err(ApiError::method_not_allowed(request.method())),
    }
}
