//! A schedule as a row of a list.

use std::collections::HashSet;

use crate::format::text::truncate;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::list::job_row::RowNote;
use crate::schedule::{Schedule, ScheduleState};

/// A schedule as a row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Identifies the row on its page: its id, or its index if the id is missing or repeated.
    pub key: String,
    /// The id; `None` if it is missing or cannot be part of an address.
    pub id: Option<String>,
    /// The name.
    pub name: String,
    /// Whether it runs automatically.
    pub state: ScheduleState,
    /// What it does.
    pub operation: String,
    /// When it runs, in words.
    pub description: String,
    /// `run_at` as received.
    pub run_at: String,
    /// The next run.
    pub next_run: Option<Timestamp>,
    /// What is special about the schedule on this page.
    pub note: Option<RowNote>,
}

impl ScheduleRow {
    /// The rows of `jobs` at the time `now`; those at the indices `repeated` were on another page before, and those at
    /// `unmatched` do not match the filters.
    pub fn all(jobs: &[Job], now: Timestamp, repeated: &[usize], unmatched: &[usize]) -> Vec<Self> {
        let mut seen = HashSet::new();
        jobs.iter()
            .enumerate()
            .map(|(index, job)| {
                let id = job.id();
                let schedule = Schedule::from(job);
                Self {
                    key: match &id {
                        Some(id) if seen.insert(id.clone()) => id.clone(),
                        _ => format!("{index} {}", id.as_deref().unwrap_or_default()),
                    },
                    id: id.filter(|id| id != "." && id != ".."),
                    state: schedule.state(now),
                    description: schedule.description(),
                    next_run: schedule.next_runs(now, 1).pop(),
                    name: truncate(schedule.name),
                    operation: truncate(schedule.operation),
                    run_at: truncate(schedule.run_at),
                    note: RowNote::new(index, repeated, unmatched),
                }
            })
            .collect()
    }
}
