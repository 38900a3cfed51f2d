//! An action on a job, step by step: requested, confirmed, sent once, and checked when its answer is lost.
//!
//! [`ActionStage`] is the state machine. It sends nothing.

mod labels;

pub use crate::job::action::labels::{ActionLabels, VERIFICATION_FAILED, unfinished_items};

use serde::{Deserialize, Serialize};

use crate::family::{Family, Resource};
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::page::JobPage;
use crate::job::status::JobStatus;
use crate::problem::Problem;

/// What can be done to a job or a schedule. The browser saves it by the name of the variant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// End a job early.
    Cancel,
    /// Remove it from the server.
    Delete,
    /// Run a schedule now, in addition to its usual times.
    RunNow,
    /// Run a schedule when it is due.
    Enable,
    /// Stop running a schedule when it is due.
    Disable,
}

/// The progress of the one action that a page can have at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ActionStage {
    /// No action is in progress.
    #[default]
    Idle,
    /// The person has to confirm the action.
    Requested(Action),
    /// The question was closed because the job no longer allows the action.
    Obsolete(Action),
    /// The request was sent and is not answered yet.
    Sent(Action),
    /// The server accepted the request.
    Accepted(Action),
    /// The server rejected the request, so nothing was done.
    Rejected(Action, Problem),
    /// The answer was lost for the reason given. The page of the job fetches it to see whether the action was done.
    Checking(Action, Problem),
    /// The check failed too, so it is not known whether the action was done.
    VerificationFailed(Action, Problem),
    /// The result of the check.
    Checked(Action, Problem, Observation),
}

/// Why the answer to an action is lost that was sent before the page was loaded.
const PAGE_LEFT: &str = "The page was left or loaded again before the answer came";

/// The waits, in seconds, before a check that shows no effect of the action is repeated: the node that answered may lag.
pub const CHECK_WAITS: [u32; 3] = [1, 2, 4];

/// What a check shows after the answer to an action was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Observation {
    /// The job or schedule does not exist.
    Gone,
    /// A cancellation of the job was requested.
    Aborted,
    /// The job is over, and no cancellation was requested.
    Over,
    /// The job runs, and no cancellation was requested.
    Running,
    /// The schedule is enabled.
    Enabled,
    /// The schedule is disabled.
    Disabled,
    /// The schedule has run since the request.
    Ran,
    /// The schedule has not run since the request.
    NotRan,
}

impl Action {
    /// All actions in the order of their buttons.
    pub const ALL: [Self; 5] =
        [Self::RunNow, Self::Enable, Self::Disable, Self::Cancel, Self::Delete];

    /// Whether jobs or schedules of `family` have the action at all.
    pub fn is_offered_by(self, family: &Family) -> bool {
        match self {
            Self::Cancel => family.can_cancel,
            Self::Delete => family.can_delete,
            Self::RunNow | Self::Enable | Self::Disable => family.resource == Resource::Schedules,
        }
    }

    /// Whether `job`, which is of `family`, allows the action now. A job with an unknown status and without an end may
    /// still run, so it can be cancelled and not deleted.
    pub fn is_allowed(self, family: &Family, job: &Job) -> bool {
        let is_schedule = family.resource == Resource::Schedules;
        let is_possible = match self {
            Self::RunNow => true,
            Self::Enable => is_disabled(job),
            Self::Disable => !is_disabled(job),
            Self::Delete => is_schedule || !job.may_run(),
            Self::Cancel => {
                let may_run = matches!(job.status(), JobStatus::Running | JobStatus::Unknown);
                may_run && job.may_run() && !job.is_abort_requested()
            }
        };
        self.is_offered_by(family) && is_possible
    }
}

/// Whether the schedule `job` does not run by itself (CONTRACT.md 3, family 18).
fn is_disabled(job: &Job) -> bool {
    job.raw("disabled") == Some("true")
}

impl Observation {
    /// What `job` shows after `action` was sent.
    pub fn from_job(action: Action, job: &Job) -> Self {
        match action {
            Action::Enable | Action::Disable if is_disabled(job) => Self::Disabled,
            Action::Enable | Action::Disable => Self::Enabled,
            _ if job.is_abort_requested() => Self::Aborted,
            _ if job.status().is_running() => Self::Running,
            _ => Self::Over,
        }
    }

    /// What the first page of the `runs` of the schedule `id` shows after a run was requested at `since` or later.
    /// `None` if it shows no such run, and another page may: the server need not have sorted the runs. Nor need it know
    /// the filter: it may send runs of other schedules (CONTRACT.md 11.3).
    pub fn from_runs(runs: &JobPage, id: &str, since: Timestamp) -> Option<Self> {
        let is_new = |run: &Job| {
            run.created_at().is_some_and(|created| created >= since)
                && run.text("job_config_id").is_none_or(|schedule| schedule == id)
        };
        if runs.jobs.iter().any(is_new) {
            return Some(Self::Ran);
        }
        let created: Option<Vec<Timestamp>> = runs.jobs.iter().map(Job::created_at).collect();
        let is_newest_first = created.is_some_and(|created| {
            created.len() > 1 && created.windows(2).all(|pair| pair[0] >= pair[1])
        });
        let is_all = runs.jobs.is_empty()
            || runs.number("total").is_some_and(|total| total <= runs.jobs.len());
        (is_all || is_newest_first).then_some(Self::NotRan)
    }

