//! What is known of one job only moves forward. The nodes of a cluster lag behind each other, so a later answer may
//! be older than the one before (CONTRACT.md 11.11).

use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::status::JobStatus;

/// The part of an answer that says how far its job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobState {
    /// The status of the job.
    pub status: JobStatus,
    /// Whether a cancellation of the job was requested.
    pub is_abort_requested: bool,
    /// `updatedAt`, if the answer has it.
    pub updated: Option<Timestamp>,
}

impl From<&Job> for JobState {
    fn from(job: &Job) -> Self {
        Self {
            status: job.status(),
            is_abort_requested: job.is_abort_requested(),
            updated: job.time("updatedAt"),
        }
    }
}

impl JobState {
    /// Whether `answer` is an older state of the job than this one. A job that is over does not run again: no operation
    /// of the API restarts one (CONTRACT.md 1). Between two answers of the same order `updatedAt` decides, because it
    /// moves while a job runs (CONTRACT.md 2.1); it does not decide first, because the clocks of the nodes differ.
    pub fn is_newer_than(self, answer: Self) -> bool {
        let (known, answered) = (self.status.order(), answer.status.order());
        if known != answered {
            return known > answered;
        }
        self.updated.zip(answer.updated).is_some_and(|(known, answered)| known > answered)
    }
}

impl Job {
    /// What is known of the job after `answer`: an older answer changes nothing, and a cancellation that was
    /// requested once stays requested.
    #[must_use]
    pub fn updated_by(&self, answer: Self) -> Self {
        let (known, answered) = (JobState::from(self), JobState::from(&answer));
        let mut job = if known.is_newer_than(answered) { self.clone() } else { answer };
        job.is_abort_known |= known.is_abort_requested || answered.is_abort_requested;
        job
    }

    /// Whether an earlier answer reported a cancellation that the present one does not report.
    pub fn is_abort_remembered(&self) -> bool {
        self.is_abort_known && self.raw("abort") != Some("true")
    }
}
