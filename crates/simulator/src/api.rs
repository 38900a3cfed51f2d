//! Routes requests for `/api/v1/auth/…`, `/api/v1/domains`, `/api/v1/domain`, `/api/v1/cckm/…` and
//! `/api/v1/scheduler/…`.

mod auth;
mod jobs;
mod scheduler;

use http::header::{ACCEPT, CACHE_CONTROL, HeaderName};
use jiff::Timestamp;

use crate::error::ApiError;
use crate::family;
use crate::message::{self, Request, Response, header, segments};
use crate::simulator::Simulator;

/// The response of the API.
pub fn handle(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
    request_id: &str,
) -> Response {
    let response =
        route(simulator, now, request).unwrap_or_else(|error| error.response(request_id));
    // A client reads this header as a number (CONTRACT.md 11.24); the unit is not documented.
    let processing_time = HeaderName::from_static("x-processing-time");
    let headers = [(processing_time, "0.001"), (CACHE_CONTROL, "no-store")];
    message::with_headers(response, headers)
}

fn route(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
) -> Result<Response, ApiError> {
    if !accepts_json(request) {
        return Err(ApiError::not_acceptable());
    }
    let segments = segments(request);
    let mut path: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
    // Thales' own clients send paths with and without a slash at the end, as in
    // `…/synchronization-jobs/?skip=0`.
    path.pop_if(|last| last.is_empty());
    let rest = match path.as_slice() {
        ["api", "v1", "auth", rest @ ..] => return auth::handle(simulator, now, request, rest),
        ["api", "v1", rest @ ..] => rest,
        _ => return Err(ApiError::unknown_path()),
    };
    let caller = simulator.auth.caller(now, request)?;
    match rest {
        [path @ ("domains" | "domain")] => auth::domains(request, &caller, path),
        ["cckm", rest @ ..] => {
            let (family, rest) = family::find(rest).ok_or_else(ApiError::unknown_path)?;
            jobs::handle(simulator, now, request, &caller, family, rest)
        }
        ["scheduler", rest @ ..] => scheduler::handle(simulator, now, request, &caller, rest),
        _ => Err(ApiError::unknown_path()),
    }
}

/// The permission that a request for jobs or schedules needs.
pub fn permission(request: &Request) -> Option<&'static str> {
    let segments = segments(request);
    let path: Vec<&str> = segments.iter().map(AsRef::as_ref).collect();
    match path.as_slice() {
        ["api", "v1", "cckm", rest @ ..] => family::find(rest).map(|(family, _)| family.acl),
        ["api", "v1", "scheduler", ..] => Some(scheduler::ACL),
        _ => None,
    }
}

/// Whether the `Accept` header, if there is one, allows JSON (CONTRACT.md 7).
fn accepts_json(request: &Request) -> bool {
    let accept = header(request, ACCEPT);
    accept.trim().is_empty()
        || accept.split(',').any(|range| {
            let mut parts = range.split(';').map(str::trim);
            let media_type = parts.next().unwrap_or_default().to_ascii_lowercase();
            let refused = parts
                .filter_map(|part| part.strip_prefix("q=")?.parse::<f32>().ok())
                .any(|quality| quality == 0.0);
            matches!(media_type.as_str(), "*/*" | "application/*" | "application/json") && !refused
        })
}
