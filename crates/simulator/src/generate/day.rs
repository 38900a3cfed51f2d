//! A day for tests: 177 jobs of the families with lists, of which 28 have failures with known causes.

use std::time::Duration;

use jiff::Timestamp;

use super::jobs::job_of;
use crate::family::{FAMILIES, Family, Item};
use crate::inventory::count;
use crate::job::{Cause, Failures, Job, PlannedFailures};
use crate::random::Random;
use crate::time::before;

/// How many jobs the day has.
pub const DAY_JOBS: usize = 177;
/// How many of them have failed items: 4 end as `failed`, 1 as `error`, the others as `completed`.
pub const DAY_FAILURES: usize = 28;

/// The jobs of the 24 hours before `until`, the oldest first; all have ended by then, in the root domain.
/// [`Job::causes`] gives the causes of each. The same time gives the same jobs.
pub fn day(until: Timestamp) -> Vec<Job> {
    let families: Vec<_> = FAMILIES.iter().filter(|family| family.verbs.list).collect();
    let mut random = Random::new(177);
    let job = |index: usize| {
        let age = Duration::from_secs(400 + 485 * (DAY_JOBS - 1 - index) as u64);
        let family = families[index % families.len()];
        let mut job = job_of(family, &mut random, before(until, age), item_count(family));
        job.id = format!("da700000-0000-4000-8000-{index:012}");
        (job.domain, job.application, job.aborted_at) = (0, false, None);
        (job.failures, job.final_status) = (Failures::None, "completed".into());
        job.duration = Duration::from_secs(30 + 10 * (index % 30) as u64);
        match (index.checked_sub(3), index % 6) {
            (Some(failing), 3) if failing / 6 < DAY_FAILURES => fail(job, failing / 6),
            _ => job,
        }
    };
    (0..DAY_JOBS).map(job).collect()
}

/// The number of items of a job: all containers of a kind, or a usual number.
fn item_count(family: &Family) -> usize {
    match family.item {
        Item::Container(kind) => count(kind),
        Item::Region | Item::Uuid | Item::Version => 24,
    }
}

/// The job with failures; `number` selects its main cause, its status and the number of failed items.
fn fail(mut job: Job, number: usize) -> Job {
    if number == 12 {
        job.final_status = "error".into();
    } else if number % 7 == 6 {
        job.final_status = "failed".into();
    }
    let items = job.items.count();
    let all = job.final_status != "completed" || number.is_multiple_of(5);
    let failed = if all { items } else { items.div_ceil(3) };
    let causes: Vec<&'static Cause> = Cause::of_family(job.family.path).collect();
    let cause = |at: usize| causes[at % causes.len()];
    // Every fourth failed item has another cause, so that the main cause stays the most frequent one.
    let at =
        (0..failed).map(|index| (index, cause(number + usize::from(index % 4 == 3)))).collect();
    let seed = number as u64;
    job.failures = Failures::Planned(PlannedFailures { seed, at, ..PlannedFailures::default() });
    job
}
