//! From a path to what it means: `/api/v1/auth/…`, `/api/v1/domains`, `/api/v1/domain`,
//! `/api/v1/cckm/…` and `/api/v1/scheduler/…`. Must not implement what it finds.

mod auth;
mod jobs;
mod scheduler;

use jiff::Timestamp;

use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::family;
use crate::http::{Request, Response};
use crate::simulator::Simulator;

/// The answer of the API.
pub fn answer(
    sim: &mut Simulator,
    now: Timestamp,
    request: &Request,
    request_id: &str,
) -> Response {
    let result = route(sim, now, request);
    let response = result.unwrap_or_else(|error| error.response(request_id));
    // A client logs this header (CONTRACT.md 7); its form is a guess.
    response
        .with("X-Processing-Time", "1ms")
        .with("Cache-Control", "no-store")
}

fn route(sim: &mut Simulator, now: Timestamp, request: &Request) -> Result<Response, ApiError> {
    if !accepts_json(request) {
        return Err(ApiError::accept());
    }
    let segments = request.segments();
    let mut path: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
    // Thales' own clients end paths with a slash or without, as in `…/synchronization-jobs/?skip=0`.
    path.pop_if(|last| last.is_empty());
    let rest = match path.as_slice() {
        ["api", "v1", "auth", rest @ ..] => return auth::answer(sim, now, request, rest),
        ["api", "v1", rest @ ..] => rest,
        _ => return Err(unknown()),
    };
    let caller = sim.auth.caller(now, request)?;
    match rest {
        [path @ ("domains" | "domain")] => auth::domains(request, &caller, path),
        ["cckm", rest @ ..] => {
            let (family, rest) = family::find(rest).ok_or_else(unknown)?;
            jobs::answer(sim, now, request, &caller, family, rest)
        }
        ["scheduler", rest @ ..] => scheduler::answer(sim, now, request, &caller, rest),
        _ => Err(unknown()),
    }
}

/// The permission that a request needs, where it is one for jobs or schedules.
pub fn permission(request: &Request) -> Option<&'static str> {
    let segments = request.segments();
    let path: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
    match path.as_slice() {
        ["api", "v1", "cckm", rest @ ..] => family::find(rest).map(|(family, _)| family.acl),
        ["api", "v1", "scheduler", ..] => Some(scheduler::ACL),
        _ => None,
    }
}

/// The error for a verb that a resource does not have.
fn verb(behaviour: &Behaviour, method: &str) -> ApiError {
    match behaviour.missing_verb_status {
        404 => unknown(),
        _ => ApiError::method(method),
    }
}

/// 404 for a path that does not exist.
fn unknown() -> ApiError {
    ApiError::not_found("The requested path does not exist.")
}

/// Whether the `Accept` header, if there is one, admits JSON (CONTRACT.md 7).
fn accepts_json(request: &Request) -> bool {
    let Some(accept) = request
        .get_header("accept")
        .filter(|accept| !accept.trim().is_empty())
    else {
        return true;
    };
    accept.split(',').any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default().to_ascii_lowercase();
        let refused = parts.any(|part| {
            let quality = part
                .strip_prefix("q=")
                .and_then(|value| value.parse::<f32>().ok());
            quality == Some(0.0)
        });
        matches!(kind.as_str(), "*/*" | "application/*" | "application/json") && !refused
    })
}
