//! Fetches the jobs of a batch while a page shows it, until they are final.

use std::time::Duration;

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::batch::{Batch, ChunkState, PollQueue, requests};
use cckm_core::job::Job;
use cckm_core::poll::{FetchStatus, Hold, PollFacts, next_delay};
use cckm_core::session::phase::Phase;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_use_document_visibility::use_document_visibility;

use super::runtime::{BatchRuntime, now_ms, run_after};
use crate::browser::clock;
use crate::hooks::{RefetchHandle, UsePolling, use_offline};

/// How long a change waits for further ones before it is rendered, for few keys and for many.
const PUBLISH_AFTER: Duration = Duration::from_millis(50);
const PUBLISH_MANY_AFTER: Duration = Duration::from_millis(500);
const MANY_KEYS: usize = 10_000;
/// When a job is due again that was fetched during a pause: not before a person resumes.
const PAUSED: Duration = Duration::from_secs(1 << 32);
/// The longest wait of a timer: browsers allow only some days.
const LONGEST_WAIT: Duration = Duration::from_secs(3_600);

impl BatchRuntime {
    /// Fetches its jobs for as long as the current owner lives.
    pub fn watch(self) {
        self.watchers.update_value(|watchers| *watchers += 1);
        on_cleanup(move || {
            // The batch may be gone before the page that shows it.
            let left = self.watchers.try_update_value(|watchers| {
                *watchers = watchers.saturating_sub(1);
                *watchers
            });
            if left == Some(0) {
                self.poll_timer.set_value(None);
            }
        });
        let visibility = use_document_visibility();
        let epoch = self.context().session.epoch;
        Effect::new(move |before: Option<(u32, bool)>| {
            visibility.track();
            self.batch.track();
            let (epoch, paused) = (epoch.get(), self.polls_paused.get());
            if let Some((last_epoch, was_paused)) = before {
                if paused && !was_paused {
                    self.polls.update(|polls| polls.hold(i64::MAX));
                } else if was_paused && !paused {
                    self.polls.update(|polls| polls.refresh(now_ms(), false));
                } else if epoch != last_epoch && !paused {
                    self.polls.update(|polls| polls.hold(0));
                }
            }
            self.poll();
            (epoch, paused)
        });
    }

    /// Ends a pause of the polling.
    pub fn resume_polling(self) {
        if self.polls_paused.get_untracked() {
            self.polls_paused.set(false);
            self.polls.update(|polls| polls.refresh(now_ms(), false));
        }
    }

    /// Fetches all jobs again, also those that are final.
    pub fn refresh(self) {
        self.polls.update(|polls| polls.refresh(now_ms(), true));
        self.poll();
    }

    /// The state of the fetching for the refresh controls.
    pub fn refresh_state(self) -> (RefetchHandle, UsePolling) {
        let status = Signal::derive(move || FetchStatus {
            in_flight: self.polls.read().is_busy(),
            ..self.last_fetch.get()
        });
        let hold = Signal::derive(move || {
            if self.polls.read().is_final() && self.batch.read().is_finished() {
                Some(Hold::Settled)
            } else {
                self.polls_paused.get().then_some(Hold::Paused)
            }
        });
        let polling = UsePolling { paused: self.polls_paused, hold, offline: use_offline() };
        (RefetchHandle::new(status, Trigger::new()), polling)
    }

    /// Whether the jobs are read even if no page shows them: the batch pauses after some failures.
    fn must_count_failures(self) -> bool {
        let batch = self.batch.read_untracked();
        self.is_sender.get_untracked()
            && batch.failure_limit().is_some()
            && batch.count_of(&ChunkState::Waiting) > 0
    }

    /// Pauses the batch if too many keys have failed.
    fn count_failures(self) {
        if !self.must_count_failures() {
            return;
        }
        let failures = self.table.with_untracked(|table| table.total().failed);
        let count = |batch: &mut Batch| batch.count_failures(failures);
        if self.batch.try_maybe_update(|batch| {
            let is_paused = count(batch);
            (is_paused, is_paused)
        }) == Some(true)
        {
            _ = self.change(|_| ());
            self.drive();
        }
    }

