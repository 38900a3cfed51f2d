//! The paths under `/api/v1/auth/`, `/api/v1/domains` and `/api/v1/domain`, and their verbs
//! (CONTRACT.md 6). Must not know jobs.

use jiff::Timestamp;

use super::unknown;
use crate::auth::{self, Caller};
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::simulator::Simulator;

/// The answer to a request below `auth`.
pub fn answer(
    sim: &mut Simulator,
    now: Timestamp,
    request: &Request,
    path: &[&str],
) -> Result<Response, ApiError> {
    let repeat = sim.behaviour.repeat_refresh_token;
    let method = request.method.as_str();
    let gone = Response::empty(204);
    match (method, path) {
        ("POST", ["tokens"]) => {
            return Ok(Response::json(
                200,
                sim.auth.grant(now, &request.body, repeat)?,
            ));
        }
        // Without a token, since it holds what one needs to check tokens (I).
        ("GET", ["jwks.json"]) => return Ok(Response::json(200, auth::JWKS)),
        ("POST", ["revoke"]) => return sim.auth.revoke(&request.body).map(|()| gone),
        _ => {}
    }
    let caller = sim.auth.caller(now, request)?;
    match (method, path) {
        ("POST", ["logout"]) => {
            sim.auth.logout(&caller);
            Ok(gone)
        }
        ("GET", ["tokens"]) => Ok(Response::json(200, sim.auth.tokens(now, &caller, request)?)),
        ("GET", ["tokens", id]) => Ok(Response::json(200, sim.auth.token(now, &caller, id)?)),
        ("DELETE", ["tokens", id]) => sim.auth.delete_token(&caller, id).map(|()| gone),
        ("GET", ["self", "user"]) => Ok(Response::json(200, auth::user(&caller))),
        ("GET", ["self", "domains"]) => Ok(Response::json(200, auth::domains(request)?)),
        ("POST", ["self", "permissions"]) => Ok(Response::json(200, auth::permissions(&caller))),
        (
            _,
            ["revoke" | "logout" | "jwks.json"]
            | ["tokens", ..]
            | ["self", "user" | "domains" | "permissions"],
        ) => Err(ApiError::method(method)),
        _ => Err(unknown()),
    }
}

/// The answer to a request for `domains` or `domain`. Switching the domain takes a new token.
pub fn domains(request: &Request, caller: &Caller, path: &str) -> Result<Response, ApiError> {
    match (request.method.as_str(), path) {
        ("GET", "domain") => Ok(Response::json(200, auth::domain(caller))),
        ("GET", _) => Ok(Response::json(200, auth::domains(request)?)),
        (method, _) => Err(ApiError::method(method)),
    }
}
