//! How many items of a job stand how, and how far the job is.

use crate::family::Family;
use crate::job::Job;
use crate::job::item_status::ItemStatus;
use crate::job::items::Items;
use crate::job::items_view::sort;

/// The number of items of each class, in the order of [`ItemStatus::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ItemCounts([usize; ItemStatus::ALL.len()]);

impl ItemCounts {
    /// Counts `items`.
    pub fn new(items: &Items) -> Self {
        Self(ItemStatus::ALL.map(|class| items.count(class)))
    }

    /// Counts the items of a job of `family`, those included that it has not reported: for a job
    /// that has not got them among its items. Reads all that was asked for, so once an answer.
    pub fn for_job(job: &Job, family: &Family) -> Self {
        let mut counts = Self::new(&job.items);
        let unreported = job.unreported(family).len();
        for (class, count) in ItemStatus::ALL.iter().zip(&mut counts.0) {
            if *class == ItemStatus::Unreported {
                *count += unreported;
            }
        }
        counts
    }

    /// The classes that have items, with their numbers, those first that want attention.
    pub fn non_zero(&self) -> impl Iterator<Item = (ItemStatus, usize)> {
        let counts = ItemStatus::ALL.into_iter().zip(self.0);
        counts.filter(|&(_, count)| count > 0)
    }

    /// The number of items of `class`.
    pub fn get(&self, class: ItemStatus) -> usize {
        let mut present = self.non_zero();
        present
            .find(|(own, _)| *own == class)
            .map_or(0, |(_, count)| count)
    }

    /// The number of all items.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}

/// How far a job is: how many of how many are over, however they ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// How many are over.
    pub done: usize,
    /// How many there are.
    pub total: usize,
}

impl Progress {
    /// The progress of `job`, which is of `family` and whose items are `counts`: by versions where
    /// the job counts them, otherwise by items. `None` where there is nothing to count.
    pub fn for_job(job: &Job, family: &Family, counts: ItemCounts) -> Option<Self> {
        let progress = if let Some(member) = family.version_count_member {
            Self {
                done: job.completed_versions().len(),
                total: job.text(member)?.parse().ok()?,
            }
        } else {
            let open = counts.get(ItemStatus::Running) + counts.get(ItemStatus::Unreported);
            Self {
                done: counts.total() - open,
                total: counts.total(),
            }
        };
        (progress.total > 0).then_some(progress)
    }
}

/// One status text and how many items have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCount {
    /// The value as JSON, which tells apart values that read alike; empty for a text of the console.
    pub raw: Box<str>,
    /// The text as people read it.
    pub text: String,
    /// What it probably means.
    pub status: ItemStatus,
    /// How many items have it.
    pub count: usize,
}

impl TextCount {
    /// The `most` most frequent texts of `items`, most frequent first; a job may have as many
    /// texts as items.
    pub fn most_frequent(items: &Items, most: usize) -> Vec<Self> {
        let texts = items.texts();
        let in_use = (0..).zip(texts).filter(|(_, text)| text.count > 0);
        let mut order: Vec<u32> = in_use.map(|(index, _)| index).collect();
        let count = |index: u32| texts[index as usize].count;
        sort(&mut order, &|a, b| count(b).cmp(&count(a)));
        let texts = order.into_iter().take(most).map(|index| {
            let text = &texts[index as usize];
            Self {
                raw: text.raw.clone(),
                text: text.text.to_string(),
                status: text.status,
                count: text.count,
            }
        });
        texts.collect()
    }
}
