//! A schedule, which starts jobs at certain times: its members, its state and its next runs.

pub mod cron;
mod description;
mod row;

pub use crate::schedule::row::ScheduleRow;

use crate::format::json;
use crate::format::text;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::schedule::cron::Cron;

/// A schedule (CONTRACT.md 3, family 18). A missing member is read as an empty one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `name`.
    pub name: String,
    /// `operation`, such as `cckm_synchronization`.
    pub operation: String,
    /// `run_at` as received: a cron expression of five fields.
    pub run_at: String,
    /// The parsed `run_at`, or a sentence about what is wrong with it.
    pub cron: Result<Cron, String>,
    /// `disabled`: the schedule does not run automatically.
    pub disabled: bool,
    /// `start_date`: the schedule does not run before this time.
    pub start: Option<Timestamp>,
    /// `end_date`: the schedule does not run after this time.
    pub end: Option<Timestamp>,
    /// The members of `job_config_params`, as name and readable value.
    pub parameters: Vec<(String, String)>,
}

/// Whether a schedule runs automatically.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleState {
    /// It runs automatically.
    Enabled,
    /// It does not run until it is enabled.
    Disabled,
    /// Its end has passed.
    Over,
    /// Its `run_at` names days that do not exist.
    NeverRuns,
    /// Its `run_at` cannot be parsed.
    Unreadable,
}

impl ScheduleState {
    /// The text on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Over => "Over",
            Self::NeverRuns => "Never runs",
            Self::Unreadable => "Not understood",
        }
    }

    /// The name of its shape and colour in the style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Enabled => "scheduled",
            Self::Disabled => "unreported",
            Self::Over => "completed",
            Self::NeverRuns | Self::Unreadable => "other",
        }
    }
}

impl From<&Job> for Schedule {
    /// Reads the members of `job`, which the API reports like a job in the list and the detail.
    fn from(job: &Job) -> Self {
        let text = |name| job.text(name).unwrap_or_default();
        let run_at = text("run_at");
        let parameters = job
            .raw("job_config_params")
            .and_then(|raw| json::parse_object(raw).ok())
            .unwrap_or_default();
        Self {
            name: text("name"),
            operation: text("operation"),
            cron: run_at.parse(),
            run_at,
            disabled: job.raw("disabled") == Some("true"),
            start: job.time("start_date"),
            end: job.time("end_date"),
            parameters: parameters
                .into_iter()
                .map(|member| (member.name, text::display_or_raw(&member.raw)))
                .collect(),
        }
    }
}

impl Schedule {
    /// Its state at `now`.
    pub fn state(&self, now: Timestamp) -> ScheduleState {
        if self.disabled {
            ScheduleState::Disabled
        } else if self.cron.is_err() {
            ScheduleState::Unreadable
        } else if self.end.is_some_and(|end| end < now) {
            ScheduleState::Over
        } else if self.cron.as_ref().is_ok_and(|cron| cron.never_runs().is_some()) {
            ScheduleState::NeverRuns
        } else {
            ScheduleState::Enabled
        }
    }

    /// At most `max` next runs after `now`, between its start and its end; none while it is disabled.
    pub fn next_runs(&self, now: Timestamp, max: usize) -> Vec<Timestamp> {
        let Some(cron) = self.cron.as_ref().ok().filter(|_| !self.disabled) else {
            return Vec::new();
        };
        runs(cron, self.start, self.end, now).take(max).collect()
    }

    /// What its `run_at` leaves to the server, as sentences.
    pub fn remarks(&self) -> Vec<&'static str> {
        self.cron.as_ref().map(Cron::remarks).unwrap_or_default()
    }

    /// `run_at` in words: `at 02:30 every day`, or what is wrong with it.
    pub fn description(&self) -> String {
        match &self.cron {
            Ok(cron) => cron.description(),
            Err(error) => error.clone(),
        }
    }
}

/// The runs of `cron` after `now`, from `start` to `end`. Runs at exactly these times count.
pub fn runs(
    cron: &Cron,
    start: Option<Timestamp>,
    end: Option<Timestamp>,
    now: Timestamp,
) -> impl Iterator<Item = Timestamp> {
    let before_start = start.map(|start| Timestamp::from_ms(start.as_ms().saturating_sub(1)));
    let from = before_start.map_or(now, |start| start.max(now));
    std::iter::successors(cron.next(from), |run| cron.next(*run))
        .skip_while(move |run| start.is_some_and(|start| *run < start))
        .take_while(move |run| end.is_none_or(|end| *run <= end))
}
