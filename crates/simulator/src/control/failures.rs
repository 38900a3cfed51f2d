//! Lists the jobs whose failures are planned by cause, so that a test knows what a console must show.

use http::StatusCode;
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::job::{CAUSES, Cause, Job};
use crate::job_store::JobStore;
use crate::message::{self, Response};

/// All causes, and the jobs of all domains that have failures at this time.
pub fn list(jobs: &JobStore, now: Timestamp) -> Response {
    let causes: Vec<_> = CAUSES.iter().map(|cause| named(cause, json!({}))).collect();
    let mut failures: Vec<_> = jobs.all().filter_map(|job| row(job, now)).collect();
    failures.sort_by_key(ToString::to_string);
    message::json(StatusCode::OK, &json!({ "causes": causes, "failures": failures }))
}

fn row(job: &Job, now: Timestamp) -> Option<Value> {
    let causes = if job.has_started(now) { job.causes(now) } else { Vec::new() };
    let (main, _) = causes.first()?;
    let counts: Vec<_> =
        causes.iter().map(|(cause, items)| named(cause, json!({ "items": items }))).collect();
    Some(json!({
        "family": job.family.path,
        "id": job.id,
        "overall_status": job.status(now),
        "main_cause": main.name,
        "causes": counts,
    }))
}

fn named(cause: &Cause, mut value: Value) -> Value {
    value["name"] = cause.name.into();
    value["class"] = cause.class.into();
    value
}
