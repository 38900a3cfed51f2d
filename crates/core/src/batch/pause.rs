//! The reasons why a batch is paused, as texts for the page.

use crate::batch::Outcome;
use crate::format::text::pluralize;
use crate::format::time::Timestamp;
use crate::problem::Problem;

/// Why nothing more is sent until a person resumes the batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseReason {
    /// What happened, with the server's text.
    pub problem: Problem,
    /// The earliest instant, by the browser's clock, at which the server accepts another request.
    pub until: Option<Timestamp>,
}

impl PauseReason {
    /// A reason that the console itself found.
    pub fn here(title: &str, explanation: &str) -> Self {
        Self { problem: Problem::local(title, explanation), until: None }
    }

    /// The search for a lost start found no job.
    pub fn not_found() -> Self {
        Self::here(
            "It is unknown whether a job was started",
            "The answer to a start was lost, and the server lists no such job. It may still appear there. \
             Nothing was sent again: decide below on the job whose outcome is unknown, or resume with the others.",
        )
    }

    /// The search for a lost start read only `read` elements of the server's list, and found no job.
    pub fn not_all_read(read: usize) -> Self {
        let explanation = format!(
            "The answer to a start was lost, and the server's list of jobs could not be read to its end: {} were read, \
             and its job is not among them. It may be among the others. Nothing was sent again: decide below on the job \
             whose outcome is unknown, or resume with the others.",
            pluralize(read, "job", "jobs")
        );
        Self::here(&Self::not_found().problem.title, &explanation)
    }

    /// The batch was read from storage, after a reload or in another tab.
    pub fn reloaded() -> Self {
        Self::here(
            "Not being sent",
            "No more jobs are started until you resume. Starts without an answer are first searched for \
             among the jobs of the server, and are not sent again.",
        )
    }

    /// The batch is bound to another [`target`](super::target).
    pub fn other_target() -> Self {
        Self::here(
            "This batch was made in another domain or at another server",
            "Nothing of it is sent or searched for here. To resume it, sign in to the domain and at the server where \
             it was made. A batch saved without them cannot be resumed: make a new one from its keys.",
        )
    }

    /// Another user has signed in, who must not see the server's answers to the former user.
    pub fn other_user() -> Self {
        Self::here(
            "Someone else has signed in",
            "No more jobs are started until you resume, as the user who is signed in now.",
        )
    }

    /// Another tab sends the batch now.
    pub fn other_tab() -> Self {
        Self::here(
            "Another tab has taken this batch over",
            "No more jobs are started here until you resume.",
        )
    }

    /// As many keys have failed as the person who started it accepts.
    pub fn too_many_failures(failures: usize) -> Self {
        Self::here(
            &format!("{} failed", pluralize(failures, "key has", "keys have")),
            "The batch was to pause then. Jobs that were started continue. If you resume, it pauses again when as many \
             more have failed.",
        )
    }

    /// A person paused it.
    pub fn by_hand() -> Self {
        Self::here(
            "Paused",
            "No more jobs are started until you resume. Jobs that were started continue.",
        )
    }

    /// The browser could not save the batch before a request.
    pub fn not_saved() -> Self {
        Self::here(
            "The browser does not save the progress",
            "Its storage is full or forbidden. After a reload nobody would know which keys were sent, so no \
             more jobs are started. Make room, for example by forgetting other batches, then resume.",
        )
    }
}

impl Outcome {
    /// The reason without the server's text, which is meant for the former user only.
    #[must_use]
    pub fn without_server_text(self) -> Self {
        match self {
            Self::Refused(_) => Self::Refused(String::new()),
            Self::Paused(PauseReason { until, .. }) => {
                Self::Paused(PauseReason { until, ..PauseReason::other_user() })
            }
            other => other,
        }
    }
}
