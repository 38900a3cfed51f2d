//! Why a batch stands still, in words; nothing here decides when it does.

use crate::batch::Outcome;
use crate::format::time::Timestamp;
use crate::problem::Problem;

/// Why no more parts are sent until someone says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What happened, with the server's words.
    pub why: Problem,
    /// When the server wants to be asked again at the soonest, by the browser's clock.
    pub until: Option<Timestamp>,
}

impl Stop {
    /// A stop that the console itself concludes on.
    pub fn here(title: &str, explanation: &str) -> Self {
        let why = Problem::here(title, explanation);
        Self { why, until: None }
    }

    /// Nothing is sent for a batch of another [`place`].
    pub fn elsewhere() -> Self {
        Self::here(
            "This batch was made in another domain or at another server",
            "Nothing of it is sent or looked for here. To go on with it, sign in to the domain and at the \
             server where it was made. A batch whose place was not kept cannot go on: make a new one of \
             its keys.",
        )
    }

    /// Nobody goes on for another user, and nothing that the server told one is shown to another.
    pub fn of_another_user() -> Self {
        Self::here(
            "Someone else has signed in",
            "No more jobs are started until you say so, as the user who is signed in now.",
        )
    }
}

impl Outcome {
    /// The same without what the server said, for someone else than it was said to.
    #[must_use]
    pub fn without_words(self) -> Self {
        match self {
            Self::Refused(_) => Self::Refused(String::new()),
            Self::Stopped(Stop { until, .. }) => Self::Stopped(Stop {
                until,
                ..Stop::of_another_user()
            }),
            other => other,
        }
    }
}
