//! Sends the jobs of a batch, a few at a time, and searches for those whose answer was lost.

use std::time::Duration;

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::batch::{Batch, NewestJobs, Outcome, PauseReason, Sender, Step, requests};
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::batch_store;
use super::runtime::{BatchRuntime, run_after};
use crate::browser::{clock, lease};
use crate::hooks::Session;

/// The wait after which a tab that took the batch at the same moment is visible in storage.
const SETTLE_AFTER: Duration = Duration::from_millis(200);

/// How a person resumes a paused batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResumeCommand {
    /// Send what is left.
    Resume,
    /// Search again for the jobs that were not found, then continue.
    SearchAgain,
    /// Send the chunk at this index again, then continue.
    Retry(usize),
}

impl BatchRuntime {
    /// Resumes the batch, if it is bound to this server and domain. Nothing happens while another tab sends
    /// it; the page says so.
    pub fn resume(self, command: ResumeCommand) {
        if !untrack(|| self.is_here()) {
            return;
        }
        self.acquire(move || {
            self.sender.update_value(Sender::reset);
            _ = self.change(|batch| {
                match command {
                    ResumeCommand::Resume => (),
                    ResumeCommand::SearchAgain => batch.search_again(),
                    ResumeCommand::Retry(index) => batch.retry(index),
                }
                batch.resume(clock::now());
            });
            self.drive();
        });
    }

    /// A person paused the sending.
    pub fn pause(self) {
        _ = self.change(|batch| batch.pause(PauseReason::by_hand()));
        self.drive();
    }

    /// Stops the sending, if this tab sends and anything is left.
    pub(super) fn pause_sending(self, reason: &PauseReason) {
        if self.is_sender.get_untracked() && !self.batch.read_untracked().is_finished() {
            _ = self.change(|batch| batch.pause(reason.clone()));
            self.drive();
        }
    }

    /// Takes the batch for this tab, as it was saved last, then runs `then`.
    fn acquire(self, then: impl FnOnce() + 'static) {
        if self.is_leased() {
            return then();
        }
        let name = self.name();
        if lease::acquire(&name) {
            run_after(self.lease_timer, SETTLE_AFTER, move || {
                if !lease::is_own(&name) {
                    return;
                }
                if self.reload() {
                    self.is_sender.set(true);
                    then();
                } else {
                    lease::release(&name);
                }
            });
        }
    }

    /// Performs all steps that are due.
    pub(super) fn drive(self) {
        if self.is_sender.get_untracked() && !self.is_leased() && !self.reload() {
            return;
        }
        if !untrack(|| self.is_here())
            && self.is_sender.get_untracked()
            && !self.batch.read_untracked().is_finished()
        {
            _ = self.change(|batch| batch.pause(PauseReason::other_target()));
        }
        while let Some(step) = self.next_step() {
            match step {
                Step::Search => self.search(),
                Step::Send(index) => self.send(index),
            }
        }
        let is_idle = self.sender.with_value(|sender| sender.is_idle(&self.batch.read_untracked()));
        // Any tab may resume it then.
        if self.is_sender.get_untracked() && is_idle {
            lease::release(&self.name());
            self.is_sender.set(false);
        }
    }

    fn next_step(self) -> Option<Step> {
        if !self.is_leased() || !untrack(|| self.is_here()) {
            return None;
        }
        let next = |batch: &mut Batch| {
            let step = self.sender.try_update_value(|sender| sender.next_step(batch)).flatten();
            (matches!(step, Some(Step::Send(_))), step)
        };
        self.batch.try_maybe_update(next).flatten()
    }

    /// Sends the chunk at `index`, which counts as sent already.
    fn send(self, index: usize) {
        // Saved first: after a reload this start is searched for and not sent again.
        if self.change(|_| ()).is_err() {
            return self.finish(index, Outcome::Paused(PauseReason::not_saved()));
        }
        let Some(request) = requests::start(&self.batch.read_untracked(), index) else {
            return;
        };
        let session = self.context().session;
        let user = session.user_epoch.get_untracked();
        session.send_mutation(request, move |answer| {
            let mut outcome = requests::outcome(&self.batch.read_untracked(), answer, clock::now());
            if session.user_epoch.get_untracked() != user {
                outcome = outcome.without_server_text();
            }
            self.finish(index, outcome);
            self.drive();
        });
    }

    fn finish(self, index: usize, outcome: Outcome) {
        _ = self.change(|batch| batch.finish(index, outcome));
        self.poll();
    }

    /// Fetches the newest jobs and passes them to the batch.
    fn search(self) {
        let newest = NewestJobs::of(&self.batch.read_untracked());
        spawn_local(async move {
            let mut found = newest_jobs(self.context().session, self.family(), newest).await;
            if !untrack(|| self.is_here()) {
                // Jobs of another domain are irrelevant for this batch.
                found = Err(ApiError::SignedOut);
            }
            let others = batch_store::jobs_of_others(&self.name());
            let mut wait = None;
            _ = self.change(|batch| {
                self.sender.update_value(|sender| {
                    wait = sender.searched(batch, &found, &others, clock::now());
                });
            });
            match wait {
                None => self.drive(),
                Some(wait) => run_after(self.search_timer, wait, move || {
                    self.sender.update_value(Sender::repeat);
                    self.drive();
                }),
            }
        });
    }
}

/// Reads the `newest` jobs of `family`.
async fn newest_jobs(
    session: Session,
    family: &'static Family,
    mut newest: NewestJobs,
) -> Result<NewestJobs, ApiError> {
    loop {
        let response = session.send(requests::newest(family, newest.read)).await?;
        let page = decode::job_page(&response.body)?;
        if newest.push(page, response.server_time_ms.map(Timestamp::from_ms)) {
            return Ok(newest);
        }
    }
}