    /// Fetches the jobs that are due, and sets the timer for the next.
    pub(super) fn poll(self) {
        let must_count = self.must_count_failures();
        if self.watchers.get_value() == 0 && !must_count {
            return;
        }
        if !document().hidden() || must_count {
            while let Some(index) = self.next_due() {
                let id = {
                    let batch = self.batch.read_untracked();
                    let chunk = batch.chunks().get(index);
                    chunk.and_then(|chunk| chunk.job_id().map(str::to_owned))
                };
                match id {
                    Some(id) => self.fetch(index, id),
                    None => self.polls.update(|polls| polls.remove(index)),
                }
            }
        }
        match self.polls.read_untracked().wake_at() {
            None => self.poll_timer.set_value(None),
            Some(at) => {
                let wait = u64::try_from(at.saturating_sub(now_ms())).unwrap_or(0);
                let wait = Duration::from_millis(wait.max(1)).min(LONGEST_WAIT);
                run_after(self.poll_timer, wait, move || self.poll());
            }
        }
    }

    fn next_due(self) -> Option<usize> {
        let pop = |polls: &mut PollQueue| {
            let index = polls.pop(now_ms());
            (index.is_some(), index)
        };
        self.polls.try_maybe_update(pop).flatten()
    }

    fn fetch(self, index: usize, id: String) {
        spawn_local(async move {
            let answer = self.context().session.send(requests::job(self.family(), &id)).await;
            let delay = match answer.and_then(|response| decode::job(&response.body)) {
                Ok(job) => self.fetched(index, &job),
                Err(error) => self.fetch_failed(index, &error),
            };
            self.polls.update(|polls| polls.finish(index, now_ms(), delay));
            self.publish();
            self.count_failures();
            self.poll();
        });
    }

    /// The wait before the job is fetched again; `None` if it is final.
    fn fetched(self, index: usize, job: &Job) -> Option<Duration> {
        let batch = self.batch.read_untracked();
        let may_change = self.table.try_update_untracked(|table| table.read(&batch, index, job));
        self.last_fetch.set(FetchStatus { at: Some(clock::now()), ..FetchStatus::default() });
        may_change?.then(|| self.delay(index, &PollFacts::default()))?
    }

    /// The wait before the job is fetched again after an error; `None` if a retry does not help.
    fn fetch_failed(self, index: usize, error: &ApiError) -> Option<Duration> {
        if matches!(error, ApiError::NotFound(_))
            && let Some(wait) =
                self.table.try_update_untracked(|table| table.missing(index)).flatten()
        {
            return Some(if self.polls_paused.get_untracked() { PAUSED } else { wait });
        }
        let is_signed_out = *error == ApiError::SignedOut;
        self.last_fetch.update(|status| {
            status.failures = status.failures.saturating_add(1);
            status.error = (!is_signed_out).then(|| error.clone());
        });
        let facts = PollFacts {
            failures: self.last_fetch.read_untracked().failures,
            retry_after: error.retry_after(),
            ..PollFacts::default()
        };
        if is_signed_out {
            // A late answer for the former user is ignored; otherwise nothing is fetched until someone signs in.
            if self.context().session.phase.get_untracked() != Phase::SignedIn {
                self.polls.update(|polls| polls.hold(i64::MAX));
            }
            return self.delay(index, &facts);
        }
        if let Some(wait) = facts.retry_after {
            let wait = i64::try_from(wait.as_millis()).unwrap_or(i64::MAX);
            self.polls.update(|polls| polls.hold(now_ms().saturating_add(wait)));
        }
        let text = requests::summary(error);
        self.table.update_untracked(|table| table.fail(index, text));
        error.is_retryable().then(|| self.delay(index, &facts))?
    }

    /// The wait before the job of the chunk at `index` is fetched again.
    fn delay(self, index: usize, facts: &PollFacts) -> Option<Duration> {
        if self.polls_paused.get_untracked() {
            return Some(PAUSED);
        }
        let running = self.table.read_untracked().is_running(index);
        let facts = PollFacts { running, ..*facts };
        next_delay(&self.context().bounds, &facts, js_sys::Math::random())
    }

    /// Notifies of changes in the table, together with those that follow soon.
    pub(super) fn publish(self) {
        if self.publish_timer.with_value(Option::is_some) {
            return;
        }
        let is_large = self.table.read_untracked().items().len() > MANY_KEYS;
        let wait = if is_large { PUBLISH_MANY_AFTER } else { PUBLISH_AFTER };
        run_after(self.publish_timer, wait, move || self.table.notify());
    }
}
