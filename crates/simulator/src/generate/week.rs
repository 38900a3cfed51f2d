//! The demo world of `make run`: eight days of an appliance, with causes that repeat from job to job.

mod causes;
mod schedules;
mod states;

use std::time::Duration;

use jiff::Timestamp;

use super::jobs::job_of;
use crate::family::{Family, by_path};
use crate::inventory::{Kind, REGIONS, name};
use crate::job::{Items, Job};
use crate::random::{Random, at, hash};
use crate::scheduler::Scheduler;
use crate::time::{after, before};

const HOUR: Duration = Duration::from_secs(60 * 60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How many days the world comprises.
const DAYS: u64 = 8;

/// Jobs that are started by hand each day: family, number of items, hours and minutes (UTC), and minutes
/// that it takes.
const BY_HAND: &[(&str, usize, u64, u64, u64)] = &[
    ("aws/synchronization-jobs", 24, 9, 12, 14),
    ("aws/synchronization-jobs", 24, 16, 41, 13),
    ("aws/bulkjob", 60, 10, 5, 4),
    ("aws/bulkjob", 25, 14, 33, 2),
    ("aws/custom-key-stores/synchronization-jobs", 6, 11, 20, 3),
    ("azure/secrets/synchronization-jobs", 10, 8, 2, 9),
    ("azure/certificates/synchronization-jobs", 10, 8, 14, 7),
    ("azure/bulkjobs", 40, 15, 8, 5),
    ("google/update-all-versions-jobs", 9, 13, 27, 2),
    ("sap/keys/jobs", 12, 12, 44, 2),
    ("sfdc/certificates/synchronization-jobs", 3, 7, 30, 2),
    ("dsm/refresh", 4, 17, 16, 6),
    ("external-cm/refresh", 3, 18, 3, 5),
];

/// The jobs and the schedules of the eight days before `now`, with runs. `items` is the number of items of
/// the largest job. The same time gives the same world.
pub fn week(now: Timestamp, items: usize) -> (Vec<Job>, Scheduler) {
    let (scheduler, mut jobs) = schedules::with_jobs(now);
    jobs.extend(by_hand(now));
    jobs.extend(states::jobs(now, items));
    (jobs, scheduler)
}

fn by_hand(now: Timestamp) -> Vec<Job> {
    let today =
        before(now, Duration::from_secs(now.as_second().rem_euclid(24 * 60 * 60).unsigned_abs()));
    let mut jobs = Vec::new();
    for (path, items, hour, minute, minutes) in BY_HAND {
        let Some(family) = by_path(path) else { continue };
        for day in 0..=DAYS {
            let time = Duration::from_secs((hour * 60 + minute) * 60 + day * 37 % 60);
            let created = after(before(today, DAY * u32::try_from(day).unwrap_or(0)), time);
            let took = Duration::from_secs(minutes * 60 + at(*hour, day) % 40);
            if created < before(now, 8 * DAY) || after(created, took) > now {
                continue;
            }
            let job = job(family, &format!("{path} {hour}"), *items, created);
            jobs.push(causes::assign(job.with_duration(took), now, day));
        }
    }
    jobs
}

/// A job of a recurring scope, which `series` selects; its failures follow.
fn job(family: &'static Family, series: &str, items: usize, created_at: Timestamp) -> Job {
    let mut random = Random::new(hash(series));
    let mut job = job_of(family, &mut random, created_at, items);
    job.id = Random::new(hash(series) ^ created_at.as_second().unsigned_abs()).uuid();
    (job.domain, job.application, job.aborted_at) = (0, false, None);
    (job.failures, job.final_status) = (crate::job::Failures::None, "completed".into());
    if family.path.starts_with("aws/") && family.kind == "synchronize" {
        job.items = accounts(items);
    }
    job
}

/// Two accounts with the same regions, one of which is the account whose role lost a permission.
fn accounts(items: usize) -> Items {
    let kms = (0..2).map(|index| name(Kind::Kms, index).into_owned()).collect();
    let regions = REGIONS.iter().take(items / 2).map(|region| (*region).to_owned()).collect();
    Items::Grid { kms, regions }
}
