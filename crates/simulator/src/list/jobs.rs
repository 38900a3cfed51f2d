//! Lists of jobs.

use std::cmp::Ordering;

use http::StatusCode;
use jiff::Timestamp;

use super::job_filters::JobFilters;
use super::page::Page;
use super::sort;
use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::family::Family;
use crate::job::{Job, JobAt, Progress};
use crate::job_store::JobStore;
use crate::message::{self, Request, Response};

/// The response to a request for the jobs of a family and domain.
///
/// # Errors
///
/// 400 for an invalid `skip` or `limit`.
pub fn job_list(
    store: &JobStore,
    family: &'static Family,
    domain: usize,
    now: Timestamp,
    request: &Request,
    behaviour: &Behaviour,
) -> Result<Response, ApiError> {
    let page = Page::try_from(request)?;
    let filters = JobFilters::new(family, request);
    let mut jobs: Vec<&Job> =
        store.started(family, domain, now).filter(|job| filters.matches(job, now)).collect();
    if behaviour.newest_first {
        jobs.reverse();
    }
    if family.sort {
        jobs = sorted(jobs, &sort::keys(request), now);
    }
    let jobs: Vec<JobAt> = jobs.into_iter().map(|job| job.at(now)).collect();
    let envelope = page.envelope(&jobs, behaviour.null_when_empty);
    Ok(message::json(StatusCode::OK, &envelope))
}

fn sorted<'a>(jobs: Vec<&'a Job>, keys: &[String], now: Timestamp) -> Vec<&'a Job> {
    if keys.is_empty() {
        return jobs;
    }
    let mut rows: Vec<(&Job, Progress)> =
        jobs.into_iter().map(|job| (job, job.progress(now))).collect();
    sort::sort_by_keys(&mut rows, keys, compare);
    rows.into_iter().map(|(job, _)| job).collect()
}

fn compare(key: &str, (a, at): &(&Job, Progress), (b, bt): &(&Job, Progress)) -> Ordering {
    match key {
        "id" | "uri" => a.id.cmp(&b.id),
        "createdAt" => a.created_at.cmp(&b.created_at),
        "updatedAt" => at.updated_at.cmp(&bt.updated_at),
        "completed_at" => at.completed_at.cmp(&bt.completed_at),
        "overall_status" => at.status.cmp(&bt.status),
        "operation" => a.operation.cmp(&b.operation),
        "abort" => at.abort.cmp(&bt.abort),
        _ => Ordering::Equal,
    }
}
