//! Batches: one bulk operation on any number of keys, split into jobs of a few keys each; or the starts that repeat what
//! failed of a synchronization.
//!
//! A start is sent once. If its answer is lost, the server may have acted: the batch searches the server's jobs for it
//! before it sends anything else, and only a person sends the start again. Nothing here sends, waits or reads a clock.

mod matching;
mod pause;
mod persist;
mod persist_v1;
mod poll_queue;
mod repeat;
pub mod requests;
mod saved;
mod sender;
mod table;
mod task;

use std::collections::HashSet;

pub use crate::batch::pause::PauseReason;
pub use crate::batch::persist::{created_at, new_name, target};
pub use crate::batch::poll_queue::PollQueue;
pub use crate::batch::repeat::{can_repeat, retry_route};
pub use crate::batch::sender::{NewestJobs, Sender, Step};
pub use crate::batch::table::{JobSnapshot, KeyTable};
pub use crate::batch::task::{Task, family, max_keys, operations};

use crate::batch::matching::Baseline;
use crate::family::Family;
use crate::format::time::Timestamp;
use crate::start::StartScope;

/// One operation on any number of keys, or on what failed of a synchronization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The family of its jobs.
    family: &'static Family,
    /// Empty for a repetition.
    task: Task,
    /// The id of the job whose failed items it repeats; empty if there is none or it is not known.
    repeated: String,
    chunk_size: usize,
    /// The [`target`] that it was made for. An empty text means unknown, and matches no target.
    target: String,
    chunks: Vec<Chunk>,
    baseline: Option<Baseline>,
    pause: Option<PauseReason>,
    /// After how many failed keys it pauses, if it does.
    failure_limit: Option<usize>,
    /// How many failed keys a person has accepted by resuming. Not persisted.
    accepted_failures: usize,
    /// How many keys are known to have failed. Not persisted.
    failures: usize,
}

/// The keys of one job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// The keys. No other chunk has any of them.
    pub keys: Vec<String>,
    /// What its job synchronizes, if it repeats a synchronization. The keys are then the failed items.
    pub scope: Option<StartScope>,
    /// Its progress.
    pub state: ChunkState,
    /// The ids of further jobs for the same keys. When a connection breaks without an answer, browsers
    /// repeat the request, and the page cannot notice it.
    pub duplicates: Vec<String>,
    /// Whether a person decided to send it again after the answer to an earlier start of it was lost. The server may
    /// have carried that one out, whatever it answers to a later one.
    pub was_lost: bool,
    /// The server's text, if it refused to start it again. Not persisted.
    pub refusal: Option<String>,
}

/// The progress of a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkState {
    /// Not sent yet.
    Waiting,
    /// Sent, not answered yet.
    Sent,
    /// Sent, and the answer is lost. The search for its job is not done yet.
    Lost,
    /// Sent, and the answer is lost. The search found no job.
    Unknown,
    /// The job with this id was started.
    Started(String),
    /// The server refused to start it. Holds the server's text, which is not persisted.
    Refused(String),
}

impl ChunkState {
    /// Whether it needs no further request: it has a job, or was refused.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Started(_) | Self::Refused(_))
    }

    /// Whether a person may send it again.
    pub fn can_retry(&self) -> bool {
        matches!(self, Self::Unknown | Self::Refused(_))
    }
}

/// The result of sending a chunk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A job was started. Holds its id.
    Started(String),
    /// It is unknown whether a job was started: no answer, a server error, or a job without an id.
    Lost,
    /// No job was started, and nothing more may be sent: 401, 403 or 429.
    Paused(PauseReason),
    /// No job was started, for a reason that concerns this chunk only. Holds the server's text.
    Refused(String),
}

impl Batch {
    /// Plans `task` on `keys`, at most `chunk_size` of them in a job. Blank and repeated keys are left out.
    pub fn plan(task: Task, keys: impl IntoIterator<Item = String>, chunk_size: usize) -> Self {
        let chunk_size = chunk_size.max(1);
        let mut seen = HashSet::new();
        let keys: Vec<String> = keys
            .into_iter()
            .map(|key| key.trim().to_owned())
            .filter(|key| !key.is_empty() && seen.insert(key.clone()))
            .collect();
        let chunks = keys.chunks(chunk_size).map(|keys| Chunk::new(keys.to_vec(), None));
        Self {
            family: task::family(),
            task,
            repeated: String::new(),
            chunk_size,
            target: String::new(),
            chunks: chunks.collect(),
            baseline: None,
            pause: None,
            failure_limit: None,
            accepted_failures: 0,
            failures: 0,
        }
    }

