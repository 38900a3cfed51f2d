//! How many items of a job stand how, and how far the job is.

use std::cmp::Reverse;

use super::class::Class;
use super::family::Family;
use super::items::{ItemText, Items};
use super::job::Job;

/// The number of items of each class, in the order of [`Class::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts([usize; Class::ALL.len()]);

impl Counts {
    /// Counts `items`.
    pub fn of(items: &Items) -> Self {
        Self(Class::ALL.map(|class| items.count(class)))
    }

    /// Counts the items of a job of `family`, those included that it has not reported.
    pub fn of_job(job: &Job, family: &Family) -> Self {
        let mut counts = Self::of(&job.items);
        let unreported = job.unreported(family).len();
        for (class, count) in Class::ALL.iter().zip(&mut counts.0) {
            if *class == Class::Unreported {
                *count += unreported;
            }
        }
        counts
    }

    /// The classes that have items, with their numbers, those first that want attention.
    pub fn present(&self) -> impl Iterator<Item = (Class, usize)> {
        let counts = Class::ALL.into_iter().zip(self.0);
        counts.filter(|&(_, count)| count > 0)
    }

    /// The number of items of `class`.
    pub fn get(&self, class: Class) -> usize {
        let mut present = self.present();
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
    pub over: usize,
    /// How many there are.
    pub of: usize,
}

impl Progress {
    /// The progress of a job of `family`: by versions where the job counts them, otherwise by
    /// items. `None` where there is nothing to count.
    pub fn of_job(job: &Job, family: &Family) -> Option<Self> {
        let progress = if let Some(member) = family.version_count {
            Self {
                over: job.versions_done().len(),
                of: job.shown(member)?.parse().ok()?,
            }
        } else {
            let counts = Counts::of_job(job, family);
            let open = counts.get(Class::Running) + counts.get(Class::Unreported);
            Self {
                over: counts.total() - open,
                of: counts.total(),
            }
        };
        (progress.of > 0).then_some(progress)
    }
}

/// One status text and how many items have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextCount {
    /// The text as people read it.
    pub text: String,
    /// What it probably means.
    pub class: Class,
    /// How many items have it.
    pub count: usize,
}

impl TextCount {
    /// The `most` most frequent texts of `items`, most frequent first; a job may have as many
    /// texts as items.
    pub fn most_frequent(items: &Items, most: usize) -> Vec<Self> {
        let mut texts: Vec<(usize, &ItemText)> = items.texts().iter().enumerate().collect();
        texts.sort_unstable_by_key(|(index, text)| (Reverse(text.count), *index));
        let texts = texts.into_iter().take(most).map(|(_, text)| Self {
            text: text.shown.to_string(),
            class: text.class,
            count: text.count,
        });
        texts.collect()
    }
}
