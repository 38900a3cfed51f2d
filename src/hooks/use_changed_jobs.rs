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

/// Whether the job that `named` names was cancelled on this page.
pub fn was_cancelled(named: &JobRoute) -> bool {
    let changed = use_changed_jobs().and_then(|changed| changed.find(named));
    changed.is_some_and(|changed| changed.is_cancelled)
}

/// What is known of the job or schedule that `named` names before it is fetched.
pub fn known_remote(named: &JobRoute) -> Remote<Job> {
    let changed = use_changed_jobs().and_then(|changed| changed.remote(named));
    changed.unwrap_or_else(Remote::of_object)
}

/// How many of them are remembered.
const MAX_JOBS: usize = 20;
/// The longest answer of which the text is remembered, in bytes.
const MAX_BODY: usize = 100_000;

/// The jobs that were started or cancelled on this page, in memory. From [`use_changed_jobs`].
#[derive(Clone, Copy)]
pub struct ChangedJobs(StoredValue<Vec<ChangedJob>>);

#[derive(Clone)]
struct ChangedJob {
    /// The request that fetches it.
    request: Request,
    /// The answer to its start or cancellation; empty if it is too long.
    body: Vec<u8>,
    /// Whether the answer shows that a cancellation was requested.
    is_cancelled: bool,
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
    /// Remembers the job that `named` names, with the body of the answer to its start or cancellation, unless that is
    /// long, and whether it `is_cancelled`.
    pub fn insert(self, named: &JobRoute, body: &[u8], is_cancelled: bool) {
        let body = if body.len() > MAX_BODY { Vec::new() } else { body.to_vec() };
        let request = requests::get(named);
        let changed = ChangedJob { request, body, is_cancelled, at: clock::now() };
        self.remove(named);
        self.0.try_update_value(|jobs| {
            jobs.insert(0, changed);
            jobs.truncate(MAX_JOBS);
        });
    }

    /// Forgets the job that `named` names, which was deleted or is gone.
    pub fn remove(self, named: &JobRoute) {
        let request = requests::get(named);
        self.0.try_update_value(|jobs| jobs.retain(|job| job.request != request));
    }

    fn find(self, named: &JobRoute) -> Option<ChangedJob> {
        let request = requests::get(named);
        self.0.read_value().iter().find(|job| job.request == request).cloned()
    }

    /// What is known of the job that `named` names. The answer counts only if it names the job.
    fn remote(self, named: &JobRoute) -> Option<Remote<Job>> {
        let ChangedJob { request, body, at, .. } = self.find(named)?;
        let job = decode::job(&body).ok().filter(|job| job.id().as_ref() == Some(&named.id));
        let value = job.map(|job| job.with_unreported(named.family));
        Some(Remote::created(value.map(|value| Fetched { request, value, body, at })))
    }
}
