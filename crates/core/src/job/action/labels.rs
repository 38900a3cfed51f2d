//! What is said of each action, of jobs and of schedules. Must hold no code.

use crate::family::Resource;
use crate::job::action::{Action, Observation};

/// What is said of an action, from the button to its end.
#[derive(Debug, PartialEq, Eq)]
pub struct ActionLabels {
    /// The button.
    pub label: &'static str,
    /// The last question.
    pub title: &'static str,
    /// What the button says that does it.
    pub verb: &'static str,
    /// What it means.
    pub means: &'static str,
    /// While it is sent.
    pub sending: &'static str,
    /// When the server has taken it.
    pub taken: &'static str,
    /// Why the question was closed.
    pub moot: &'static str,
    /// `cancelled`, in sentences such as: the job was not …
    pub done: &'static str,
}

const GONE: &str = "The schedule changed meanwhile, or is not there any more.";

impl Action {
    /// What is said of it.
    pub fn words(self, resource: Resource) -> &'static ActionLabels {
        match (self, resource) {
            (Self::Cancel, _) => &ActionLabels {
                label: "Cancel job…",
                title: "Cancel this job?",
                verb: "Cancel the job",
                means: "What is done stays done. The API has no word for cancelled: the job will \
                        end as completed.",
                sending: "Asking the job to end…",
                taken: "The server has taken the request to cancel.",
                moot: "The job ended or was asked to end meanwhile, so there is nothing to cancel.",
                done: "cancelled",
            },
            (Self::Delete, Resource::Jobs) => &ActionLabels {
                label: "Delete job…",
                title: "Delete this job?",
                verb: "Delete the job",
                means: "What it did is not undone.",
                sending: "Deleting the job…",
                taken: "The job is deleted.",
                moot: "The job changed meanwhile: it is not there any more, or not over.",
                done: "deleted",
            },
            (Self::Delete, Resource::Schedules) => &ActionLabels {
                label: "Delete schedule…",
                title: "Delete this schedule?",
                verb: "Delete the schedule",
                means: "It makes no more runs. Whether the runs that it has made stay is for the \
                        server to decide.",
                sending: "Deleting the schedule…",
                taken: "The schedule is deleted.",
                moot: GONE,
                done: "deleted",
            },
            (Self::RunNow, _) => &ActionLabels {
                label: "Run now…",
                title: "Run this schedule now?",
                verb: "Run it now",
                means: "It runs once more, beside the times that it is due.",
                sending: "Asking for a run…",
                taken: "The server has begun a run: see its runs.",
                moot: GONE,
                done: "run",
            },
            (Self::Enable, _) => &ActionLabels {
                label: "Enable…",
                title: "Enable this schedule?",
                verb: "Enable the schedule",
                means: "From now on it runs whenever it is due.",
                sending: "Enabling the schedule…",
                taken: "The schedule is enabled.",
                moot: GONE,
                done: "enabled",
            },
            (Self::Disable, _) => &ActionLabels {
                label: "Disable…",
                title: "Disable this schedule?",
                verb: "Disable the schedule",
                means: "It makes no runs by itself until it is enabled. What runs already goes on.",
                sending: "Disabling the schedule…",
                taken: "The schedule is disabled.",
                moot: GONE,
                done: "disabled",
            },
        }
    }

    /// What is said after a look, when the answer to it was lost.
    pub fn seen(self, sight: Observation) -> &'static str {
        match (self, sight) {
            (Self::Cancel, Observation::Aborted) => "The job shows that it was asked to end.",
            (Self::Cancel, Observation::Over) => {
                "The job shows that it was not asked to end, and is over by itself."
            }
            (Self::Cancel, Observation::Gone) => "The job is not there any more.",
            (Self::Cancel, _) => {
                "The job shows that it was not asked to end. Cancel it once more if it still should."
            }
            (Self::Delete, Observation::Gone) => "It is not there any more: it was deleted.",
            (Self::Delete, _) => {
                "It is still there: it was not deleted. Delete it once more if it still should be."
            }
            (_, Observation::Gone) => "The schedule is not there any more.",
            (Self::RunNow, Observation::Ran) => {
                "A run of it was made since, which may be this one: see its runs."
            }
            (Self::RunNow, _) => {
                "No run of it was made since. Run it once more if it still should."
            }
            (Self::Enable, Observation::Enabled) | (Self::Disable, Observation::Disabled) => {
                "The schedule shows that it was done."
            }
            (Self::Enable | Self::Disable, _) => {
                "The schedule shows that it was not done. Do it once more if it still should be."
            }
        }
    }
}
