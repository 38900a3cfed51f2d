//! The keys of a batch with their known statuses, over all of its jobs, as one list of items. In memory only.

use std::collections::HashMap;
use std::time::Duration;

use crate::batch::{Batch, ChunkState};
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::counts::ItemCounts;
use crate::job::item_status::ItemStatus;
use crate::job::items::Items;
use crate::job::known::JobState;
use crate::job::status::JobStatus;
use crate::job::tally::Tally;
use crate::poll::retry_missing;

/// The texts that the console shows for a key until the key's job reports its status.
const WAITING: &str = "waiting: no job was started for it yet";
const SENT: &str = "waiting: its job is being started";
const UNKNOWN: &str = "unknown: the answer to the start of its job was lost";
const REFUSED: &str = "not done: the server refused to start its job";
const UNREAD: &str = "its job was started, and has not been read yet";
const UNREPORTED: &str = "not reported";

/// The last known state of the job of a chunk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JobSnapshot {
    /// Its status; `None` until it was read.
    pub status: Option<JobStatus>,
    /// Its `overall_status`.
    pub status_text: Option<String>,
    /// Whether a cancellation was requested.
    pub is_abort_requested: bool,
    /// Its `updatedAt`.
    pub updated: Option<Timestamp>,
    /// The number of its items that are not keys of the chunk.
    pub foreign_items: usize,
    /// Why the last request for it failed, until one succeeds.
    pub error: Option<String>,
    /// How many answers in a row were 404, although the job was started.
    pub misses: u32,
}

impl JobSnapshot {
    fn state(&self) -> Option<JobState> {
        let Self { is_abort_requested, updated, .. } = *self;
        Some(JobState { status: self.status?, is_abort_requested, updated })
    }

    /// Whether the job may still change. Whether a job with an unknown status has ended, only `answer` tells.
    fn may_change(&self, answer: &Job) -> bool {
        let status = self.status.unwrap_or(JobStatus::Unknown);
        status.is_running() || status == JobStatus::Unknown && answer.may_run()
    }

    fn set_abort(&mut self, is_abort_requested: bool) {
        self.is_abort_requested = is_abort_requested;
        if is_abort_requested {
            self.status = self.status.map(JobStatus::after_abort);
        }
    }
}

/// All keys of a batch with their known statuses.
#[derive(Clone, Debug, Default)]
pub struct KeyTable {
    items: Items,
    chunks: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    /// The index of the chunk's first key.
    first: usize,
    /// The text that the console shows for its keys until the job was read.
    text: &'static str,
    job: JobSnapshot,
}

impl KeyTable {
    /// The keys of `batch`. None of its jobs were read yet.
    pub fn new(batch: &Batch) -> Self {
        let mut table = Self::default();
        for chunk in batch.chunks() {
            table.chunks.push(Row {
                first: table.items.len(),
                text: WAITING,
                job: JobSnapshot::default(),
            });
            for key in &chunk.keys {
                table.items.extend_name(key);
                table.items.push_derived(WAITING, ItemStatus::Unreported);
            }
        }
        table.update(batch);
        table
    }

    /// All keys, in the order of the batch.
    pub fn items(&self) -> &Items {
        &self.items
    }

    /// The last known state of the job of the chunk at `index`.
    pub fn job(&self, index: usize) -> JobSnapshot {
        let row = self.chunks.get(index);
        row.map(|row| row.job.clone()).unwrap_or_default()
    }

    /// What became of the keys of the chunk at `index`.
    pub fn tally(&self, index: usize) -> Tally {
        let first = |index: usize| self.chunks.get(index).map(|row| row.first);
        let Some(start) = first(index) else { return Tally::default() };
        let end = first(index + 1).unwrap_or(self.items.len());
        (start..end).filter_map(|item| self.items.text(item)).map(|text| text.status).collect()
    }

    /// What became of all keys.
    pub fn total(&self) -> Tally {
        let mut total = Tally::default();
        self.items.texts().iter().for_each(|text| total.add(text.status, text.count));
        total
    }

