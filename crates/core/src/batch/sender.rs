//! Chooses the next step of a batch: search the server's jobs, or send a chunk.

use std::collections::HashSet;
use std::time::Duration;

use crate::api::error::ApiError;
use crate::batch::matching::{compared_part, is_older};
use crate::batch::{Batch, ChunkState, PauseReason, requests};
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::page::JobPage;
use crate::start::lookup::MAX_JOBS;

/// How many starts are in flight at once.
const MAX_IN_FLIGHT: usize = 2;
/// How often, and after which wait, a search that did not find the job is repeated: a server may list a new job late.
const REPEATS: u32 = 1;
const REPEAT_AFTER: Duration = Duration::from_secs(3);
/// How often a search that failed is repeated.
const MAX_RETRIES: u32 = 3;
/// How many pages in a row without any new id are read.
const MAX_IDLE_PAGES: usize = 20;

/// The next step of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Fetch the newest jobs, then call [`Sender::searched`].
    Search,
    /// Send the chunk at this index.
    Send(usize),
}

/// Which searches a batch has done. Chooses the next step together with the [`Batch`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    is_searching: bool,
    attempts: u32,
    /// Whether duplicates were searched for since the last chunk was sent.
    has_checked_duplicates: bool,
}

impl Sender {
    /// The next step of `batch`, which the caller must take.
    ///
    /// Searches the newest jobs before the first start, to know which jobs existed before; after a lost
    /// start, to find its job; and at the end, to find starts that the browser repeated.
    pub fn next_step(&mut self, batch: &mut Batch) -> Option<Step> {
        if self.is_searching || batch.pause_reason().is_some() {
            return None;
        }
        let waiting = batch.count_of(&ChunkState::Waiting);
        let in_flight = batch.count_of(&ChunkState::Sent);
        let is_end = waiting + in_flight == 0 && !self.has_checked_duplicates;
        let needs_baseline = waiting > 0 && !batch.has_baseline();
        if is_end || needs_baseline || batch.count_of(&ChunkState::Lost) > 0 {
            self.is_searching = true;
            return Some(Step::Search);
        }
        batch.next_to_send(MAX_IN_FLIGHT).map(Step::Send)
    }

    /// Whether no request is in flight, and no step is left until a person resumes `batch`.
    pub fn is_idle(&self, batch: &Batch) -> bool {
        let is_done = batch.pause_reason().is_some() || batch.count_of(&ChunkState::Waiting) == 0;
        !self.is_searching && batch.count_of(&ChunkState::Sent) == 0 && is_done
    }

    /// Takes the result of a search. Returns the wait before [`repeat`](Self::repeat) if the search has to be repeated.
    pub fn searched(
        &mut self,
        batch: &mut Batch,
        found: &Result<NewestJobs, ApiError>,
        others: &HashSet<String>,
        now: Timestamp,
    ) -> Option<Duration> {
        let wait = self.apply(batch, found, others, now);
        self.is_searching = wait.is_some();
        self.attempts = if wait.is_some() { self.attempts + 1 } else { 0 };
        self.has_checked_duplicates = wait.is_none() && batch.count_of(&ChunkState::Waiting) == 0;
        wait
    }

    fn apply(
        &self,
        batch: &mut Batch,
        found: &Result<NewestJobs, ApiError>,
        others: &HashSet<String>,
        now: Timestamp,
    ) -> Option<Duration> {
        match found {
            Ok(found) if !batch.has_baseline() => batch.set_baseline(found.clock, &found.jobs),
            Ok(found) => {
                batch.match_lost(&found.jobs, others);
                if self.attempts < REPEATS && batch.count_of(&ChunkState::Lost) > 0 {
                    return Some(REPEAT_AFTER);
                }
                batch.give_up_search(if found.is_complete {
                    PauseReason::not_found()
                } else {
                    PauseReason::not_all_read(found.read)
                });
                batch.find_duplicates(&found.jobs, others);
            }
            Err(error)
                if error.is_retryable()
                    && error.retry_after().is_none()
                    && self.attempts < MAX_RETRIES =>
            {
                return Some(Duration::from_secs(1 << self.attempts));
            }
            // Only the check for duplicates failed. All jobs are started.
            Err(_) if batch.is_finished() => (),
            Err(error) => batch.pause(requests::pause_reason(Some(batch.family()), error, now)),
        }
        None
    }

    /// The wait before a repeated search is over.
    pub fn repeat(&mut self) {
        self.is_searching = false;
    }

    /// A person resumed the batch: all searches may run again.
    pub fn reset(&mut self) {
        self.attempts = 0;
        self.has_checked_duplicates = false;
    }
}

/// The server's newest jobs, read page by page back to an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewestJobs {
    /// The jobs that are not older than that instant, in the order of the server's list, with nothing but what is
    /// compared with a batch.
    pub jobs: Vec<Job>,
    /// The server's clock at the first page, if known.
    pub clock: Option<Timestamp>,
    /// How many elements of the server's list were read.
    pub read: usize,
    /// Whether all jobs back to that instant were read.
    pub is_complete: bool,
    since: Option<Timestamp>,
    /// Whether an older job may come before a newer one.
    is_unsorted: bool,
    /// The ids of all jobs that were read.
    ids: HashSet<String>,
    /// How many pages in a row had no new id.
    idle_pages: usize,
}

impl NewestJobs {
    /// Reads as far as the jobs of `batch` can be.
    pub fn of(batch: &Batch) -> Self {
        let is_unsorted = !batch.family().can_sort();
        Self { is_unsorted, ..Self::back_to(batch.since()) }
    }

    /// Reads back to `since`, or without it to shortly before the first page was read.
    pub fn back_to(since: Option<Timestamp>) -> Self {
        Self { since, ..Self::default() }
    }

    /// Takes the next page, which the server sent at `clock`. Returns whether no further page is needed, or none would
    /// bring anything.
    pub fn push(&mut self, page: JobPage, clock: Option<Timestamp>) -> bool {
        let before = self.read;
        if before == 0 {
            self.clock = clock;
            self.since = self.since.or_else(|| Batch::since_of(clock, &page.jobs));
        }
        self.read += page.received();
        let is_end = page.total(before).map_or(page.received() == 0, |total| self.read >= total);
        let last = page.jobs.last().and_then(Job::created_at);
        let is_past = !self.is_unsorted
            && last.is_some_and(|last| self.since.is_some_and(|since| last < since));
        self.is_complete = is_end || is_past;
        let may_continue = self.add(page);
        self.is_complete || !may_continue || self.read >= MAX_JOBS
    }

    /// Adds the jobs of `page`. Returns whether a further page may bring other ones: a server that ignores the position
    /// sends the same jobs again and again. Elements without an id cannot be compared, so that only many pages of them
    /// show it.
    fn add(&mut self, page: JobPage) -> bool {
        let known = self.ids.len();
        let mut has_unnamed = !page.unreadable.is_empty();
        for job in page.jobs {
            let is_new = job.id().is_none_or(|id| self.ids.insert(id));
            has_unnamed |= job.id().is_none();
            if is_new && !is_older(&job, self.since) {
                self.jobs.push(compared_part(job));
            }
        }
        self.idle_pages = if self.ids.len() > known { 0 } else { self.idle_pages + 1 };
        self.idle_pages == 0 || (has_unnamed && self.idle_pages < MAX_IDLE_PAGES)
    }
}
