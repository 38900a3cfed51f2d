//! The status of an item, derived from its status text.
//!
//! The texts are not standardized (CONTRACT.md 2.4), so a status is only a hint for colours and counts. No change
//! depends on it, and the text is always shown beside it.

use strum::{EnumString, IntoStaticStr};

/// The probable status of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr)]
#[strum(serialize_all = "lowercase")]
pub enum ItemStatus {
    /// The text describes a failure.
    Failed,
    /// Exactly `in_progress` (CONTRACT.md 2.4).
    Running,
    /// Requested, but not reported by the job.
    Unreported,
    /// A text that the console does not recognise, or a value of an unexpected type.
    Other,
    /// The value is an array, such as the versions of an update of all versions (CONTRACT.md 2.4).
    List,
    /// The text describes a success.
    Done,
}

impl ItemStatus {
    /// All statuses, most urgent first.
    pub const ALL: [Self; 6] =
        [Self::Failed, Self::Running, Self::Unreported, Self::Other, Self::List, Self::Done];

    /// The label for people. `is_finished` says whether the job has ended: nothing can be waited for any more then.
    pub fn label(self, is_finished: bool) -> &'static str {
        match self {
            Self::Failed => "Failed",
            Self::Running => "Running",
            Self::Unreported if is_finished => "No result",
            Self::Unreported => "Waiting",
            Self::Other => "Other message",
            Self::List => "List",
            Self::Done => "Done",
        }
    }

    /// The name in the URL and in style sheets; [`FromStr`](std::str::FromStr) parses it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Whether an item of this status is a problem: in a job that may still run only a failed one. In a finished job
    /// every item that is not a success is a problem, also one without a result and one whose text is not recognised.
    /// A list, such as the completed versions (CONTRACT.md 2.4), is a result.
    pub fn is_problem(self, is_finished: bool) -> bool {
        match self {
            Self::Failed => true,
            Self::Running | Self::Unreported | Self::Other => is_finished,
            Self::List | Self::Done => false,
        }
    }

    /// The status for a text. `in_progress` must match exactly. Success must begin or end with the documented
    /// words, so `unsuccessful` and `synchronized with errors` do not count as success.
    pub fn classify(text: &str) -> Self {
        if text == "in_progress" {
            return Self::Running;
        }
        let lower = text.trim().to_ascii_lowercase();
        let bare = lower.trim_end_matches(['.', '!']);
        if FAILURE_WORDS.iter().any(|word| bare.contains(word)) {
            return Self::Failed;
        }
        let succeeded = bare == "success"
            || bare == "completed"
            || bare.starts_with("success ")
            || bare.starts_with("success:")
            || bare.starts_with("successfully ")
            || bare.ends_with(" successfully")
            || bare.ends_with(" successful");
        let in_full = !bare.contains("not ") && !bare.contains("partial");
        if succeeded && in_full {
            return Self::Done;
        }
        let mentions_success = bare.contains("success") || bare.starts_with("completed");
        let is_failure = REFUSAL_WORDS.iter().any(|word| bare.contains(word));
        if is_failure && !mentions_success { Self::Failed } else { Self::Other }
    }
}

/// A text that contains one of these is a failure. None of them is documented (CONTRACT.md 10).
const FAILURE_WORDS: [&str; 15] = [
    "fail",
    "error",
    "denied",
    "unsuccess",
    "not found",
    "exception",
    "invalid",
    "unauthorized",
    "not authorized",
    "forbidden",
    "timed out",
    "timeout",
    "refused",
    "exceeded",
    "ncerr",
];

/// A text that contains one of these is a failure unless it speaks of a success, as `completed after throttling` does.
const REFUSAL_WORDS: [&str; 54] = [
    "throttl",
    "too many",
    "toomany",
    "not exist",
    "no such",
    "not allowed",
    "not permitted",
    "unavailable",
    "notfound",
    "not_found",
    "notauthorized",
    "exhausted",
    "could not",
    "cannot",
    "can't",
    "unable to",
    "unable_to",
    "did not",
    "not reachable",
    "unreachable",
    "not synchronized",
    "not supported",
    "is not enabled",
    "is not active",
    "is not assigned",
    "is not registered",
    "is not compatible",
    "was not enabled",
    "was not disabled",
    "is expired",
    "are expired",
    "expired at",
    "has expired",
    "signature expired",
    "incorrect",
    "does not match",
    "insufficient",
    "no valid",
    "unauthenticated",
    "not_logged_in",
    "ckr_",
    "aadsts",
    "x509:",
    "bad gateway",
    "gateway time",
    "connection reset",
    "no route to",
    "broken pipe",
    ": eof",
    "authentication required",
    "is too large",
    "still disabled",
    "rejected",
    "goaway",
];
