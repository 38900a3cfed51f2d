//! What became of each key of a batch, over all of its jobs, as one list of items.
//!
//! Read from the jobs and kept in memory only.

use std::collections::HashMap;

use crate::batch::{Batch, State};
use crate::job::Job;
use crate::job::counts::{Counts, Progress};
use crate::job::item_status::ItemStatus;
use crate::job::items::Items;
use crate::job::status::JobStatus;

/// What stands at a key until its job tells of it. The console's own words.
const WAITING: &str = "waiting: no job was started for it yet";
const SENT: &str = "waiting: its job is being started";
const UNKNOWN: &str = "unknown: the answer to the start of its job was lost";
const REFUSED: &str = "not done: the server refused to start its job";
const UNREAD: &str = "its job was started, and has not been read yet";
const UNREPORTED: &str = "not reported";

/// What is known of the job of a part.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobSnapshot {
    /// How it stands; `None` until it was read.
    pub standing: Option<JobStatus>,
    /// Its `overall_status`.
    pub status: Option<String>,
    /// How many of its items are none of the keys that were asked for.
    pub strange: usize,
    /// Why it could not be read the last time, until it can.
    pub error: Option<String>,
}

/// All keys of a batch with what became of them.
#[derive(Clone, Debug, Default)]
pub struct Table {
    items: Items,
    /// Of each part the index of its first key, what is shown of it, and of its job.
    parts: Vec<(usize, &'static str, JobSnapshot)>,
}

impl Table {
    /// The keys of `batch`, none of whose jobs were read.
    pub fn of(batch: &Batch) -> Self {
        let mut table = Self::default();
        for part in batch.parts() {
            let first = table.items.len();
            for key in &part.keys {
                table.items.extend_name(key);
                table.items.push_own(WAITING, ItemStatus::Unreported);
            }
            table.parts.push((first, WAITING, JobSnapshot::default()));
        }
        table.follow(batch);
        table
    }

    /// All keys, in the order of the batch.
    pub fn items(&self) -> &Items {
        &self.items
    }

    /// What is known of the job of `part`.
    pub fn news(&self, part: usize) -> JobSnapshot {
        let known = self.parts.get(part).map(|(_, _, news)| news.clone());
        known.unwrap_or_default()
    }

    /// The part that the key at `index` belongs to.
    pub fn part_of(&self, index: usize) -> usize {
        let behind = self.parts.partition_point(|(first, _, _)| *first <= index);
        behind.saturating_sub(1)
    }

    /// Takes over what became of the parts of `batch`. What the jobs told stays.
    pub fn follow(&mut self, batch: &Batch) {
        for (part, (first, shown, news)) in batch.parts().iter().zip(&mut self.parts) {
            let (now, class) = match &part.state {
                State::Waiting => (WAITING, ItemStatus::Unreported),
                State::Sent => (SENT, ItemStatus::Unreported),
                State::Lost | State::Unknown => (UNKNOWN, ItemStatus::Unreported),
                State::Refused(_) => (REFUSED, ItemStatus::Failed),
                State::Started(_) => (UNREAD, ItemStatus::Unreported),
            };
            if *shown != now {
                *shown = now;
                *news = JobSnapshot::default();
                for index in *first..*first + part.keys.len() {
                    self.items.set_own(index, now, class);
                }
            }
        }
    }

    /// Takes over what `job` tells of the keys of `part`, whose job it is.
    pub fn read(&mut self, batch: &Batch, part: usize, job: &Job) {
        let (Some(asked), Some((first, _, news))) =
            (batch.parts().get(part), self.parts.get_mut(part))
        else {
            return;
        };
        // Answered after the batch was read anew.
        if !matches!(asked.state, State::Started(_)) {
            return;
        }
        let keys = asked.keys.iter().map(String::as_str);
        let place: HashMap<&str, usize> = keys.zip(*first..).collect();
        for &index in place.values() {
            self.items
                .set_own(index, UNREPORTED, ItemStatus::Unreported);
        }
        let mut strange = 0;
        for at in 0..job.items.len() {
            match (place.get(job.items.name(at)), job.items.text(at)) {
                (Some(&index), Some(text)) => self.items.set(index, &text.raw),
                _ => strange += 1,
            }
        }
        *news = JobSnapshot {
            standing: Some(job.status()),
            status: job.overall_status(),
            strange,
            error: None,
        };
    }

    /// The job of `part` could not be read, for this reason.
    pub fn fail(&mut self, part: usize, why: String) {
        if let Some((_, _, news)) = self.parts.get_mut(part) {
            news.error = Some(why);
        }
    }

    /// How many keys stand how.
    pub fn counts(&self) -> Counts {
        Counts::of(&self.items)
    }

    /// How far all jobs are together; keys that no job was started for count as not finished.
    pub fn progress(&self) -> Progress {
        let counts = self.counts();
        let open = counts.get(ItemStatus::Running) + counts.get(ItemStatus::Unreported);
        let of = counts.total();
        let over = of - open;
        Progress { over, of }
    }

    /// The keys that failed, those included whose start was refused.
    pub fn failed(&self) -> Vec<String> {
        let all = 0..self.items.len();
        let failed = all.filter(|&index| {
            let text = self.items.text(index);
            text.is_some_and(|text| text.class == ItemStatus::Failed)
        });
        failed
            .map(|index| self.items.name(index).to_owned())
            .collect()
    }
}
