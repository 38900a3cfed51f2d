//! Matches the server's jobs to the chunks of a batch.

use std::collections::HashSet;

use crate::batch::{Batch, Chunk, ChunkState};
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::start::StartScope;
use crate::start::request::CLOCK_TOLERANCE_MS;

/// The members of a job that are compared, beside those of a scope.
const COMPARED: [&str; 4] = ["id", "createdAt", "operation", "keys"];

/// The jobs that existed before the first start. They are never matched to this batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Baseline {
    /// Jobs created before this instant of the server's clock do not belong to this batch.
    pub since: Option<Timestamp>,
    /// The ids of newer jobs that also existed.
    pub existing: Vec<String>,
}

impl Batch {
    /// Whether the baseline is recorded: the jobs that existed before the first start.
    pub fn has_baseline(&self) -> bool {
        self.baseline.is_some()
    }

    /// Jobs created before this instant of the server's clock do not belong to this batch.
    pub fn since(&self) -> Option<Timestamp> {
        self.baseline.as_ref()?.since
    }

    /// Records the server's `clock`, if known, and the newest `jobs` before the first start. `jobs` must go
    /// back to [`since_of`](Self::since_of). A second call changes nothing.
    pub fn set_baseline(&mut self, clock: Option<Timestamp>, jobs: &[Job]) {
        let since = Self::since_of(clock, jobs);
        let existing =
            jobs.iter().filter(|job| !is_older(job, since)).filter_map(Job::id).collect();
        self.baseline.get_or_insert(Baseline { since, existing });
    }

    /// The earliest possible creation time of the jobs of a batch that begins now. If the server's clock is
    /// not known, as for an API of another origin, the time comes from the newest job.
    pub fn since_of(clock: Option<Timestamp>, jobs: &[Job]) -> Option<Timestamp> {
        let now = clock.or_else(|| jobs.iter().filter_map(Job::created_at).max())?;
        Some(Timestamp::from_ms(now.as_ms() - CLOCK_TOLERANCE_MS))
    }

    /// Matches the chunks whose answer was lost to `jobs`, which were fetched after the loss. `others` are
    /// the ids of jobs of other batches.
    pub fn match_lost(&mut self, jobs: &[Job], others: &HashSet<String>) {
        for index in 0..self.chunks.len() {
            let Chunk { state, was_lost, .. } = &self.chunks[index];
            let is_retry = *was_lost && *state == ChunkState::Waiting;
            let is_lost = is_retry || matches!(state, ChunkState::Lost | ChunkState::Unknown);
            let found = is_lost.then(|| self.jobs_of(index, jobs, others).next());
            if let Some(id) = found.flatten() {
                self.chunks[index].start(id);
            }
        }
    }

    /// Searches `jobs` for further jobs of chunks that already have one. `jobs` were fetched when no start
    /// was in flight.
    pub fn find_duplicates(&mut self, jobs: &[Job], others: &HashSet<String>) {
        for index in 0..self.chunks.len() {
            if self.chunks[index].job_id().is_some() {
                let found: Vec<String> = self.jobs_of(index, jobs, others).collect();
                self.chunks[index].duplicates.extend(found);
            }
        }
    }

    /// The ids of the jobs that match the chunk at `index` and belong to no chunk or batch yet.
    fn jobs_of(
        &self,
        index: usize,
        jobs: &[Job],
        others: &HashSet<String>,
    ) -> impl Iterator<Item = String> {
        jobs.iter()
            .filter(move |job| self.is_match(&self.chunks[index], job))
            .filter_map(Job::id)
            .filter(|id| !others.contains(id) && !self.has_job(id))
    }

    /// Whether `job` is new and has the request of `chunk`: the batch's operation and exactly its keys, or exactly
    /// its scope.
    fn is_match(&self, chunk: &Chunk, job: &Job) -> bool {
        let is_new = self.baseline.as_ref().is_some_and(|baseline| {
            let exists = |id| baseline.existing.contains(&id);
            !is_older(job, baseline.since) && !job.id().is_some_and(exists)
        });
        if !is_new {
            return false;
        }
        if let Some(scope) = &chunk.scope {
            return scope.is_of(job);
        }
        if job.text("operation").as_deref() != Some(&*self.task.operation) {
            return false;
        }
        let requested = job.list("keys");
        // Rules out most jobs without comparing all of their keys.
        let may_match = requested.first().is_some_and(|key| chunk.keys.contains(key));
        may_match && {
            let keys: HashSet<&String> = chunk.keys.iter().collect();
            keys == requested.iter().collect()
        }
    }

    fn has_job(&self, id: &str) -> bool {
        let has = |chunk: &Chunk| {
            chunk.job_id() == Some(id) || chunk.duplicates.iter().any(|known| known == id)
        };
        self.chunks.iter().any(has)
    }
}

/// Whether `job` was created before `since`.
pub(super) fn is_older(job: &Job, since: Option<Timestamp>) -> bool {
    let created = job.created_at();
    created.is_some_and(|created| since.is_some_and(|since| created < since))
}

/// `job` with nothing but what is compared. Many jobs with all of their items do not fit into memory.
pub(super) fn compared_part(mut job: Job) -> Job {
    let compared = COMPARED.iter().chain(&StartScope::MEMBERS);
    job.members.retain(|member| compared.clone().any(|name| *name == member.name));
    Job { members: job.members, ..Job::default() }
}
