//! The routes below `/simulator/`, which control clock, faults, jobs, tokens and behaviour, and show requests
//! and reports. The caller decides whether they are available.

mod clock;
mod failures;
mod job;

use http::StatusCode;
use http::header::{CACHE_CONTROL, HOST, ORIGIN};
use jiff::Timestamp;
use serde_json::json;

use crate::body;
use crate::error::ApiError;
use crate::generate;
use crate::message::{self, Request, Response, header};
use crate::world::World;

/// The response to `GET /simulator/`.
const GUIDE: &str = include_str!("control/guide.json");

/// The response to a request whose path continues with `path` after `/simulator`.
pub fn handle(world: &mut World, real: Timestamp, path: &str, request: &Request) -> Response {
    if is_cross_origin(request) {
        return message::empty(StatusCode::FORBIDDEN);
    }
    let response =
        route(world, real, path, request).unwrap_or_else(|error| error.response("simulator"));
    message::with_header(response, CACHE_CONTROL, "no-store")
}

fn route(
    world: &mut World,
    real: Timestamp,
    path: &str,
    request: &Request,
) -> Result<Response, ApiError> {
    let now = world.now(real);
    let body = request.body();
    let simulator = &mut world.simulator;
    match (request.method().as_str(), path.trim_matches('/')) {
        ("GET", "") => return Ok(message::text(StatusCode::OK, "application/json", GUIDE)),
        ("GET", "clock") => return Ok(clock::show(world.clock, real)),
        ("POST", "clock") => {
            clock::set(&mut world.clock, real, &body::parse(body)?);
            return Ok(clock::show(world.clock, real));
        }
        ("GET", "faults") => {
            let body = json!({ "faults": simulator.faults });
            return Ok(message::json(StatusCode::OK, &body));
        }
        ("POST", "faults") => simulator.faults.push(body::parse(body)?),
        ("DELETE", "faults") => simulator.faults.clear(),
        ("GET", "failures") => return Ok(failures::list(&simulator.jobs, now)),
        ("POST", "day") => simulator.add_all(generate::day(now)),
        ("GET", "jobs") => {
            let body = json!({ "count": simulator.jobs.count() });
            return Ok(message::json(StatusCode::OK, &body));
        }
        ("POST", "jobs") => {
            let job = job::parse(body, now, &mut simulator.random)?;
            let body = json!({ "id": job.id });
            simulator.add(job);
            return Ok(message::json(StatusCode::CREATED, &body));
        }
        ("POST", "behaviour") => body::merge(&mut simulator.behaviour, body::object(body)?)?,
        ("POST", "lifetimes") => body::merge(&mut simulator.auth.lifetimes, body::object(body)?)?,
        ("POST", "tokens/revoke") => simulator.auth.revoke_all(),
        ("GET", "requests") => {
            let requests: Vec<_> = simulator.requests.iter().collect();
            let body = json!({ "requests": requests });
            return Ok(message::json(StatusCode::OK, &body));
        }
        ("DELETE", "requests") => simulator.requests.clear(),
        ("GET", "csp-reports") => {
            let reports: Vec<_> = world.csp_reports.iter().collect();
            let body = json!({ "reports": reports });
            return Ok(message::json(StatusCode::OK, &body));
        }
        ("DELETE", "csp-reports") => world.csp_reports.clear(),
        _ => return Err(ApiError::not_found("GET /simulator/ lists what there is.")),
    }
    Ok(message::empty(StatusCode::NO_CONTENT))
}

/// Whether a page of another origin sent the request, as any page in a browser could.
fn is_cross_origin(request: &Request) -> bool {
    let (origin, host) = (header(request, ORIGIN), header(request, HOST));
    let same_host = |(_, origin_host): (&str, &str)| origin_host == host;
    request.headers().contains_key(ORIGIN) && !origin.rsplit_once("://").is_some_and(same_host)
}
