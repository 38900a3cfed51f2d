//! What someone has done to a job that is there, step by step: asked, sent once, and looked at when
//! the answer was lost. It sends nothing.

mod labels;

pub use crate::job::action::labels::ActionLabels;

use crate::family::{Family, Resource};
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::status::JobStatus;
use crate::problem::Problem;

/// What can be done to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask it to end early.
    Cancel,
    /// Remove it from the server.
    Delete,
    /// Have a schedule run once more.
    RunNow,
    /// Let a schedule run when it is due.
    Enable,
    /// Keep a schedule from running by itself.
    Disable,
}

/// How far an action is. There is one at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ActionStage {
    /// Nothing is being done.
    #[default]
    Idle,
    /// The person is asked whether to.
    Requested(Action),
    /// The question was closed, since the job no longer allows it.
    Obsolete(Action),
    /// It was sent, and not answered yet.
    Sent(Action),
    /// The server has taken it.
    Taken(Action),
    /// The server has said no.
    Refused(Action, Problem),
    /// It is not known whether the server has done it; the job is being looked at. With what
    /// happened to the answer.
    Looking(Action, Problem),
    /// The same, and nothing could be seen.
    VerificationFailed(Action, Problem),
    /// The same, and this was seen.
    Seen(Action, Problem, Observation),
}

/// What a look at a job shows after an answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// It is not there.
    Gone,
    /// It was asked to end.
    Aborted,
    /// It was not asked to end, and is over.
    Over,
    /// It was not asked to end, and runs.
    Running,
    /// A schedule runs when it is due.
    Enabled,
    /// It does not.
    Disabled,
    /// A run of it was made since.
    Ran,
    /// None was.
    NotRan,
}

impl Action {
    /// All of them, in the order of their buttons.
    pub const ALL: [Self; 5] = [
        Self::RunNow,
        Self::Enable,
        Self::Disable,
        Self::Cancel,
        Self::Delete,
    ];

    /// Whether a job of `family` that is now as `job` allows it. A job without a status may not be over.
    pub fn fits(self, family: &Family, job: &Job) -> bool {
        let is_schedule = family.resource == Resource::Schedules;
        let is_disabled = job.raw("disabled") == Some("true");
        match self {
            Self::RunNow => is_schedule,
            Self::Enable => is_schedule && is_disabled,
            Self::Disable => is_schedule && !is_disabled,
            Self::Delete if is_schedule => family.deletes,
            Self::Cancel => family.cancels && job.status() == JobStatus::Running,
            Self::Delete => {
                let is_over = job.overall_status().is_some() && !job.status().is_running();
                family.deletes && is_over
            }
        }
    }
}

impl Observation {
    /// What `job` shows after `action`.
    pub fn of(action: Action, job: &Job) -> Self {
        if matches!(action, Action::Enable | Action::Disable) {
            if job.raw("disabled") == Some("true") {
                Self::Disabled
            } else {
                Self::Enabled
            }
        } else if job.abort() {
            Self::Aborted
        } else if job.status().is_running() {
            Self::Running
        } else {
            Self::Over
        }
    }

    /// What the newest `runs` of a schedule show, if none before `since` is one that was asked for.
    pub fn of_runs(runs: &[Job], since: Timestamp) -> Self {
        let is_new = |run: &Job| run.started().is_some_and(|created| created >= since);
        if runs.iter().any(is_new) {
            Self::Ran
        } else {
            Self::NotRan
        }
    }
}

impl ActionStage {
    /// Whether something is under way, beside which nothing else is begun.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Looking(..))
    }

    /// The person wants `action`.
    pub fn ask(&mut self, action: Action) {
        if !self.is_busy() {
            *self = Self::Requested(action);
        }
    }

    /// The person does not want it after all, or has read what was said.
    pub fn dismiss(&mut self) {
        if !self.is_busy() {
            *self = Self::Idle;
        }
    }

    /// The person says yes: what is to be sent now, once.
    pub fn confirm(&mut self) -> Option<Action> {
        let Self::Requested(action) = *self else {
            return None;
        };
        *self = Self::Sent(action);
        Some(action)
    }

    /// A new answer tells whether the job still allows what is asked about.
    pub fn follow(&mut self, fits: impl Fn(Action) -> bool) {
        *self = match *self {
            Self::Requested(action) if !fits(action) => Self::Obsolete(action),
            // The job itself shows it now.
            Self::Taken(action) if !fits(action) => Self::Idle,
            _ => return,
        };
    }

    /// The server has taken what was sent.
    pub fn taken(&mut self) {
        if let Self::Sent(action) = *self {
            *self = Self::Taken(action);
        }
    }

    /// The server has refused it, so nothing was done.
    pub fn refused(&mut self, problem: Problem) {
        if let Self::Sent(action) = *self {
            *self = Self::Refused(action, problem);
        }
    }

    /// No answer tells what came of it: whether the job is to be looked at now.
    pub fn lost(&mut self, problem: Problem) -> bool {
        let Self::Sent(action) = *self else {
            return false;
        };
        *self = Self::Looking(action, problem);
        true
    }

    /// The person wants to look once more: whether the job is to be looked at now.
    pub fn look(&mut self) -> bool {
        let Self::VerificationFailed(action, problem) = self.clone() else {
            return false;
        };
        *self = Self::Looking(action, problem);
        true
    }

    /// What the look showed; nothing when it failed too.
    pub fn looked(&mut self, sight: Option<Observation>) {
        if let Self::Looking(action, problem) = self.clone() {
            *self = match sight {
                Some(sight) => Self::Seen(action, problem, sight),
                None => Self::VerificationFailed(action, problem),
            };
        }
    }
}
