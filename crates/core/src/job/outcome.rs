//! The outcome of a job: what its status, its items and the time say together.
//!
//! `completed` does not mean that the items succeeded (CONTRACT.md 2.3), and a job that no longer moves still says
//! `in_progress`. Badges, filters, counts, titles and notifications use the outcome; the status of the server is shown
//! beside it.

use std::time::Duration;

use strum::{EnumString, IntoStaticStr};

use crate::format::text::group_digits;
use crate::format::time::{Timestamp, format_duration};
use crate::job::status::JobStatus;
use crate::job::tally::Tally;

/// The outcome of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumString, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Outcome {
    /// The server reports `failed` or `error`, or items failed and none succeeded.
    Failed,
    /// Finished, and some items did not succeed.
    PartlyFailed,
    /// Running, but nothing has changed for longer than [`StuckRule::after`].
    Stuck,
    /// Running.
    Running,
    /// Running after a cancellation was requested.
    Cancelling,
    /// A run of a schedule that has not started.
    Scheduled,
    /// The server reports a status that the console does not know.
    Other,
    /// Ended early by a cancellation.
    Cancelled,
    /// Finished, and every item succeeded.
    Ok,
}

/// When a running job counts as stuck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StuckRule {
    /// The time, by the server's clock.
    pub now: Timestamp,
    /// How long a job may run without a change. `updatedAt` moves while a job runs (CONTRACT.md 2.1).
    pub after: Duration,
}

impl StuckRule {
    /// How many milliseconds ago the job changed, if that is too long.
    pub fn idle_ms(self, changed: Option<Timestamp>) -> Option<i64> {
        let idle = self.now.ms_since(changed?);
        let is_stuck = u128::try_from(idle).is_ok_and(|idle| idle >= self.after.as_millis());
        is_stuck.then_some(idle)
    }
}

impl Outcome {
    /// All outcomes, most urgent first.
    pub const ALL: [Self; 9] = [
        Self::Failed,
        Self::PartlyFailed,
        Self::Stuck,
        Self::Running,
        Self::Cancelling,
        Self::Scheduled,
        Self::Other,
        Self::Cancelled,
        Self::Ok,
    ];

    /// The outcome of a job with this status and these items, which last changed at `changed`.
    pub fn new(
        status: JobStatus,
        tally: &Tally,
        changed: Option<Timestamp>,
        rule: StuckRule,
    ) -> Self {
        match status {
            JobStatus::Running | JobStatus::Cancelling if rule.idle_ms(changed).is_some() => {
                Self::Stuck
            }
            JobStatus::Running => Self::Running,
            JobStatus::Cancelling => Self::Cancelling,
            JobStatus::Scheduled => Self::Scheduled,
            JobStatus::Cancelled | JobStatus::Aborted => Self::Cancelled,
            JobStatus::Failed => Self::Failed,
            JobStatus::Unknown => Self::Other,
            JobStatus::Completed if tally.problems(true) == 0 => Self::Ok,
            JobStatus::Completed if tally.succeeded == 0 && tally.failed > 0 => Self::Failed,
            JobStatus::Completed => Self::PartlyFailed,
        }
    }

    /// Whether the job failed, completely or partly.
    pub fn has_failures(self) -> bool {
        matches!(self, Self::Failed | Self::PartlyFailed)
    }

    /// The name for people. The text of [`Outcome::Other`] is that of the server, if it sent one.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ok => "OK",
            Self::PartlyFailed => "Partly failed",
            Self::Failed => "Failed",
            Self::Running => "Running",
            Self::Stuck => "Stuck",
            Self::Cancelling => "Cancelling",
            Self::Cancelled => "Cancelled",
            Self::Scheduled => "Scheduled",
            Self::Other => "Other",
        }
    }

    /// The name in the URL and in style sheets; [`FromStr`](std::str::FromStr) parses it.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// The name with its numbers: `Partly failed (9 of 45)`, `Stuck (nothing changed for 3 h 5 min)`, `Other: paused`.
    /// `word` is the status of the server, `idle_ms` as [`StuckRule::idle_ms`] returns it.
    pub fn describe(self, tally: &Tally, word: Option<&str>, idle_ms: Option<i64>) -> String {
        let label = self.label();
        match self {
            Self::PartlyFailed => {
                let problems = group_digits(tally.problems(true));
                format!("{label} ({problems} of {})", group_digits(tally.total()))
            }
            Self::Stuck => {
                let idle = format_duration(idle_ms.unwrap_or_default());
                format!("{label} (nothing changed for {idle})")
            }
            Self::Other => {
                let word = word.filter(|word| !word.trim().is_empty()).unwrap_or("no status");
                format!("{label}: {word}")
            }
            _ => label.to_owned(),
        }
    }
}

/// Which outcomes a list shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeFilter {
    /// Jobs that failed, completely or partly.
    Failures,
    /// Jobs of one outcome.
    One(Outcome),
}

impl OutcomeFilter {
    /// Whether it selects jobs of `outcome`.
    pub fn selects(self, outcome: Outcome) -> bool {
        match self {
            Self::Failures => outcome.has_failures(),
            Self::One(own) => own == outcome,
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Failures => "With failures",
            Self::One(outcome) => outcome.label(),
        }
    }

    /// The name in the URL; [`FromStr`](std::str::FromStr) parses it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failures => FAILURES,
            Self::One(outcome) => outcome.as_str(),
        }
    }

    /// The only `overall_status` that such jobs have, if there is one. Jobs with failures have several.
    pub fn server_status(self) -> &'static str {
        match self {
            Self::One(Outcome::Running | Outcome::Stuck | Outcome::Cancelling) => "in_progress",
            Self::One(Outcome::Scheduled) => "scheduled",
            _ => "",
        }
    }
}

const FAILURES: &str = "failures";

impl std::str::FromStr for OutcomeFilter {
    type Err = strum::ParseError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        if name == FAILURES { Ok(Self::Failures) } else { name.parse().map(Self::One) }
    }
}

/// How many jobs of a list have each outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OutcomeCounts([usize; Outcome::ALL.len()]);

impl OutcomeCounts {
    /// Counts a job of `outcome`.
    pub fn add(&mut self, outcome: Outcome) {
        for (own, count) in Outcome::ALL.into_iter().zip(&mut self.0) {
            *count += usize::from(own == outcome);
        }
    }

    /// How many jobs `filter` selects.
    pub fn get(&self, filter: OutcomeFilter) -> usize {
        let counts = Outcome::ALL.into_iter().zip(self.0);
        counts.filter(|&(own, _)| filter.selects(own)).map(|(_, count)| count).sum()
    }

    /// How many jobs were counted.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }
}
