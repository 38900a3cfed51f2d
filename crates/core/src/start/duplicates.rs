//! Further jobs that one start may have created.
//!
//! A browser repeats a request, even a POST, when a reused connection breaks without an answer. The page
//! cannot notice or prevent this, but the list of jobs shows it.

use crate::family::Family;
use crate::job::Job;

/// How many of the newest jobs are searched.
pub const SEARCHED_JOBS: usize = 100;

/// Two jobs of one start are created at most this many milliseconds apart, plus the wait for the answer.
const SLACK_MS: i64 = 2_000;

/// The ids of the jobs in `listed` that report the same request as `started` and were created at the same
/// time. The start waited `waited_ms` milliseconds for its answer.
pub fn duplicates(family: &Family, started: &Job, listed: &[Job], waited_ms: i64) -> Vec<String> {
    let fields = family.start.map_or(&[][..], |api| api.fields);
    let reported: Vec<&str> =
        fields.iter().map(|field| field.job_member).filter(|member| !member.is_empty()).collect();
    let (Some(id), Some(created)) = (started.id(), started.created_at()) else {
        return Vec::new();
    };
    // If jobs do not report what was requested, all of them look alike.
    let is_unreported =
        fields.iter().any(|field| !field.parent.is_empty() && field.job_member.is_empty());
    if is_unreported || reported.iter().all(|member| started.raw(member).is_none()) {
        return Vec::new();
    }
    listed
        .iter()
        .filter(|job| {
            let apart_ms = job.created_at().map(|other| created.ms_since(other));
            apart_ms.is_some_and(|apart| (-SLACK_MS..=waited_ms + SLACK_MS).contains(&apart))
                && reported.iter().all(|member| started.raw(member) == job.raw(member))
        })
        .filter_map(Job::id)
        .filter(|other| *other != id)
        .collect()
}
