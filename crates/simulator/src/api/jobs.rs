//! The verbs of a job family (CONTRACT.md 1, 3, 9). Must hold nothing that differs between
//! families: that stands in the table.

use jiff::Timestamp;

use super::{unknown, verb};
use crate::auth::Caller;
use crate::create::create;
use crate::error::ApiError;
use crate::family::Family;
use crate::http::{Request, Response};
use crate::job::Precision;
use crate::json::Writer;
use crate::list::list;
use crate::simulator::Simulator;

/// The answer to a request for a family; `rest` is the path after the family's own.
pub fn answer(
    sim: &mut Simulator,
    now: Timestamp,
    request: &Request,
    caller: &Caller,
    family: &'static Family,
    rest: &[&str],
) -> Result<Response, ApiError> {
    let method = request.method.as_str();
    match (method, rest) {
        ("GET", []) if family.verbs.list => {
            caller.need(family.acl)?;
            let (store, behaviour) = (&sim.jobs, &sim.behaviour);
            let body = list(store, family, caller.domain, now, request, behaviour)?;
            Ok(Response::json(200, body))
        }
        ("POST", []) => start(sim, now, request, caller, family),
        ("GET", [id]) if !id.is_empty() => {
            caller.need(family.acl)?;
            show(sim, now, caller, family, id)
        }
        ("POST", [id, "cancel"]) if family.verbs.cancel => {
            caller.need(family.acl)?;
            cancel(sim, now, caller, family, id)
        }
        ("DELETE", [id]) if family.verbs.delete && !id.is_empty() => {
            caller.need(family.acl)?;
            find(sim, now, caller, family, id)?;
            if sim.jobs.get(family, id).is_some_and(|job| job.runs(now)) {
                return Err(ApiError::conflict("The job is in progress."));
            }
            sim.jobs.remove(family, id);
            Ok(Response::empty(204))
        }
        (_, [] | [_, "cancel"]) => Err(verb(&sim.behaviour, method)),
        (_, [id]) if !id.is_empty() => Err(verb(&sim.behaviour, method)),
        _ => Err(unknown()),
    }
}

fn start(
    sim: &mut Simulator,
    now: Timestamp,
    request: &Request,
    caller: &Caller,
    family: &'static Family,
) -> Result<Response, ApiError> {
    caller.need(family.acl)?;
    let mut job = create(family, &request.body, now, &mut sim.random, &sim.behaviour)?;
    job.domain = caller.domain;
    let syncs = family.kind == "synchronize";
    let mut others = sim.jobs.begun(family, caller.domain, now);
    if sim.behaviour.one_sync_at_a_time && syncs && others.any(|job| job.runs(now)) {
        return Err(ApiError::conflict(
            "A synchronization is already in progress.",
        ));
    }
    drop(others);
    // The answer comes before the job is stored, as the pages of Google and SAP show: they print
    // the same job's times with nine digits here and with six when it is read.
    job.precision = Precision::Nanos;
    let mut out = Writer::new();
    job.write(now, &mut out);
    job.precision = Precision::Micros;
    sim.jobs.add(job);
    Ok(Response::json(sim.behaviour.create_status, out.finish()))
}

fn cancel(
    sim: &mut Simulator,
    now: Timestamp,
    caller: &Caller,
    family: &'static Family,
    id: &str,
) -> Result<Response, ApiError> {
    find(sim, now, caller, family, id)?;
    let allowed = sim.behaviour.cancel_finished;
    if let Some(job) = sim.jobs.get_mut(family, id) {
        if !allowed && !job.runs(now) {
            return Err(ApiError::conflict(
                "Only jobs in progress can be cancelled.",
            ));
        }
        job.aborted_at.get_or_insert(now);
    }
    show(sim, now, caller, family, id)
}

fn show(
    sim: &Simulator,
    now: Timestamp,
    caller: &Caller,
    family: &'static Family,
    id: &str,
) -> Result<Response, ApiError> {
    let mut out = Writer::new();
    find(sim, now, caller, family, id)?.write(now, &mut out);
    Ok(Response::json(200, out.finish()))
}

/// The job, if it has begun and belongs to the caller's domain.
fn find<'a>(
    sim: &'a Simulator,
    now: Timestamp,
    caller: &Caller,
    family: &'static Family,
    id: &str,
) -> Result<&'a crate::job::Job, ApiError> {
    let job = sim.jobs.get(family, id);
    let visible = job.filter(|job| job.domain == caller.domain && job.exists(now));
    visible.ok_or_else(|| ApiError::not_found("Resource not found"))
}
