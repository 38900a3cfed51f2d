//! The verbs of a job family (CONTRACT.md 1, 3, 9). Differences between families are in their table.

use http::StatusCode;
use jiff::Timestamp;

use crate::auth::Caller;
use crate::create::create;
use crate::error::ApiError;
use crate::family::Family;
use crate::job::{Job, Precision};
use crate::list::job_list;
use crate::message::{self, Request, Response};
use crate::simulator::Simulator;

/// The response to a request for a family; `rest` is the path after the family's own.
pub fn handle(
    simulator: &mut Simulator,
    now: Timestamp,
    request: &Request,
    caller: &Caller,
    family: &'static Family,
    rest: &[&str],
) -> Result<Response, ApiError> {
    let method = request.method();
    let verbs = family.verbs;
    if matches!(rest, [""] | [_, _, _, ..]) || matches!(rest, [_, verb] if *verb != "cancel") {
        return Err(ApiError::unknown_path());
    }
    let known = match (method.as_str(), rest) {
        ("GET", []) => verbs.list,
        ("POST", []) | ("GET", [_]) => true,
        ("POST", [_, _]) => verbs.cancel,
        ("DELETE", [_]) => verbs.delete,
        _ => false,
    };
    if !known {
        return Err(simulator.behaviour.missing_verb(method));
    }
    caller.require(family.acl)?;
    let mut jobs = FamilyApi { simulator, family, domain: caller.domain, now };
    match (method.as_str(), rest) {
        ("POST", []) => jobs.start(request.body()),
        ("POST", [id, _]) => jobs.cancel(id),
        ("DELETE", [id]) => jobs.delete(id),
        (_, [id, ..]) => jobs.show(id),
        (_, []) => jobs.list(request),
    }
}

/// The jobs of a family that a caller sees.
struct FamilyApi<'a> {
    simulator: &'a mut Simulator,
    family: &'static Family,
    domain: usize,
    now: Timestamp,
}

impl FamilyApi<'_> {
    fn list(&self, request: &Request) -> Result<Response, ApiError> {
        let Simulator { jobs, behaviour, .. } = &*self.simulator;
        job_list(jobs, self.family, self.domain, self.now, request, behaviour)
    }

    fn start(&mut self, body: &[u8]) -> Result<Response, ApiError> {
        let (family, now) = (self.family, self.now);
        let Simulator { jobs, behaviour, random, .. } = &mut *self.simulator;
        let job = create(family, body, now, random, behaviour)?.with_domain(self.domain);
        if behaviour.one_sync_at_a_time
            && family.kind == "synchronize"
            && jobs.started(family, self.domain, now).any(|job| job.is_running(now))
        {
            let message = "A synchronization is already in progress.";
            return Err(ApiError::conflict(message));
        }
        let status = StatusCode::from_u16(behaviour.create_status).unwrap_or_default();
        // The pages of Google and SAP show the times of one job with nine digits in the response to the
        // POST, and with six digits when the job is read.
        let job = job.with_precision(Precision::Nanos);
        let response = message::json(status, &job.at(now));
        jobs.add(job.with_precision(Precision::Micros));
        Ok(response)
    }

    fn show(&self, id: &str) -> Result<Response, ApiError> {
        let job = self.find(id)?;
        Ok(message::json(StatusCode::OK, &job.at(self.now)))
    }

    fn cancel(&mut self, id: &str) -> Result<Response, ApiError> {
        let running = self.find(id)?.is_running(self.now);
        if !running && !self.simulator.behaviour.cancel_finished {
            let message = "Only jobs in progress can be cancelled.";
            return Err(ApiError::conflict(message));
        }
        if let Some(job) = self.simulator.jobs.get_mut(self.family, id) {
            job.aborted_at.get_or_insert(self.now);
        }
        self.show(id)
    }

    fn delete(&mut self, id: &str) -> Result<Response, ApiError> {
        if self.find(id)?.is_running(self.now) {
            return Err(ApiError::conflict("The job is in progress."));
        }
        self.simulator.jobs.remove(self.family, id);
        Ok(message::empty(StatusCode::NO_CONTENT))
    }

    /// The job, if it has started and belongs to the domain.
    fn find(&self, id: &str) -> Result<&Job, ApiError> {
        self.simulator
            .jobs
            .get(self.family, id)
            .filter(|job| job.domain == self.domain && job.has_started(self.now))
            .ok_or_else(ApiError::unknown_id)
    }
}
