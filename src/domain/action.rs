//! What someone has done to a job that is there, step by step: asked, sent once, and looked at when
//! the answer was lost. It sends nothing.

use super::family::Family;
use super::job::Job;
use super::problem::Problem;
use super::standing::Standing;

/// What can be done to a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Ask it to end early.
    Cancel,
    /// Remove it from the server.
    Delete,
}

/// How far an action is. There is one at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Nothing is being done.
    #[default]
    Idle,
    /// The person is asked whether to.
    Asked(Action),
    /// The question was closed, since the job no longer allows it.
    Moot(Action),
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
    Unseen(Action, Problem),
    /// The same, and this was seen.
    Seen(Action, Problem, Sight),
}

/// What a look at a job shows after an answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It is not there.
    Gone,
    /// It was asked to end.
    Aborted,
    /// It was not asked to end, and is over.
    Over,
    /// It was not asked to end, and runs.
    Running,
}

impl Action {
    /// Whether a job of `family` that is now as `job` allows it. A job without a status may not be over.
    pub fn fits(self, family: &Family, job: &Job) -> bool {
        match self {
            Self::Cancel => family.cancels && job.standing() == Standing::Running,
            Self::Delete => {
                let is_over = job.overall_status().is_some() && !job.standing().is_running();
                family.deletes && is_over
            }
        }
    }
}

impl Sight {
    /// What `job` shows.
    pub fn of(job: &Job) -> Self {
        if job.abort() {
            Self::Aborted
        } else if job.standing().is_running() {
            Self::Running
        } else {
            Self::Over
        }
    }
}

impl Stage {
    /// Whether something is under way, beside which nothing else is begun.
    pub fn is_busy(&self) -> bool {
        matches!(self, Self::Sent(_) | Self::Looking(..))
    }

    /// The person wants `action`.
    pub fn ask(&mut self, action: Action) {
        if !self.is_busy() {
            *self = Self::Asked(action);
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
        let Self::Asked(action) = *self else {
            return None;
        };
        *self = Self::Sent(action);
        Some(action)
    }

    /// A new answer tells whether the job still allows what is asked about.
    pub fn follow(&mut self, fits: impl Fn(Action) -> bool) {
        *self = match *self {
            Self::Asked(action) if !fits(action) => Self::Moot(action),
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
        let Self::Unseen(action, problem) = self.clone() else {
            return false;
        };
        *self = Self::Looking(action, problem);
        true
    }

    /// What the look showed; nothing when it failed too.
    pub fn looked(&mut self, sight: Option<Sight>) {
        if let Self::Looking(action, problem) = self.clone() {
            *self = match sight {
                Some(sight) => Self::Seen(action, problem, sight),
                None => Self::Unseen(action, problem),
            };
        }
    }
}
