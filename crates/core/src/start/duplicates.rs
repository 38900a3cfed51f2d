//! Jobs that the same start may have created besides its own.
//!
//! A browser repeats a request, even a POST, when a connection that it reused breaks without an answer. The
//! page is not told and cannot prevent it, but the list of jobs shows it.

use crate::family::Family;
use crate::job::Job;

/// How many of the newest jobs are searched.
pub const SEARCHED_JOBS: usize = 100;

/// How far apart two jobs of one start may be, beyond the time until the answer, in milliseconds.
const SLACK_MS: i64 = 2_000;

/// The ids of the jobs in `listed` that report the same request as `own` and were created at the same time.
/// `waited_ms` is how long the start waited for its answer, in milliseconds.
pub fn duplicates(family: &Family, own: &Job, listed: &[Job], waited_ms: i64) -> Vec<String> {
    let fields = family.start.map_or(&[][..], |api| api.fields);
    let reported: Vec<&str> =
        fields.iter().map(|field| field.job_member).filter(|member| !member.is_empty()).collect();
    let (Some(id), Some(created)) = (own.id(), own.created_at()) else {
        return Vec::new();
    };
    // If jobs do not report what was requested, any two would look alike.
    let is_unreported =
        fields.iter().any(|field| !field.parent.is_empty() && field.job_member.is_empty());
    if is_unreported || reported.iter().all(|member| own.raw(member).is_none()) {
        return Vec::new();
    }
    listed
        .iter()
        .filter(|job| {
            let apart_ms = job.created_at().map(|other| created.ms_since(other));
            apart_ms.is_some_and(|apart| (-SLACK_MS..=waited_ms + SLACK_MS).contains(&apart))
                && reported.iter().all(|member| own.raw(member) == job.raw(member))
        })
        .filter_map(Job::id)
        .filter(|other| *other != id)
        .collect()
}
