//! Whether the schedule in a form ever runs, and when first. The server's time zone is not documented
//! (CONTRACT.md 11.7), so a form is refused only if it has no run in any zone.

use crate::format::time::Timestamp;
use crate::schedule::cron::Cron;
use crate::schedule::runs;
use crate::start::{Draft, FieldError, FieldValue};

/// The time zones of the earth are at most this far behind UTC, in milliseconds.
const MAX_BEHIND_MS: i64 = 12 * 3_600_000;
/// The time zones of the earth are at most this far ahead of UTC, in milliseconds.
const MAX_AHEAD_MS: i64 = 14 * 3_600_000;

/// The fields that decide about the runs, the one that gets the error first.
const FIELDS: [&str; 3] = ["end_date", "start_date", "run_at"];

/// What a person should know about the runs of a schedule before it is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunPreview {
    /// The first run, if the times are in UTC; `None` if there is none, or the schedule is disabled.
    pub first: Option<Timestamp>,
    /// What this console assumes, in sentences.
    pub remarks: Vec<&'static str>,
}

impl Draft {
    /// As [`validate`](Self::validate), and whether the schedule has a run after `now`.
    pub fn validate_at(&self, now: Timestamp) -> Vec<FieldError> {
        let errors = self.validate();
        if errors.is_empty() { self.no_run(now).into_iter().collect() } else { errors }
    }

    /// What to know about the runs after `now`; `None` if the form does not change them.
    pub fn run_preview(&self, now: Timestamp) -> Option<RunPreview> {
        self.runs_field()?;
        let cron = self.cron()?;
        let mut remarks = cron.remarks();
        if self.value_of("disabled").is_some() {
            return Some(RunPreview { first: None, remarks });
        }
        let first = runs(&cron, self.instant("start_date"), self.instant("end_date"), now).next();
        remarks.push(match first {
            Some(_) => "This reads the times in UTC: the time zone of the server is not documented.",
            None => {
                "In UTC there is no run between these dates. The time zone of the server is not documented: in \
                 another one there may be."
            }
        });
        Some(RunPreview { first, remarks })
    }

    /// The error of a schedule that has no run after `now`, whatever the time zone of the server.
    fn no_run(&self, now: Timestamp) -> Option<FieldError> {
        let index = self.runs_field()?;
        let (cron, start, end) =
            (self.cron()?, self.instant("start_date"), self.instant("end_date"));
        if end? <= now {
            return Some(FieldError::new(index, "It never runs: its end is in the past"));
        }
        let shift = |time: Timestamp, ms: i64| Timestamp::from_ms(time.as_ms().saturating_add(ms));
        let earliest = start.map(|start| shift(start, -MAX_BEHIND_MS));
        let latest = end.map(|end| shift(end, MAX_AHEAD_MS));
        let mut possible = runs(&cron, earliest, latest, shift(now, -MAX_BEHIND_MS));
        possible.next().is_none().then(|| {
            FieldError::new(index, "It never runs: there is no such time between its dates")
        })
    }

    /// The index of the first field that is sent and decides about the runs.
    fn runs_field(&self) -> Option<usize> {
        let sent = FIELDS.into_iter().filter(|member| {
            self.value_of(member).is_some()
                || self.api.position(member).is_some_and(|index| self.is_changed(index))
        });
        sent.filter_map(|member| self.api.position(member)).find(|&index| self.is_sent(index))
    }

    fn cron(&self) -> Option<Cron> {
        match self.value_of("run_at")? {
            FieldValue::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn instant(&self, member: &str) -> Option<Timestamp> {
        match self.value_of(member)? {
            FieldValue::Text(text) => text.parse().ok(),
            _ => None,
        }
    }
}
