//! The jobs that were started or cancelled on this page: what the server answered then holds, even if another of its
//! nodes does not show it yet.

use cckm_core::api::request::Request;
use cckm_core::api::{decode, requests};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::route::JobRoute;
use leptos::prelude::*;

use super::remote::{Fetched, Remote};
use crate::browser::clock;

/// What is known of the job or schedule that `named` names before it is fetched.
pub fn known_remote(named: &JobRoute) -> Remote<Job> {
    let changed = use_changed_jobs().and_then(|changed| changed.remote(named));
    changed.unwrap_or_else(Remote::of_object)
}

/// How many of them are remembered.
const MAX_JOBS: usize = 20;

/// The jobs that were started or cancelled on this page, in memory. From [`use_changed_jobs`].
#[derive(Clone, Copy)]
pub struct ChangedJobs(StoredValue<Vec<ChangedJob>>);

#[derive(Clone)]
struct ChangedJob {
    /// The request that fetches it.
    request: Request,
    /// The answer to its start or cancellation.
    body: Vec<u8>,
    at: Timestamp,
}

/// Gives these jobs to all components.
pub fn provide_changed_jobs() {
    provide_context(ChangedJobs(StoredValue::new(Vec::new())));
}

/// These jobs. `None` if `app.rs` has not provided them.
pub fn use_changed_jobs() -> Option<ChangedJobs> {
    use_context()
}

impl ChangedJobs {
    /// Remembers the job that `named` names, with the body of the answer to its start or cancellation.
    pub fn insert(self, named: &JobRoute, body: Vec<u8>) {
        let changed = ChangedJob { request: requests::get(named), body, at: clock::now() };
        self.0.try_update_value(|jobs| {
            jobs.insert(0, changed);
            jobs.truncate(MAX_JOBS);
        });
    }

    /// What is known of the job that `named` names. The answer counts only if it names the job.
    fn remote(self, named: &JobRoute) -> Option<Remote<Job>> {
        let request = requests::get(named);
        let jobs = self.0.read_value();
        let ChangedJob { body, at, .. } = jobs.iter().find(|job| job.request == request)?.clone();
        let job = decode::job(&body).ok().filter(|job| job.id().as_ref() == Some(&named.id));
        let value = job.map(|job| job.with_unreported(named.family));
        Some(Remote::created(value.map(|value| Fetched { request, value, body, at })))
    }
}
