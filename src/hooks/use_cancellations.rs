//! Cancels several jobs, one after the other. Each cancellation is sent once, and saved before that.

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use cckm_core::api::requests;
use cckm_core::format::time::Timestamp;
use cckm_core::job::action::{Action, ActionStage};
use cckm_core::problem::Problem;
use cckm_core::route::JobRoute;
use cckm_core::start::request::CLOCK_TOLERANCE_MS;
use leptos::prelude::*;

use super::pending_actions::{PendingActions, use_pending_actions};
use super::use_job_actions::rejection;
use super::{ServerTime, Session, use_session};

/// How far the cancellations are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cancellations {
    /// How many are to be sent.
    pub total: usize,
    /// How many the server has accepted.
    pub accepted: usize,
    /// How many the server has rejected, as for a job that has ended meanwhile.
    pub rejected: usize,
    /// How many have lost their answer. Every page names them, with a link to their job.
    pub unknown: usize,
    /// Why the remaining ones are not sent.
    pub stopped: Option<Problem>,
}

impl Cancellations {
    /// Whether cancellations are still being sent.
    pub fn is_busy(&self) -> bool {
        self.stopped.is_none() && self.accepted + self.rejected + self.unknown < self.total
    }
}

/// Cancels several jobs. From [`use_cancellations`].
#[derive(Clone, Copy)]
pub struct UseCancellations {
    /// How far they are; `None` before the first one.
    pub progress: RwSignal<Option<Cancellations>>,
    session: Session,
    pending: PendingActions,
}

/// Nothing is sent until [`UseCancellations::send`].
pub fn use_cancellations() -> UseCancellations {
    UseCancellations {
        progress: RwSignal::new(None),
        session: use_session(),
        pending: use_pending_actions(),
    }
}

impl UseCancellations {
    /// Cancels `jobs`, even if the page is left meanwhile. `on_end` is called once, when no more are sent.
    pub fn send(self, jobs: Vec<JobRoute>, on_end: Callback<()>) {
        self.progress.set(Some(Cancellations { total: jobs.len(), ..Cancellations::default() }));
        self.send_next(jobs, on_end);
    }

    fn send_next(self, mut jobs: Vec<JobRoute>, on_end: Callback<()>) {
        let Some(job) = jobs.pop() else {
            _ = on_end.try_run(());
            return;
        };
        let action = self.pending.on_job(&job);
        self.pending.update(&action, |stage| stage.request(Action::Cancel));
        if self.pending.update(&action, ActionStage::confirm).is_none() {
            // Another request for it is in flight, whose result this page awaits.
            self.count(|progress| progress.rejected += 1);
            return self.send_next(jobs, on_end);
        }
        let ServerTime { now, is_known } = self.session.server_time();
        let since = Timestamp::from_ms(now.as_ms().saturating_sub(CLOCK_TOLERANCE_MS));
        self.pending.save(&action, Action::Cancel, is_known.then_some(since));
        self.session.send_mutation(requests::cancel(&job), move |result| {
            let family = job.family;
            let Err(error) = result else {
                self.pending.update(&action, ActionStage::accepted);
                // The batch shows the effect itself.
                self.pending.update(&action, ActionStage::leave);
                self.count(|progress| progress.accepted += 1);
                return self.send_next(jobs, on_end);
            };
            let problem = error
                .problem(ErrorContext { shows_earlier_data: false, permission: family.permission });
            if error.may_have_acted() {
                self.pending.update(&action, |stage| stage.answer_lost(problem));
                self.count(|progress| progress.unknown += 1);
                return self.send_next(jobs, on_end);
            }
            let rejected = rejection(Action::Cancel, family.resource, &error, problem.clone());
            self.pending.update(&action, |stage| stage.rejected(rejected));
            self.count(|progress| progress.rejected += 1);
            if concerns_all(&error) {
                self.count(|progress| progress.stopped = Some(problem));
                _ = on_end.try_run(());
            } else {
                self.send_next(jobs, on_end);
            }
        });
    }

    /// Does nothing once the page is gone.
    fn count(self, change: impl FnOnce(&mut Cancellations)) {
        self.progress.try_update(|progress| progress.as_mut().map(change));
    }
}

/// Whether the server would reject the other cancellations too.
fn concerns_all(error: &ApiError) -> bool {
    error.retry_after().is_some()
        || matches!(
            error,
            ApiError::SignedOut
                | ApiError::NotSent { .. }
                | ApiError::Forbidden(_)
                | ApiError::Unauthorized(_)
                | ApiError::Status { status: 429, .. }
        )
}
