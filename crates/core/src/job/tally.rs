//! How many items or versions of a job succeeded, failed or are open: the segments of its bar.

use crate::family::Family;
use crate::job::Job;
use crate::job::counts::ItemCounts;
use crate::job::item_status::ItemStatus;

/// The items of a job by what became of them. In families that count versions (CONTRACT.md 2.4), each version counts
/// instead of the list of versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Succeeded.
    pub succeeded: usize,
    /// Failed.
    pub failed: usize,
    /// Reported with a text that the console does not recognise.
    pub other: usize,
    /// Reported as in progress.
    pub running: usize,
    /// Requested, and not reported yet.
    pub waiting: usize,
}

impl Tally {
    /// The tally of `job`, which is of `family` and has items of `counts`.
    pub fn new(job: &Job, family: &Family, counts: &ItemCounts) -> Self {
        let mut tally = Self::default();
        counts.non_zero().for_each(|(status, count)| tally.add(status, count));
        let versions =
            family.version_count_member.and_then(|member| job.text(member)?.parse().ok());
        let Some(versions) = versions else { return tally };
        let completed = job.completed_versions().len();
        // The text beside the list is about the key, not about a version.
        Self { succeeded: completed, waiting: usize::saturating_sub(versions, completed), ..tally }
    }

    /// Adds `count` items of `status`.
    pub fn add(&mut self, status: ItemStatus, count: usize) {
        let of_status = match status {
            ItemStatus::Done | ItemStatus::List => &mut self.succeeded,
            ItemStatus::Failed => &mut self.failed,
            ItemStatus::Other => &mut self.other,
            ItemStatus::Running => &mut self.running,
            ItemStatus::Unreported => &mut self.waiting,
        };
        *of_status += count;
    }

    /// The number of all.
    pub fn total(self) -> usize {
        self.finished() + self.running + self.waiting
    }

    /// The number of those with a result.
    pub fn finished(self) -> usize {
        self.succeeded + self.failed + self.other
    }

    /// The number of problems. In a finished job everything that is not a success is one; while a job runs, only what
    /// failed.
    pub fn problems(self, is_finished: bool) -> usize {
        if is_finished { self.total() - self.succeeded } else { self.failed }
    }
}

impl FromIterator<ItemStatus> for Tally {
    fn from_iter<T: IntoIterator<Item = ItemStatus>>(statuses: T) -> Self {
        let mut tally = Self::default();
        statuses.into_iter().for_each(|status| tally.add(status, 1));
        tally
    }
}
