//! A job as one row of a list.

use std::collections::HashSet;

use crate::family::Family;
use crate::format::text::truncate;
use crate::format::time::Timestamp;
use crate::job::cause::MainCause;
use crate::job::counts::ItemCounts;
use crate::job::item_status::ItemStatus;
use crate::job::known::JobState;
use crate::job::outcome::{Outcome, StuckRule};
use crate::job::status::JobStatus;
use crate::job::tally::Tally;
use crate::job::title::{JobScope, title};
use crate::job::{Job, JobDuration};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// The family of the job.
    pub family: &'static Family,
    /// Unique on the page, and the same for the same job in every answer.
    pub key: String,
    /// The id, if the job has one that a URL path can contain.
    pub id: Option<String>,
    /// The status of the job.
    pub status: JobStatus,
    /// Whether the job may still change.
    pub may_run: bool,
    /// Whether a cancellation was requested.
    pub is_abort_requested: bool,
    /// `updatedAt`, if the job has it.
    pub updated: Option<Timestamp>,
    /// `overall_status` as received, shortened.
    pub status_text: Option<String>,
    /// When the job was created.
    pub created: Option<Timestamp>,
    /// How long the job ran.
    pub duration: JobDuration,
    /// What the job does: `Sync keys · AWS · crm`.
    pub title: String,
    /// What the job is about.
    pub scope: JobScope,
    /// What became of its items.
    pub tally: Tally,
    /// The most frequent cause of its problems, if it has any.
    pub cause: Option<MainCause>,
    /// What is special about the job on this page.
    pub note: Option<RowNote>,
}

/// What is special about a job on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowNote {
    /// The job was on another page when that page was seen.
    Repeated,
    /// The job does not match the filters of its list.
    Unmatched,
}

impl RowNote {
    /// The note on the row at `index`, if the rows at `repeated` were on another page before and those at `unmatched` do
    /// not match the filters.
    pub fn new(index: usize, repeated: &[usize], unmatched: &[usize]) -> Option<Self> {
        let is_repeated = repeated.contains(&index).then_some(Self::Repeated);
        unmatched.contains(&index).then_some(Self::Unmatched).or(is_repeated)
    }

    /// The text on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Repeated => "Seen on another page",
            Self::Unmatched => "Does not match the filter",
        }
    }
}

impl JobRow {
    /// The rows of `jobs`, which are of `family`; those at the indices `repeated` were on another page before, and those
    /// at `unmatched` do not match the filters.
    pub fn all(
        jobs: &[Job],
        family: &'static Family,
        repeated: &[usize],
        unmatched: &[usize],
    ) -> Vec<Self> {
        let mut keys = HashSet::new();
        let rows = jobs.iter().enumerate().map(|(index, job)| {
            let mut row = Self::new(job, family);
            row.note = RowNote::new(index, repeated, unmatched);
            // A job without an id, or with a repeated id, is still a separate row.
            if row.key.is_empty() || !keys.insert(row.key.clone()) {
                row.key = format!("{index} {}", row.key);
            }
            row
        });
        rows.collect()
    }

    /// The row of `job`, which is of `family`. Its key is the id of the job, or empty.
    pub fn new(job: &Job, family: &'static Family) -> Self {
        let id = job.id();
        let counts = ItemCounts::for_job(job, family);
        let cause = MainCause::new(&job.items, !job.may_run());
        Self {
            family,
            key: id.clone().unwrap_or_default(),
            id: id.filter(|id| id != "." && id != ".."),
            status: job.status(),
            may_run: job.may_run(),
            is_abort_requested: job.is_abort_requested(),
            updated: job.time("updatedAt"),
            status_text: job.status_text().map(truncate),
            created: job.created_at(),
            duration: job.duration(),
            title: title(job, family),
            scope: JobScope::new(job, family),
            tally: Tally::new(job, family, &counts),
            cause: if job.may_run() {
                cause
            } else {
                MainCause::with_unreported(cause, counts.get(ItemStatus::Unreported))
            },
            note: None,
        }
    }

    /// The outcome of the job.
    pub fn outcome(&self, rule: StuckRule) -> Outcome {
        Outcome::new(self.status, &self.tally, self.changed(), rule)
    }

    /// When the job last changed.
    pub fn changed(&self) -> Option<Timestamp> {
        self.updated.max(self.created)
    }

    /// Takes over `answer`, a later answer for the same job, as [`Job::updated_by`] does.
    pub fn update(&mut self, answer: Self) {
        let is_abort_requested = self.is_abort_requested || answer.is_abort_requested;
        if !self.state().is_newer_than(answer.state()) {
            *self = answer;
        }
        if is_abort_requested {
            self.is_abort_requested = true;
            self.status = self.status.after_abort();
        }
    }

    fn state(&self) -> JobState {
        let Self { status, is_abort_requested, updated, .. } = *self;
        JobState { status, is_abort_requested, updated }
    }
}
