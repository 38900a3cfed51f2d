//! The verbs below `/api/v1/scheduler/` (CONTRACT.md 1, families 18 and 19).

use http::StatusCode;
use jiff::Timestamp;

use crate::auth::Caller;
use crate::error::ApiError;
use crate::list::{Row, row_list};
use crate::message::{self, Request, Response};
use crate::scheduler::{OPERATIONS, RUN_FILTERS, Run, SCHEDULE_FILTERS, Schedule};
use crate::simulator::Simulator;

/// The permission for everything here. None is documented; this is the one of most jobs.
pub const ACL: &str = "keysynchronize";

/// The response to a request below `scheduler`.
pub fn handle(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
    caller: &Caller,
    rest: &[&str],
) -> Result<Response, ApiError> {
    caller.require(ACL)?;
    let domain = caller.domain;
    match rest {
        ["operations"] => operations(simulator, request),
        ["job-configs", rest @ ..] => schedules(simulator, now, request, domain, rest),
        ["jobs", rest @ ..] => runs(simulator, now, request, domain, rest),
        _ => Err(ApiError::unknown_path()),
    }
}

/// The response is not documented: a list like any other, of objects with a name.
fn operations(simulator: &Simulator, request: &Request) -> Result<Response, ApiError> {
    let behaviour = &simulator.behaviour;
    if request.method() != http::Method::GET {
        return Err(behaviour.missing_verb(request.method()));
    }
    let rows = OPERATIONS.iter().map(|operation| Row::default().with("name", operation.name));
    row_list(rows, &[], request, behaviour)
}

fn schedules(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
    domain: usize,
    rest: &[&str],
) -> Result<Response, ApiError> {
    let Simulator { scheduler, behaviour, random, jobs, .. } = simulator;
    let create_status = StatusCode::from_u16(behaviour.create_status).unwrap_or_default();
    match (request.method().as_str(), rest) {
        ("GET", []) => {
            let rows = scheduler.schedules(domain).map(Schedule::row);
            row_list(rows, SCHEDULE_FILTERS, request, behaviour)
        }
        ("POST", []) => {
            let schedule = Schedule::create(request.body(), random.uuid(), domain, now)?;
            let response = message::json(create_status, &schedule.row());
            scheduler.add(schedule);
            Ok(response)
        }
        ("GET", [id]) => {
            let schedule = scheduler.schedule(domain, id)?;
            Ok(message::json(StatusCode::OK, &schedule.row()))
        }
        ("PATCH", [id]) => {
            let schedule = scheduler.schedule_mut(domain, id)?;
            schedule.change(request.body(), now)?;
            Ok(message::json(StatusCode::OK, &schedule.row()))
        }
        ("DELETE", [id]) => {
            scheduler.remove(domain, id)?;
            Ok(message::empty(StatusCode::NO_CONTENT))
        }
        ("POST", [id, "run-now"]) => {
            let schedule = scheduler.schedule(domain, id)?.clone();
            let run = scheduler.run_now(&schedule, random.uuid(), now, behaviour, jobs);
            // Neither status nor body is documented; they are those of a job that a POST starts.
            Ok(message::json(create_status, &run.row(now)))
        }
        (_, [] | [_] | [_, "cancel" | "run-now"]) => Err(behaviour.missing_verb(request.method())),
        _ => Err(ApiError::unknown_path()),
    }
}

fn runs(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
    domain: usize,
    rest: &[&str],
) -> Result<Response, ApiError> {
    let Simulator { scheduler, behaviour, .. } = simulator;
    let find = |id: &str| -> Result<&Run, ApiError> {
        let mut runs = scheduler.runs(domain, now);
        let found = runs.find(|run| run.id == id);
        found.ok_or_else(ApiError::unknown_id)
    };
    match (request.method().as_str(), rest) {
        ("GET", []) => {
            let rows = scheduler.runs(domain, now).map(|run| run.row(now));
            row_list(rows, RUN_FILTERS, request, behaviour)
        }
        ("GET", [id]) => Ok(message::json(StatusCode::OK, &find(id)?.row(now))),
        ("DELETE", [id]) => {
            // As for a running bulk job; nothing is documented for runs.
            if find(id)?.ended_at() > now {
                return Err(ApiError::conflict("The job is not finished."));
            }
            scheduler.remove_run(id);
            Ok(message::empty(StatusCode::NO_CONTENT))
        }
        (_, [] | [_] | [_, "cancel"]) => Err(behaviour.missing_verb(request.method())),
        _ => Err(ApiError::unknown_path()),
    }
}
