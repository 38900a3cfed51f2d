//! How many items of a job have each status, and the progress of the job.

use std::cmp::Reverse;

use crate::family::Family;
use crate::job::Job;
use crate::job::item_status::ItemStatus;
use crate::job::items::{ItemText, Items};

/// The number of items of each status, in the order of [`ItemStatus::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemCounts([usize; ItemStatus::ALL.len()]);

impl ItemCounts {
    /// Counts `items`.
    pub fn new(items: &Items) -> Self {
        Self(ItemStatus::ALL.map(|status| items.count(status)))
    }

    /// Counts the items of a job of `family`, and the requested ones that it has not reported. Not for a
    /// job from `with_unreported`, which contains those already. Reads the whole request: call it once per answer.
    pub fn for_job(job: &Job, family: &Family) -> Self {
        let unreported = job.unreported(family).len();
        Self(ItemStatus::ALL.map(|status| match status {
            ItemStatus::Unreported => job.items.count(status) + unreported,
            _ => job.items.count(status),
        }))
    }

    /// The statuses that items have, with their numbers, most urgent first.
    pub fn non_zero(&self) -> impl Iterator<Item = (ItemStatus, usize)> {
        ItemStatus::ALL.into_iter().zip(self.0).filter(|&(_, count)| count > 0)
    }

    /// The number of items of `status`.
    pub fn get(&self, status: ItemStatus) -> usize {
        self.non_zero().find(|&(own, _)| own == status).map_or(0, |(_, count)| count)
    }

    /// The number of problems, of which [`ItemStatus::is_problem`] has the rule.
    pub fn problems(&self, is_finished: bool) -> usize {
        let problems = self.non_zero().filter(|(status, _)| status.is_problem(is_finished));
        problems.map(|(_, count)| count).sum()
    }

    /// The number of successes: every item that would be no problem in a finished job.
    pub fn succeeded(&self) -> usize {
        self.total() - self.problems(true)
    }

    /// The number of all items.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

/// The progress of a job: how many items or versions are finished, successfully or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The number of finished ones.
    pub done: usize,
    /// The number of all.
    pub total: usize,
}

impl Progress {
    /// The progress of `job`, which is of `family` and has items of `counts`: in versions if the job counts
    /// them, otherwise in items. `None` if there is nothing to count.
    pub fn for_job(job: &Job, family: &Family, counts: ItemCounts) -> Option<Self> {
        let progress = if let Some(member) = family.version_count_member {
            Self { done: job.completed_versions().len(), total: job.text(member)?.parse().ok()? }
        } else {
            let open = counts.get(ItemStatus::Running) + counts.get(ItemStatus::Unreported);
            Self { done: counts.total() - open, total: counts.total() }
        };
        (progress.total > 0).then_some(progress)
    }
}

/// One status text and how many items have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCount {
    /// The value as JSON, which distinguishes values with the same text; empty for a text of the console.
    pub raw: Box<str>,
    /// The text for people.
    pub text: String,
    /// What it probably means.
    pub status: ItemStatus,
    /// The number of items that have it.
    pub count: usize,
}

impl TextCount {
    /// The `max` most frequent texts of `items`, most frequent first. A job may have as many texts as items.
    pub fn most_frequent(items: &Items, max: usize) -> Vec<Self> {
        let texts = items.texts().iter().enumerate();
        let mut texts: Vec<(usize, &ItemText)> = texts.filter(|(_, text)| text.count > 0).collect();
        // Equally frequent texts stay in the order of their first appearance.
        texts.sort_unstable_by_key(|(index, text)| (Reverse(text.count), *index));
        texts
            .into_iter()
            .take(max)
            .map(|(_, text)| Self {
                raw: text.raw.clone(),
                text: text.text.to_string(),
                status: text.status,
                count: text.count,
            })
            .collect()
    }
}
