//! One job of each state that the demo world shows: running, stuck, cancelling, cancelled, an unknown
//! word, and one with very many items.

use std::time::Duration;

use jiff::Timestamp;

use super::job;
use crate::family::by_path;
use crate::generate::HUGE_ID;
use crate::job::{Cause, Failures, Job, PlannedFailures};
use crate::time::{after, before};

/// The jobs; `items` is the number of items of the largest one.
pub fn jobs(now: Timestamp, items: usize) -> Vec<Job> {
    let minutes = |count: u64| Duration::from_secs(60 * count);
    let mut jobs = Vec::new();
    let mut add = |path: &str, count: usize, ago: u64, takes: u64, change: &dyn Fn(&mut Job)| {
        let Some(family) = by_path(path) else { return };
        let created = before(now, minutes(ago) + Duration::from_millis(417));
        let mut job =
            job(family, &format!("{path} {ago}"), count, created).with_duration(minutes(takes));
        change(&mut job);
        jobs.push(job);
    };
    let failing = |causes: &[(&str, u16)]| {
        let known = causes.iter().filter_map(|(name, rate)| Some((Cause::by_name(name)?, *rate)));
        let rates = known.collect();
        Failures::Planned(PlannedFailures { seed: 7, rates, ..PlannedFailures::default() })
    };
    add("aws/bulkjob", items, 26 * 60, 40, &|job| {
        HUGE_ID.clone_into(&mut job.id);
        job.failures =
            failing(&[("aws-access-denied", 6), ("aws-throttling", 4), ("aws-invalid-state", 2)]);
    });
    add("aws/bulkjob", 2400, 6, 40, &|job| {
        job.failures = failing(&[("aws-throttling", 25), ("aws-access-denied", 8)]);
    });
    add("google/synchronization-jobs", 8, 2, 12, &|_| {});
    add("azure/synchronization-jobs", 10, 7 * 60, 30, &|job| {
        job.stalled_at = Some(after(job.created_at, minutes(13)));
    });
    add("oci/synchronization-jobs", 4, 21, 60, &|job| {
        job.aborted_at = Some(after(job.created_at, minutes(18)));
        job.cancel_duration = minutes(120);
    });
    add("aws/synchronization-jobs", 24, 31 * 60, 15, &|job| {
        job.aborted_at = Some(after(job.created_at, minutes(6)));
    });
    add("dsm/refresh", 4, 50 * 60, 4, &|job| job.final_status = "suspended".into());
    jobs
}
