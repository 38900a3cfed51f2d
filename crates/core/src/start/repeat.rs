//! How much a start does that repeats the problems of a job.
//!
//! The items of an AWS synchronization are `<account>/<region>`, and a start takes names of KMS and regions, which it
//! combines (CONTRACT.md 2.2, 3): what failed in one account is repeated in all.

use std::collections::HashSet;

use crate::family::{Family, NameMatch, Requested};
use crate::format::text::{group_digits, last_segment, pluralize};
use crate::job::Job;
use crate::start::summary::CONTAINERS;

/// The size of a start that repeats the failed items of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeat {
    /// The number of failed items whose name is in the request of the job, so that they can be repeated.
    pub failed: usize,
    /// The number of failed items that cannot be repeated.
    pub unknown: usize,
    /// The number of items that the start works on.
    pub started: usize,
}

impl Repeat {
    /// The repetition of the problems of `job` of `family`: of all, or of those with the cause of the key `cause`.
    pub fn new(family: &Family, job: &Job, cause: Option<&str>) -> Self {
        let Some(requested) = family.requested else {
            return Self::default();
        };
        let (names, unknown) = failed_names(requested, job, cause);
        let failed = names.len();
        let names = names.into_iter().collect::<HashSet<_>>().len();
        let started = match requested.name_match {
            NameMatch::Exact => names,
            NameMatch::LastSegment => {
                start_count(job.list(CONTAINERS).iter().collect::<HashSet<_>>().len(), names)
            }
        };
        Self { failed, unknown, started }
    }

    /// Whether one start works on more than what failed, so that several may work on less.
    pub fn is_excessive(self) -> bool {
        self.started > self.failed
    }

    /// The label of the link to what repeats the failed items; `None` if none of them can be repeated.
    pub fn label(self) -> Option<String> {
        let all = self.failed + self.unknown;
        let repeated = self.failed.min(self.started);
        let (count, of) = (group_digits(repeated), group_digits(all));
        (repeated > 0).then(|| {
            if repeated == all {
                retry_label(all)
            } else {
                format!("Retry {count} of {of} failed items…")
            }
        })
    }
}

/// The label of every link that repeats `count` problems.
pub fn retry_label(count: usize) -> String {
    format!("Retry {}…", pluralize(count, "failed item", "failed items"))
}

/// The number of items that a start of `regions` in `kms` works on, if each KMS and each region is counted once. A job
/// that reports no KMS had at least one.
pub(super) fn start_count(kms: usize, regions: usize) -> usize {
    kms.max(1).saturating_mul(regions)
}

/// The problems of `job`, or those of a `cause`, that are in its request, by their names there, and the number of the
/// others.
pub(super) fn failed_names<'a>(
    requested: Requested,
    job: &'a Job,
    cause: Option<&str>,
) -> (Vec<&'a str>, usize) {
    let known: HashSet<String> = job.list(requested.member).into_iter().collect();
    let failed = job.problem_names(cause).map(|name| match requested.name_match {
        NameMatch::Exact => name,
        NameMatch::LastSegment => last_segment(name),
    });
    let (names, unknown): (Vec<&str>, Vec<&str>) = failed.partition(|name| known.contains(*name));
    (names, unknown.len())
}
