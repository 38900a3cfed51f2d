//! The jobs of the demo: three weeks of jobs, some in progress, one stalled, one huge.

use std::time::Duration;

use jiff::Timestamp;

use super::jobs::{job_of, jobs};
use crate::family::by_path;
use crate::job::{Failures, Job};
use crate::random::Random;
use crate::time::before;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// The id of the huge job of the demo, an AWS synchronization.
pub const HUGE_ID: &str = "c0ffee00-5eed-4a0b-8c1d-000000100000";

/// `count` jobs of the last three weeks, one AWS synchronization of `items` items, and one job of each
/// interesting state.
pub fn demo(seed: u64, count: usize, items: usize, now: Timestamp) -> Vec<Job> {
    let mut demo = jobs(seed, count, now, 21 * DAY);
    let mut random = Random::new(seed ^ 0xde30);
    let mut add = |path: &str, ago: u64, seconds: u64, items: usize, change: fn(Job) -> Job| {
        let created = before(now, Duration::from_secs(ago));
        if let Some(family) = by_path(path) {
            let mut job = job_of(family, &mut random, created, items);
            (job.domain, job.aborted_at, job.final_status) = (0, None, "completed".into());
            job.duration = Duration::from_millis(1000 * seconds + 417);
            demo.push(change(job));
        }
    };
    add("aws/synchronization-jobs", 5400, 2400, items, |mut job| {
        HUGE_ID.clone_into(&mut job.id);
        job.with_failures(Failures::PerMille { seed: 7, rate: 12 })
    });
    add("aws/synchronization-jobs", 95, 600, 48, |job| job.with_failures(Failures::None));
    add("aws/bulkjob", 40, 240, 100, |job| {
        job.with_failures(Failures::PerMille { seed: 3, rate: 60 })
    });
    add("azure/bulkjobs", 20, 300, 60, |job| job);
    add("google/synchronization-jobs", 30, 400, 8, |job| job);
    add("google/update-all-versions-jobs", 15, 500, 9, |job| job.with_failures(Failures::None));
    add("google/synchronization-jobs", 11 * 3600, 7200, 6, |job| {
        let stalled_at = job.created_at + Duration::from_secs(2600);
        job.stalled_at(stalled_at)
    });
    demo
}
