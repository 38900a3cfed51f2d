//! The paths under `/api/v1/auth/` and their verbs (CONTRACT.md 6). Must not know jobs.

use jiff::Timestamp;

use super::unknown;
use crate::auth;
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
        (_, ["revoke" | "logout"] | ["tokens", ..] | ["self", "user" | "domains"]) => {
            Err(ApiError::method(method))
        }
        _ => Err(unknown()),
    }
}
