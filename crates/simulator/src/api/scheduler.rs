//! The verbs below `/api/v1/scheduler/` (CONTRACT.md 1, families 18 and 19). Must not know when a
//! schedule is due.

use jiff::Timestamp;

use super::{unknown, verb};
use crate::auth::Caller;
use crate::error::ApiError;
use crate::http::{Request, Response};
use crate::json::Writer;
use crate::list::{Members, entries, write};
use crate::scheduler::operation::OPERATIONS;
use crate::scheduler::run;
use crate::scheduler::schedule::{self, Schedule};
use crate::simulator::Simulator;

/// The permission that everything here needs. None is documented; this is the one of most jobs.
pub const ACL: &str = "keysynchronize";

/// The answer to a request below `scheduler`.
pub fn answer(
    sim: &mut Simulator,
    now: Timestamp,
    request: &Request,
    caller: &Caller,
    rest: &[&str],
) -> Result<Response, ApiError> {
    caller.need(ACL)?;
    let domain = caller.domain;
    let behaviour = &sim.behaviour;
    match (request.method.as_str(), rest) {
        ("GET", ["operations"]) => {
            // The answer is not documented: a list like any other, of objects with a name.
            let named = |name: &'static str| vec![("name", name.into())];
            let rows = OPERATIONS.iter().map(|operation| named(operation.name));
            let list = entries(rows, &[], request, behaviour)?;
            Ok(Response::json(200, list))
        }
        ("GET", ["job-configs"]) => {
            let rows = sim.scheduler.schedules(domain).map(Schedule::members);
            let list = entries(rows, schedule::FILTERS, request, behaviour)?;
            Ok(Response::json(200, list))
        }
        ("POST", ["job-configs"]) => {
            let id = sim.random.uuid();
            let config = Schedule::create(&request.body, id, domain, now)?;
            let answer = one(behaviour.create_status, &config.members());
            sim.scheduler.add(config);
            Ok(answer)
        }
        ("GET", ["job-configs", id]) => Ok(one(200, &config(sim, domain, id)?.members())),
        ("PATCH", ["job-configs", id]) => {
            let config = sim.scheduler.schedule_mut(domain, id).ok_or_else(missing)?;
            config.change(&request.body, now)?;
            Ok(one(200, &config.members()))
        }
        ("DELETE", ["job-configs", id]) => {
            config(sim, domain, id)?;
            sim.scheduler.remove(id);
            Ok(Response::empty(204))
        }
        ("POST", ["job-configs", id, "run-now"]) => {
            let config = config(sim, domain, id)?.clone();
            let run_id = sim.random.uuid();
            let (behaviour, jobs) = (&sim.behaviour, &mut sim.jobs);
            let run = sim.scheduler.run_now(&config, run_id, now, behaviour, jobs);
            // Neither status nor body is documented: as for a job, since it makes one.
            Ok(one(behaviour.create_status, &run.members(now)))
        }
        ("GET", ["jobs"]) => {
            let runs = sim.scheduler.runs(domain, now);
            let rows = runs.map(|run| run.members(now));
            let list = entries(rows, run::FILTERS, request, behaviour)?;
            Ok(Response::json(200, list))
        }
        ("GET", ["jobs", id]) => Ok(one(200, &run(sim, domain, id, now)?.members(now))),
        ("DELETE", ["jobs", id]) => {
            // As a running bulk job; for runs nothing is documented.
            if !run(sim, domain, id, now)?.ended(now) {
                return Err(ApiError::conflict("The job is not finished."));
            }
            sim.scheduler.remove_run(id);
            Ok(Response::empty(204))
        }
        (
            method,
            ["operations" | "job-configs" | "jobs"]
            | ["job-configs" | "jobs", _]
            | ["job-configs" | "jobs", _, "cancel"]
            | ["job-configs", _, "run-now"],
        ) => Err(verb(behaviour, method)),
        _ => Err(unknown()),
    }
}

fn one(status: u16, members: &Members) -> Response {
    let mut out = Writer::new();
    write(members, &mut out);
    Response::json(status, out.finish())
}

/// The schedule, if it belongs to the domain.
fn config<'a>(sim: &'a Simulator, domain: usize, id: &str) -> Result<&'a Schedule, ApiError> {
    let mut configs = sim.scheduler.schedules(domain);
    configs.find(|config| config.id == id).ok_or_else(missing)
}

/// The run, if it has been made and belongs to the domain.
fn run<'a>(
    sim: &'a Simulator,
    domain: usize,
    id: &str,
    now: Timestamp,
) -> Result<&'a run::Run, ApiError> {
    let mut runs = sim.scheduler.runs(domain, now);
    runs.find(|run| run.id == id).ok_or_else(missing)
}

fn missing() -> ApiError {
    ApiError::not_found("Resource not found")
}