    /// Pauses the batch when `limit` keys have failed; never if it is `None`.
    #[must_use]
    pub fn pausing_after(mut self, limit: Option<usize>) -> Self {
        self.failure_limit = limit;
        self
    }

    /// After how many failed keys it pauses.
    pub fn failure_limit(&self) -> Option<usize> {
        self.failure_limit
    }

    /// `failures` keys are known to have failed: pauses the batch if that is too many and anything is left to send.
    /// Returns whether it is paused for that.
    pub fn count_failures(&mut self, failures: usize) -> bool {
        self.failures = failures;
        let new = failures.saturating_sub(self.accepted_failures);
        let is_reached = self.failure_limit.is_some_and(|limit| new >= limit);
        let pauses = is_reached && self.pause.is_none() && self.count_of(&ChunkState::Waiting) > 0;
        if pauses {
            self.pause(PauseReason::too_many_failures(failures));
        }
        pauses
    }

    /// Binds the batch to this [`target`].
    #[must_use]
    pub fn bound_to(mut self, target: String) -> Self {
        self.target = target;
        self
    }

    /// Whether the batch may be sent to this [`target`].
    pub fn is_bound_to(&self, target: &str) -> bool {
        !self.target.is_empty() && self.target == target
    }

    /// The family of its jobs.
    pub fn family(&self) -> &'static Family {
        self.family
    }

    /// The operation. It has none if it [repeats](Self::is_repetition) a synchronization.
    pub fn task(&self) -> &Task {
        &self.task
    }

    /// The chunks, in the order of the keys.
    pub fn chunks(&self) -> &[Chunk] {
        &self.chunks
    }

    /// The number of keys.
    pub fn key_count(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.keys.len()).sum()
    }

    /// The number of keys that resuming destroys, or may already have destroyed.
    pub fn keys_to_destroy(&self) -> usize {
        if !self.task.destroys() {
            return 0;
        }
        self.chunks
            .iter()
            .filter(|chunk| matches!(chunk.state, ChunkState::Waiting | ChunkState::Lost))
            .map(|chunk| chunk.keys.len())
            .sum()
    }

    /// The number of chunks in a state.
    pub fn count(&self, is: impl Fn(&ChunkState) -> bool) -> usize {
        self.chunks.iter().filter(|chunk| is(&chunk.state)).count()
    }

    /// The number of chunks in this state.
    pub fn count_of(&self, state: &ChunkState) -> usize {
        self.count(|other| other == state)
    }

    /// Whether every chunk has a job or was refused.
    pub fn is_finished(&self) -> bool {
        self.chunks.iter().all(|chunk| chunk.state.is_final())
    }

    /// The ids of the jobs that were started.
    pub fn job_ids(&self) -> impl Iterator<Item = &str> {
        self.chunks.iter().filter_map(Chunk::job_id)
    }

    /// Why the batch is paused; `None` if it is not.
    pub fn pause_reason(&self) -> Option<&PauseReason> {
        self.pause.as_ref()
    }

    /// The index of the chunk to send now, which then counts as sent. `None` without a baseline, while `max`
    /// starts are in flight, before the search for a lost start, while paused, and at the end.
    pub fn next_to_send(&mut self, max: usize) -> Option<usize> {
        let may_send = self.baseline.is_some()
            && self.pause.is_none()
            && self.count_of(&ChunkState::Lost) == 0
            && self.count_of(&ChunkState::Sent) < max;
        let is_waiting = |chunk: &Chunk| chunk.state == ChunkState::Waiting;
        let index = self.chunks.iter().position(is_waiting).filter(|_| may_send)?;
        self.chunks[index].state = ChunkState::Sent;
        Some(index)
    }

    /// Records the result of sending the chunk at `index`. An answer that arrives after the chunk was
    /// given up as lost still counts; an answer for a chunk that was not sent does not. If the server refuses to start
    /// a chunk again, the chunk counts as lost: the refusal does not say what became of the earlier start.
    pub fn finish(&mut self, index: usize, outcome: Outcome) {
        let Some(chunk) = self.chunks.get_mut(index) else {
            return;
        };
        let state = &mut chunk.state;
        let is_open = *state == ChunkState::Sent;
        let is_lost = chunk.was_lost || matches!(state, ChunkState::Lost | ChunkState::Unknown);
        if !is_open && !is_lost {
            return;
        }
        match outcome {
            Outcome::Started(id) => chunk.start(id),
            Outcome::Lost if is_open => *state = ChunkState::Lost,
            Outcome::Lost => (),
            Outcome::Refused(text) if chunk.was_lost => {
                *state = ChunkState::Lost;
                chunk.refusal = Some(text);
            }
            Outcome::Refused(text) => *state = ChunkState::Refused(text),
            Outcome::Paused(reason) => {
                *state = ChunkState::Waiting;
                self.pause(reason);
            }
        }
    }

    /// Pauses the batch. A second pause keeps the first reason and the longer wait.
    pub fn pause(&mut self, reason: PauseReason) {
        self.add_pause(reason);
        self.revoke_retries();
    }

    fn add_pause(&mut self, reason: PauseReason) {
        let until = reason.until;
        let current = self.pause.get_or_insert(reason);
        current.until = current.until.max(until);
    }

    /// Pauses the batch for `reason`, which replaces an earlier reason, unless the batch is finished. The wait
    /// that the server requested stays.
    pub fn replace_pause(&mut self, reason: PauseReason) {
        let until = self.pause.take().and_then(|pause| pause.until);
        if !self.is_finished() {
            let until = reason.until.max(until);
            self.pause = Some(PauseReason { until, ..reason });
            self.revoke_retries();
        }
    }

    /// Ends a pause, unless the wait that the server requested is not over at `now`.
    pub fn resume(&mut self, now: Timestamp) {
        let until = self.pause.as_ref().and_then(|pause| pause.until);
        if until.is_none_or(|until| until <= now) {
            self.pause = None;
            self.accepted_failures = self.failures;
        } else {
            self.revoke_retries();
        }
    }

    /// A person decided to send the refused or unknown chunk at `index` again.
    pub fn retry(&mut self, index: usize) {
        if let Some(chunk) = self.chunks.get_mut(index)
            && chunk.state.can_retry()
        {
            chunk.was_lost |= chunk.state == ChunkState::Unknown;
            chunk.refusal = None;
            chunk.state = ChunkState::Waiting;
        }
    }

    /// Chunks that a person decided to send again, and that were not sent before a pause, count as lost again: the
    /// earlier start of each is searched for before a person decides again.
    fn revoke_retries(&mut self) {
        let is_retry = |chunk: &&mut Chunk| chunk.was_lost && chunk.state == ChunkState::Waiting;
        for chunk in self.chunks.iter_mut().filter(is_retry) {
            chunk.state = ChunkState::Lost;
        }
    }

    /// A person wants to search again for the jobs that were not found.
    pub fn search_again(&mut self) {
        self.replace_state(&ChunkState::Unknown, &ChunkState::Lost);
    }

    /// Ends the search for lost starts. If jobs were not found, the batch pauses for `reason` until a person decides.
    /// What a person has decided to send again was searched for too, and stays decided.
    pub fn give_up_search(&mut self, reason: PauseReason) {
        if self.replace_state(&ChunkState::Lost, &ChunkState::Unknown) {
            self.add_pause(reason);
        }
    }

    /// Puts chunks of the state `from` into `to`. Returns whether there were any.
    fn replace_state(&mut self, from: &ChunkState, to: &ChunkState) -> bool {
        let mut any = false;
        for chunk in self.chunks.iter_mut().filter(|chunk| chunk.state == *from) {
            chunk.state = to.clone();
            any = true;
        }
        any
    }
}

impl Chunk {
    /// A chunk that was not sent yet.
    fn new(keys: Vec<String>, scope: Option<StartScope>) -> Self {
        Self {
            keys,
            scope,
            state: ChunkState::Waiting,
            duplicates: Vec::new(),
            was_lost: false,
            refusal: None,
        }
    }

    /// The job `id` was started for it.
    fn start(&mut self, id: String) {
        self.state = ChunkState::Started(id);
        self.was_lost = false;
        self.refusal = None;
    }

    /// The id of its job, once it was started.
    pub fn job_id(&self) -> Option<&str> {
        match &self.state {
            ChunkState::Started(id) => Some(id),
            _ => None,
        }
    }
}
