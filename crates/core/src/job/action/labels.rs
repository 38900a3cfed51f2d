//! The texts of each action, for jobs and for schedules.

use crate::family::{Family, Resource};
use crate::format::text::{group_digits, pluralize};
use crate::job::action::{Action, Observation};
use crate::job::counts::Progress;

/// The texts of an action, from its button to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct ActionLabels {
    /// The button that requests the action.
    pub button: &'static str,
    /// The question.
    pub question: &'static str,
    /// The button that confirms.
    pub confirm: &'static str,
    /// What the action does.
    pub effect: &'static str,
    /// Shown while the request is in flight.
    pub sending: &'static str,
    /// Shown when the server has accepted the request.
    pub accepted: &'static str,
    /// Shown when the job no longer allows the action.
    pub obsolete: &'static str,
    /// The past participle, for sentences such as "The job was not cancelled".
    pub done: &'static str,
    /// The request as a noun before the name of the job, such as "the cancellation of".
    pub request_for: &'static str,
}

/// Shown when the answer was lost and the check failed too.
pub const VERIFICATION_FAILED: &str = "The check failed too, so it is not known whether the server has done it. Nothing \
                                       is sent again.";

const SCHEDULE_CHANGED: &str = "The schedule has changed meanwhile, or no longer exists.";

impl Action {
    /// The texts of the action on one of `resource`.
    pub fn labels(self, resource: Resource) -> &'static ActionLabels {
        match (self, resource) {
            (Self::Cancel, _) => &ActionLabels {
                button: "Cancel job…",
                question: "Cancel this job?",
                confirm: "Cancel the job",
                effect: "What is done stays done. The API has no word for cancelled: the job will end as completed.",
                sending: "Requesting the cancellation…",
                accepted: "The server has accepted the cancellation.",
                obsolete: "The job has ended or was cancelled meanwhile, so there is nothing to cancel.",
                done: "cancelled",
                request_for: "the cancellation of",
            },
            (Self::Delete, Resource::Jobs) => &ActionLabels {
                button: "Delete job…",
                question: "Delete this job?",
                confirm: "Delete the job",
                effect: "What it did is not undone.",
                sending: "Deleting the job…",
                accepted: "The job is deleted.",
                obsolete: "The job has changed meanwhile: it no longer exists, or it runs.",
                done: "deleted",
                request_for: "the deletion of",
            },
            (Self::Delete, Resource::Schedules) => &ActionLabels {
                button: "Delete schedule…",
                question: "Delete this schedule?",
                confirm: "Delete the schedule",
                effect: "It will not run any more. The server decides whether the runs that it has made are kept.",
                sending: "Deleting the schedule…",
                accepted: "The schedule is deleted.",
                obsolete: SCHEDULE_CHANGED,
                done: "deleted",
                request_for: "the deletion of",
            },
            (Self::RunNow, _) => &ActionLabels {
                button: "Run now…",
                question: "Run this schedule now?",
                confirm: "Run it now",
                effect: "It runs once more, in addition to its usual times.",
                sending: "Requesting a run…",
                accepted: "The server has started a run: see its runs.",
                obsolete: SCHEDULE_CHANGED,
                done: "run",
                request_for: "the request to run",
            },
            (Self::Enable, _) => &ActionLabels {
                button: "Enable…",
                question: "Enable this schedule?",
                confirm: "Enable the schedule",
                effect: "From now on it runs whenever it is due.",
                sending: "Enabling the schedule…",
                accepted: "The schedule is enabled.",
                obsolete: SCHEDULE_CHANGED,
                done: "enabled",
                request_for: "the request to enable",
            },
            (Self::Disable, _) => &ActionLabels {
                button: "Disable…",
                question: "Disable this schedule?",
                confirm: "Disable the schedule",
                effect: "It will not run by itself until it is enabled. A run in progress continues.",
                sending: "Disabling the schedule…",
                accepted: "The schedule is disabled.",
                obsolete: SCHEDULE_CHANGED,
                done: "disabled",
                request_for: "the request to disable",
            },
        }
    }

    /// What `observation` means for the action, whose answer was lost.
    pub fn outcome(self, observation: Observation) -> &'static str {
        match (self, observation) {
            (Self::Cancel, Observation::Aborted) => {
                "The job shows that its cancellation was requested."
            }
            (Self::Cancel, Observation::Over) => {
                "The job shows that its cancellation was not requested. It has ended by itself."
            }
            (Self::Cancel, Observation::Gone) => "The job no longer exists.",
            (Self::Cancel, _) => {
                "The job shows that its cancellation was not requested. Cancel it again if you still want to."
            }
            (Self::Delete, Observation::Gone) => "It no longer exists: it was deleted.",
            (Self::Delete, _) => {
                "It is still there: it was not deleted. Delete it again if you still want to."
            }
            (_, Observation::Gone) => "The schedule no longer exists.",
            (Self::RunNow, Observation::Ran) => {
                "The schedule has run since, possibly from this request: see its runs."
            }
            (Self::RunNow, _) => {
                "The schedule has not run since. Run it again if you still want to."
            }
            (Self::Enable, Observation::Enabled) | (Self::Disable, Observation::Disabled) => {
                "The schedule shows that it was done."
            }
            (Self::Enable | Self::Disable, _) => {
                "The schedule shows that it was not done. Do it again if you still want to."
            }
        }
    }
}

/// How many items a job of `family` leaves unfinished if it is cancelled at `progress`.
pub fn unfinished_items(family: &Family, progress: Option<Progress>) -> String {
    const CANCELLED: &str = "Cancelling ends the job early";
    let (one, many) = family.item_nouns;
    let Some(Progress { done, total }) = progress else {
        return format!("{CANCELLED}. It has not reported any {many} yet.");
    };
    let all = pluralize(total, one, many);
    if family.requested.is_none() {
        // The job may have more items than it has reported.
        let done = group_digits(done);
        return format!("{CANCELLED}. It has reported {all} so far, {done} of them finished.");
    }
    let unfinished = group_digits(total - done.min(total));
    format!("{CANCELLED}: {unfinished} of {all} not finished yet.")
}
