//! How a job as a whole stands, read from `overall_status` and `abort`, or from the `status` of the
//! run of a schedule.

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobStatus {
    /// `scheduled`: the run of a schedule that is to come (CONTRACT.md 3, family 19).
    Scheduled,
    /// `in_progress`: the only status of a job that is not final (CONTRACT.md 2.3).
    Running,
    /// `in_progress` while a cancellation has been asked for. Derived, not said by the API.
    Cancelling,
    /// `completed`; single items may have failed all the same.
    Completed,
    /// Final after a cancellation was asked for. Derived, not said by the API: cancelled jobs end
    /// as `completed` (CONTRACT.md 4, trap 7).
    Cancelled,
    /// `aborted`: the run of a schedule that was ended early.
    Aborted,
    /// `failed` or `error`.
    Failed,
    /// A status that this console does not know, or none at all.
    Unknown,
}

impl JobStatus {
    /// Reads the two members that tell it; a missing `abort` is `false`.
    pub fn new(overall_status: Option<&str>, abort: bool) -> Self {
        match (overall_status, abort) {
            (Some("in_progress"), false) => Self::Running,
            (Some("in_progress"), true) => Self::Cancelling,
            (Some("completed"), true) => Self::Cancelled,
            (Some("completed"), false) => Self::Completed,
            (Some("failed" | "error"), _) => Self::Failed,
            _ => Self::Unknown,
        }
    }

    /// Reads the `status` of the run of a schedule.
    pub fn from_run(status: Option<&str>) -> Self {
        match status {
            Some("scheduled") => Self::Scheduled,
            Some("aborted") => Self::Aborted,
            status => Self::new(status, false),
        }
    }

    /// Whether the job may still change by itself.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Scheduled | Self::Running | Self::Cancelling)
    }

    /// Whether this was concluded by the console rather than said by the API.
    pub fn is_derived(self) -> bool {
        matches!(self, Self::Cancelling | Self::Cancelled)
    }

    /// The word that people read; `None` where only the API's own word will do.
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

    /// The word in a style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Scheduled => "scheduled",
            Self::Running => "running",
            Self::Cancelling => "cancelling",
            Self::Completed => "completed",
            Self::Cancelled | Self::Aborted => "cancelled",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
        }
    }
}
