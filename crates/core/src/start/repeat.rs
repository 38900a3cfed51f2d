//! How much a start does that repeats the failed items of a job.
//!
//! The items of an AWS synchronization are `<account>/<region>`, and a start takes names of KMS and regions, which it
//! combines (CONTRACT.md 2.2, 3): what failed in one account is repeated in all.

use std::collections::HashSet;

use crate::family::{Family, NameMatch, Requested};
use crate::format::text::{group_digits, last_segment, pluralize};
use crate::job::Job;
use crate::job::item_status::ItemStatus;
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
    /// The repetition of what failed of `job` of `family`.
    pub fn new(family: &Family, job: &Job) -> Self {
        let Some(requested) = family.requested else {
            return Self::default();
        };
        let (names, unknown) = failed_names(requested, job);
        let failed = names.len();
        let names = names.into_iter().collect::<HashSet<_>>().len();
        let containers = match requested.name_match {
            NameMatch::Exact => 1,
            NameMatch::LastSegment => job.list(CONTAINERS).len().max(1),
        };
        Self { failed, unknown, started: names.saturating_mul(containers) }
    }

    /// The label of the link to the form, with the number of items that the start works on.
    pub fn label(self, family: &Family) -> String {
        let (one, many) = family.item_nouns;
        let (failed, started) = (group_digits(self.failed), group_digits(self.started));
        if self.started == self.failed && self.unknown == 0 {
            format!("Start again for {failed} failed…")
        } else if self.started > self.failed {
            let started = pluralize(self.started, one, many);
            format!("Start again for {started}, {failed} of them failed…")
        } else {
            let all = group_digits(self.failed + self.unknown);
            format!("Start again for {started} of {all} failed…")
        }
    }
}

/// The failed items of `job` that are in its request, by their names there, and the number of the others.
pub(super) fn failed_names(requested: Requested, job: &Job) -> (Vec<&str>, usize) {
    let known: HashSet<String> = job.list(requested.member).into_iter().collect();
    let failed = job.items.names_of(ItemStatus::Failed).map(|name| match requested.name_match {
        NameMatch::Exact => name,
        NameMatch::LastSegment => last_segment(name),
    });
    let (names, unknown): (Vec<&str>, Vec<&str>) = failed.partition(|name| known.contains(*name));
    (names, unknown.len())
}
