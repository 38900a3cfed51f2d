//! A schedule, which makes jobs at certain times: read from its members, and when it runs next.

pub mod cron;

use crate::format::json;
use crate::format::local_time::LocalTime;
use crate::format::text;
use crate::format::text::cut;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::schedule::cron::Cron;

/// A schedule (CONTRACT.md 3, family 18). What is missing reads as empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// `name`.
    pub name: String,
    /// `operation`, as `cckm_synchronization`.
    pub operation: String,
    /// `run_at` as it came: five fields of cron.
    pub run_at: String,
    /// What `run_at` means, or why it means nothing.
    pub cron: Result<Cron, String>,
    /// Whether it makes no runs by itself.
    pub disabled: bool,
    /// `start_date`: not before.
    pub start: Option<Timestamp>,
    /// `end_date`: not after.
    pub end: Option<Timestamp>,
    /// What is under `job_config_params`, by name.
    pub parameters: Vec<(String, String)>,
}

/// Whether a schedule makes runs by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It does.
    Enabled,
    /// It does not until it is enabled.
    Disabled,
    /// Its end has come.
    Over,
    /// Its `run_at` cannot be read here.
    Unreadable,
}

impl State {
    /// The word that people read.
    pub fn word(self) -> &'static str {
        match self {
            Self::Enabled => "Enabled",
            Self::Disabled => "Disabled",
            Self::Over => "Over",
            Self::Unreadable => "Not understood",
        }
    }

    /// The word in a style sheet.
    pub fn key(self) -> &'static str {
        match self {
            Self::Enabled => "scheduled",
            Self::Disabled => "unreported",
            Self::Over => "completed",
            Self::Unreadable => "other",
        }
    }
}

impl Schedule {
    /// Reads the members of `job`, as the list and the detail tell them.
    pub fn of(job: &Job) -> Self {
        let text = |name| job.shown(name).unwrap_or_default();
        let run_at = text("run_at");
        let parameters = job.raw("job_config_params").map(json::members);
        let parameters = parameters.and_then(Result::ok).unwrap_or_default();
        let parameters = parameters.into_iter();
        Self {
            name: text("name"),
            operation: text("operation"),
            cron: Cron::read(&run_at),
            run_at,
            disabled: job.raw("disabled") == Some("true"),
            start: job.time("start_date"),
            end: job.time("end_date"),
            parameters: parameters
                .map(|member| (member.name, text::readable(&member.raw)))
                .collect(),
        }
    }

    /// Whether it makes runs by itself at the instant `now`.
    pub fn state(&self, now: Timestamp) -> State {
        if self.disabled {
            State::Disabled
        } else if self.cron.is_err() {
            State::Unreadable
        } else if self.end.is_some_and(|end| end < now) {
            State::Over
        } else {
            State::Enabled
        }
    }

    /// The next runs after `now`, at most `most`: its times between its start and its end. None
    /// while it is disabled.
    pub fn next_runs(&self, now: Timestamp, most: usize) -> Vec<Timestamp> {
        let Ok(cron) = &self.cron else {
            return Vec::new();
        };
        if self.disabled {
            return Vec::new();
        }
        // A run at the very start counts.
        let before_start = self.start.map(|start| Timestamp::from_ms(start.ms() - 1));
        let from = before_start.map_or(now, |start| start.max(now));
        let runs = std::iter::successors(cron.next(from), |run| cron.next(*run));
        let runs = runs.take_while(|run| self.end.is_none_or(|end| *run <= end));
        runs.take(most).collect()
    }

    /// `run_at` in words: `at 02:30 every day`, or what is wrong with it.
    pub fn words(&self) -> String {
        match &self.cron {
            Ok(cron) => cron.words(),
            Err(wrong) => wrong.clone(),
        }
    }
}

/// A schedule as one row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleRow {
    /// Tells the row from the others of its page.
    pub key: String,
    /// The id, if it has one that an address can name.
    pub id: Option<String>,
    /// What it is called.
    pub name: String,
    /// Whether it makes runs.
    pub state: State,
    /// What it does.
    pub operation: String,
    /// When it runs, in words.
    pub words: String,
    /// The same as the API tells it.
    pub run_at: String,
    /// When it runs next.
    pub next: Option<LocalTime>,
}

impl ScheduleRow {
    /// The rows of `jobs` at the instant `now`. `when` writes an instant in the reader's zone.
    pub fn all(
        jobs: &[Job],
        now: Timestamp,
        when: fn(Timestamp) -> Option<LocalTime>,
    ) -> Vec<Self> {
        let rows = jobs.iter().enumerate().map(|(index, job)| {
            let id = job.id();
            let schedule = Schedule::of(job);
            Self {
                key: format!("{index} {}", id.as_deref().unwrap_or_default()),
                id: id.filter(|id| id != "." && id != ".."),
                state: schedule.state(now),
                words: schedule.words(),
                next: schedule.next_runs(now, 1).pop().and_then(when),
                name: cut(schedule.name),
                operation: cut(schedule.operation),
                run_at: cut(schedule.run_at),
            }
        });
        rows.collect()
    }
}
