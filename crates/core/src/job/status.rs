//! The status of a job, from `overall_status` and `abort`, or from the `status` of a schedule run.

use strum::IntoStaticStr;

/// The status of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum JobStatus {
    /// `scheduled`: a schedule run that has not started (CONTRACT.md 3, family 19).
    Scheduled,
    /// `in_progress`: the only status of a job that is not final (CONTRACT.md 2.3).
    Running,
    /// `in_progress` after a cancellation was requested. Derived: the API has no such status.
    Cancelling,
    /// `completed`. Some items may have failed.
    Completed,
    /// Finished after a cancellation was requested. Derived: the API reports cancelled jobs as
    /// `completed` (CONTRACT.md 4, trap 7).
    Cancelled,
    /// `aborted`: a schedule run that was ended early. It looks like a cancelled job.
    #[strum(serialize = "cancelled")]
    Aborted,
    /// `failed` or `error`.
    Failed,
    /// A status that this console does not know, or none at all.
    Unknown,
}

impl JobStatus {
    /// The status for `overall_status` and `abort`. Case and white space around the text do not matter.
    pub fn new(overall_status: Option<&str>, abort: bool) -> Self {
        let text = overall_status.map(|text| text.trim().to_ascii_lowercase());
        match (text.as_deref(), abort) {
            (Some("in_progress"), false) => Self::Running,
            (Some("in_progress"), true) => Self::Cancelling,
            (Some("completed"), true) => Self::Cancelled,
            (Some("completed"), false) => Self::Completed,
            (Some("failed" | "error"), _) => Self::Failed,
            _ => Self::Unknown,
        }
    }

    /// The status for the `status` of a schedule run.
    pub fn from_run(status: Option<&str>) -> Self {
        match status {
            Some(text) if text.trim().eq_ignore_ascii_case("scheduled") => Self::Scheduled,
            Some(text) if text.trim().eq_ignore_ascii_case("aborted") => Self::Aborted,
            status => Self::new(status, false),
        }
    }

    /// Whether the job is not finished.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Scheduled | Self::Running | Self::Cancelling)
    }

    /// Its place in the course of a job, which never goes back: scheduled, then running, then over. A job with an
    /// unknown status may still run.
    pub fn order(self) -> u8 {
        match self {
            Self::Scheduled => 0,
            Self::Running | Self::Cancelling | Self::Unknown => 1,
            Self::Completed | Self::Cancelled | Self::Aborted | Self::Failed => 2,
        }
    }

    /// This status after a cancellation was requested.
    #[must_use]
    pub fn after_abort(self) -> Self {
        match self {
            Self::Running => Self::Cancelling,
            Self::Completed => Self::Cancelled,
            status => status,
        }
    }

    /// Whether the console derived this status; the API does not report it.
    pub fn is_derived(self) -> bool {
        matches!(self, Self::Cancelling | Self::Cancelled)
    }

    /// The label for people; `None` for a status that only the received text describes.
    pub fn label(self) -> Option<&'static str> {
        match self {
            Self::Scheduled => Some("Scheduled"),
            Self::Running => Some("In progress"),
            Self::Cancelling => Some("Cancelling"),
            Self::Completed => Some("Completed"),
            Self::Cancelled => Some("Cancelled"),
            Self::Aborted => Some("Aborted"),
            Self::Failed => Some("Failed"),
            Self::Unknown => None,
        }
    }

    /// The name in style sheets.
    pub fn as_str(self) -> &'static str {
        self.into()
    }
}
