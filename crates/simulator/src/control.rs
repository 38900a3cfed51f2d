//! `/simulator/…`: clock, faults, jobs, tokens, behaviour, requests and reports for a person with
//! curl. Must not offer anything to those who may not, which its caller decides.

mod fault;
mod job;
mod switches;

use jiff::Timestamp;
use serde_json::Value;

use crate::clock::Clock;
use crate::create::{Body, parse};
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::json::object;
use crate::world::World;

/// What `GET /simulator/` answers.
const GUIDE: &str = include_str!("control/guide.json");

/// The answer to a request whose path goes on like this after `/simulator`.
pub fn answer(world: &mut World, real: Timestamp, path: &str, request: &Request) -> Response {
    if foreign(request) {
        return Response::empty(403);
    }
    let result = route(world, real, path, request);
    result
        .unwrap_or_else(|error| error.response("simulator"))
        .with("Cache-Control", "no-store")
}

fn route(
    world: &mut World,
    real: Timestamp,
    path: &str,
    request: &Request,
) -> Result<Response, ApiError> {
    let done = || Ok(Response::empty(204));
    let json = |body: String| Ok(Response::json(200, body));
    match (request.method.as_str(), path.trim_matches('/')) {
        ("GET", "") => json(GUIDE.to_owned()),
        ("GET", "clock") => json(clock(world, real)),
        ("POST", "clock") => {
            set_clock(world, real, &parse(&request.body)?)?;
            json(clock(world, real))
        }
        ("GET", "faults") => json(fault::list(&world.simulator.faults)),
        ("POST", "faults") => {
            let fault = fault::read(&Body::of(&parse(&request.body)?)?)?;
            world.simulator.faults.push(fault);
            done()
        }
        ("DELETE", "faults") => {
            world.simulator.faults.clear();
            done()
        }
        ("POST", "jobs") => {
            let now = world.clock.read(real);
            let job = job::read(
                &Body::of(&parse(&request.body)?)?,
                now,
                &mut world.simulator.random,
            )?;
            let id = object(|out| out.text("id", &job.id));
            world.simulator.add(job);
            Ok(Response::json(201, id))
        }
        ("GET", "jobs") => {
            let count = world.simulator.jobs.count();
            json(object(|out| out.member("count", &count.to_string())))
        }
        ("POST", "behaviour") => {
            switches::behaviour(
                &mut world.simulator.behaviour,
                &Body::of(&parse(&request.body)?)?,
            )?;
            done()
        }
        ("POST", "lifetimes") => {
            switches::lifetimes(
                &mut world.simulator.auth.lifetimes,
                &Body::of(&parse(&request.body)?)?,
            )?;
            done()
        }
        ("POST", "tokens/revoke") => {
            world.simulator.auth.revoke_all();
            done()
        }
        ("GET", "requests") => json(object(|out| {
            out.name("requests");
            out.open('[');
            world
                .simulator
                .requests
                .iter()
                .for_each(|record| record.write(out));
            out.close(']');
        })),
        ("DELETE", "requests") => {
            world.simulator.requests.clear();
            done()
        }
        ("GET", "csp-reports") => json(world.csp_reports.write()),
        ("DELETE", "csp-reports") => {
            world.csp_reports.clear();
            done()
        }
        _ => Err(ApiError::not_found("GET /simulator/ tells what there is.")),
    }
}

/// Whether a page of another origin sent the request, as any page in a browser could.
fn foreign(request: &Request) -> bool {
    let host = request.get_header("host").unwrap_or_default();
    let origin = request.get_header("origin");
    origin.is_some_and(|origin| origin.rsplit_once("://").is_none_or(|(_, own)| own != host))
}

fn clock(world: &World, real: Timestamp) -> String {
    object(|out| {
        out.text("now", &world.clock.read(real).to_string());
        let frozen = matches!(world.clock, Clock::Frozen(_));
        out.member("frozen", if frozen { "true" } else { "false" });
    })
}

fn set_clock(world: &mut World, real: Timestamp, value: &Value) -> Result<(), ApiError> {
    let body = Body::of(value)?;
    if let Some(at) = body.string("freeze_at")? {
        let at = at
            .parse()
            .map_err(|_| ApiError::validation("freeze_at", "must be a time"))?;
        world.clock = Clock::Frozen(at);
    }
    if body.flag("freeze")? {
        world.clock = Clock::Frozen(world.clock.read(real));
    }
    if body.flag("real")? {
        world.clock = Clock::REAL;
    }
    if let Some(advance) = switches::millis(&body, "advance_ms")? {
        world.clock.advance(advance);
    }
    Ok(())
}