    /// Whether a repeated check cannot show anything else after `action`.
    pub fn is_certain(self, action: Action) -> bool {
        self.shows_effect(action) || (action == Action::Cancel && self == Self::Over)
    }

    /// Whether it shows that `action` was done. If not, the node that answered may lag (CONTRACT.md 11.11).
    pub fn shows_effect(self, action: Action) -> bool {
        matches!(
            (action, self),
            (Action::Cancel, Self::Aborted)
                | (Action::Delete, Self::Gone)
                | (Action::RunNow, Self::Ran)
                | (Action::Enable, Self::Enabled)
                | (Action::Disable, Self::Disabled)
        )
    }
}

impl ActionStage {
    /// An action that was sent before its page was left or loaded again. It is checked, and not sent again.
    pub fn restored(action: Action) -> Self {
        Self::Checking(action, Problem::local(PAGE_LEFT, ""))
    }

    /// Whether an action was sent whose result the person has not read yet. It stays saved as long: a page that is being
    /// loaded again may check once more and show nothing of it. An answer of the server is certain without a check.
    pub fn is_pending(&self) -> bool {
        use ActionStage::{Checked, Checking, Sent, VerificationFailed};
        matches!(self, Sent(_) | Checking(..) | VerificationFailed(..) | Checked(..))
    }

    /// The action whose answer is lost, if its result is not certain yet.
    pub fn unresolved(&self) -> Option<Action> {
        match self {
            Self::Checking(action, _) | Self::VerificationFailed(action, _) => Some(*action),
            Self::Checked(action, _, observation) if !observation.is_certain(*action) => {
                Some(*action)
            }
            _ => None,
        }
    }

    /// The action that the server rejected.
    pub fn rejection(&self) -> Option<Action> {
        if let Self::Rejected(action, _) = self { Some(*action) } else { None }
    }

    /// Whether a request or a check is in flight.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Checking(..))
    }

    /// Whether another action can begin: none is in flight, and the person has dismissed one whose check failed, so that it
    /// is not forgotten by mistake.
    pub fn allows_another(&self) -> bool {
        !self.is_busy() && !matches!(self, Self::VerificationFailed(..))
    }

    /// The person pressed the button of `action`.
    pub fn request(&mut self, action: Action) {
        if self.allows_another() {
            *self = Self::Requested(action);
        }
    }

    /// The person closed the question or the message.
    pub fn dismiss(&mut self) {
        if !self.is_busy() {
            *self = Self::Idle;
        }
    }

    /// The page of the job is left: the person has read a certain result, and answers no question.
    pub fn leave(&mut self) {
        if self.unresolved().is_none() {
            self.dismiss();
        }
    }

    /// The person confirmed. Returns the action to send now, once.
    pub fn confirm(&mut self) -> Option<Action> {
        let Self::Requested(action) = *self else {
            return None;
        };
        *self = Self::Sent(action);
        Some(action)
    }

    /// The job changed. `is_allowed` returns whether it allows an action now, and `observe` what it shows after one.
    pub fn job_changed(
        &mut self,
        is_allowed: impl Fn(Action) -> bool,
        observe: impl Fn(Action) -> Observation,
    ) {
        *self = match self.clone() {
            Self::Requested(action) if !is_allowed(action) => Self::Obsolete(action),
            // The job itself shows the effect now.
            Self::Accepted(action) if !is_allowed(action) => Self::Idle,
            Self::VerificationFailed(action, problem) if observe(action).shows_effect(action) => {
                Self::Checked(action, problem, observe(action))
            }
            // The check asked a node that lagged.
            Self::Checked(action, problem, observation)
                if observation != observe(action) && observe(action).shows_effect(action) =>
            {
                Self::Checked(action, problem, observe(action))
            }
            _ => return,
        };
    }

    /// The server accepted the request.
    pub fn accepted(&mut self) {
        if let Self::Sent(action) = *self {
            *self = Self::Accepted(action);
        }
    }

    /// The server rejected the request.
    pub fn rejected(&mut self, problem: Problem) {
        if let Self::Sent(action) = *self {
            *self = Self::Rejected(action, problem);
        }
    }

    /// The answer was lost because of `problem`: the job is to be checked.
    pub fn answer_lost(&mut self, problem: Problem) {
        if let Self::Sent(action) = *self {
            *self = Self::Checking(action, problem);
        }
    }

    /// The person requested another check, or opened the page of the job again. A certain result stays.
    pub fn check_again(&mut self) {
        if let Self::VerificationFailed(action, problem) | Self::Checked(action, problem, _) =
            self.clone()
            && self.unresolved().is_some()
        {
            *self = Self::Checking(action, problem);
        }
    }

    /// The check ended with `observation`, or with `None` if it failed.
    pub fn checked(&mut self, observation: Option<Observation>) {
        if let Self::Checking(action, problem) = self.clone() {
            *self = match observation {
                Some(observation) => Self::Checked(action, problem, observation),
                None => Self::VerificationFailed(action, problem),
            };
        }
    }
}