    /// Whether the job of the chunk at `index` runs, as far as is known: it was not read yet, or was running. One with
    /// an unknown status is fetched less often, as on its own page.
    pub fn is_running(&self, index: usize) -> bool {
        let status = self.chunks.get(index).and_then(|row| row.job.status);
        status.is_none_or(JobStatus::is_running)
    }

    /// The index of the chunk that the key at `index` belongs to.
    pub fn chunk_of(&self, index: usize) -> usize {
        let next = self.chunks.partition_point(|row| row.first <= index);
        next.saturating_sub(1)
    }

    /// Updates the table to the progress of the chunks of `batch`. Keeps the statuses that jobs reported.
    pub fn update(&mut self, batch: &Batch) {
        for (chunk, row) in batch.chunks().iter().zip(&mut self.chunks) {
            let (text, status) = match &chunk.state {
                ChunkState::Waiting => (WAITING, ItemStatus::Unreported),
                ChunkState::Sent => (SENT, ItemStatus::Unreported),
                ChunkState::Lost | ChunkState::Unknown => (UNKNOWN, ItemStatus::Unreported),
                ChunkState::Refused(_) => (REFUSED, ItemStatus::Failed),
                ChunkState::Started(_) => (UNREAD, ItemStatus::Unreported),
            };
            if row.text != text {
                row.text = text;
                row.job = JobSnapshot::default();
                for index in row.first..row.first + chunk.keys.len() {
                    self.items.set_derived(index, text, status);
                }
            }
        }
    }

    /// Takes over the statuses that `job`, the job of the chunk at `index`, reports. Returns whether the job may still
    /// change by what is known of it, because the answer may be older.
    pub fn read(&mut self, batch: &Batch, index: usize, job: &Job) -> bool {
        let (Some(chunk), Some(row)) = (batch.chunks().get(index), self.chunks.get_mut(index))
        else {
            return job.may_run();
        };
        // The batch may have been loaded again while the request was in flight.
        if chunk.job_id().is_none() {
            return job.may_run();
        }
        let answer = JobState::from(job);
        let is_abort_requested = row.job.is_abort_requested || answer.is_abort_requested;
        let known = row.job.state();
        row.job.error = None;
        row.job.misses = 0;
        if known.is_some_and(|known| known.is_newer_than(answer)) {
            row.job.set_abort(is_abort_requested);
            return row.job.may_change(job);
        }
        let keys = chunk.keys.iter().map(String::as_str);
        let index_of: HashMap<&str, usize> = keys.zip(row.first..).collect();
        for &index in index_of.values() {
            self.items.set_derived(index, UNREPORTED, ItemStatus::Unreported);
        }
        let mut foreign_items = 0;
        for item in 0..job.items.len() {
            match (index_of.get(job.items.name(item)), job.items.text(item)) {
                (Some(&index), Some(text)) => self.items.set(index, &text.raw),
                _ => foreign_items += 1,
            }
        }
        row.job = JobSnapshot {
            status: Some(job.status()),
            status_text: job.status_text(),
            updated: answer.updated,
            foreign_items,
            ..JobSnapshot::default()
        };
        row.job.set_abort(is_abort_requested);
        row.job.may_change(job)
    }

    /// The server answered 404 for the job of the chunk at `index`, which was started. Returns the wait before the
    /// job is requested again; `None` if it is gone.
    pub fn missing(&mut self, index: usize) -> Option<Duration> {
        let row = self.chunks.get_mut(index)?;
        row.job.misses = row.job.misses.saturating_add(1);
        row.job.error = None;
        retry_missing(row.job.misses)
    }

    /// The job of the chunk at `index` could not be read, for this reason.
    pub fn fail(&mut self, index: usize, reason: String) {
        if let Some(row) = self.chunks.get_mut(index) {
            row.job.error = Some(reason);
        }
    }

    /// The number of keys in each status.
    pub fn counts(&self) -> ItemCounts {
        ItemCounts::new(&self.items)
    }

    /// The keys that failed, including those whose start was refused.
    pub fn failed(&self) -> Vec<String> {
        self.items.names_of(ItemStatus::Failed).map(str::to_owned).collect()
    }
}
