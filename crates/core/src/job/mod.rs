//! One job as the API reports it: every member is kept, the documented ones have accessors.

pub mod action;
pub mod cause;
pub mod compare;
pub mod counts;
pub mod details;
mod digest_cell;
pub mod item_status;
pub mod item_window;
pub mod items;
pub mod items_view;
pub mod known;
pub mod outcome;
pub mod page;
pub mod problems;
mod requested;
pub mod status;
pub mod tally;
pub mod title;

use std::borrow::Cow;

use crate::format::json;
use crate::format::json::Member;
use crate::format::text;
use crate::format::time::Timestamp;
use crate::job::items::Items;
use crate::job::status::JobStatus;

/// One job. No member is required: a missing one is `None`, one of an unexpected type is kept and shown as
/// received (CONTRACT.md 2.1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Job {
    /// All members but `detailed_status`, in the order of the answer.
    pub members: Vec<Member>,
    /// The entries of `detailed_status`.
    pub items: Items,
    /// What `detailed_status` was, as JSON, when it was no object.
    pub unexpected_detail: Option<String>,
    /// Whether this or an earlier answer reported that a cancellation was requested.
    pub is_abort_known: bool,
}

/// The start and the end of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobDuration {
    /// When the job was created, and when it ended or was last updated.
    times: Option<(Timestamp, Timestamp)>,
    /// Whether the job still runs.
    pub is_running: bool,
}

impl JobDuration {
    /// The duration in milliseconds, up to `now` while the job runs. It is never negative, even if the
    /// browser's clock is behind the server's. `None` for a job that ended before it was created.
    pub fn ms(self, now: Timestamp) -> Option<i64> {
        let (started, end) = self.times?;
        if self.is_running {
            return Some(now.max(end).ms_since(started).max(0));
        }
        Some(end.ms_since(started)).filter(|&ms| ms >= 0)
    }
}

impl Job {
    /// The JSON of the member `name`. Of repeated members the last counts, as in `JSON.parse`.
    pub fn raw(&self, name: &str) -> Option<&str> {
        json::find(&self.members, name)
    }

    /// The value of the member `name` as text for people; `null` counts as missing.
    pub fn text(&self, name: &str) -> Option<String> {
        self.raw(name).filter(|&raw| raw != "null").map(text::display)
    }

    /// The opaque id of the job; `None` if it is missing or empty.
    pub fn id(&self) -> Option<String> {
        self.text("id").filter(|id| !id.is_empty())
    }

    /// The member that contains the status: `status` in the runs of schedules, which have no
    /// `overall_status` (CONTRACT.md 3, family 19).
    pub fn status_member(&self) -> &'static str {
        if self.raw("overall_status").is_none() && self.raw("status").is_some() {
            "status"
        } else {
            "overall_status"
        }
    }

    /// The status as received.
    pub fn status_text(&self) -> Option<String> {
        self.text(self.status_member())
    }

    /// Whether a cancellation was requested.
    pub fn is_abort_requested(&self) -> bool {
        self.is_abort_known || self.raw("abort") == Some("true")
    }

    /// The status of the job. Only a string can be a known status.
    pub fn status(&self) -> JobStatus {
        let member = self.status_member();
        let word = self.raw(member).and_then(json::parse_string);
        if member == "status" {
            return JobStatus::from_run(word.as_deref());
        }
        JobStatus::new(word.as_deref(), self.is_abort_requested())
    }

    /// Whether the job may still change: it runs, or its status is unknown and it has no `completed_at`, which is
    /// absent only while a job is in progress (CONTRACT.md 2.1).
    pub fn may_run(&self) -> bool {
        let status = self.status();
        status.is_running() || status == JobStatus::Unknown && self.text("completed_at").is_none()
    }

    /// The instant in the member `name`; `None` if it is missing or not an instant.
    pub fn time(&self, name: &str) -> Option<Timestamp> {
        self.text(name).as_deref().and_then(|text| text.parse().ok())
    }

    /// When the job was created.
    pub fn created_at(&self) -> Option<Timestamp> {
        self.time("createdAt")
    }

    /// When the job ended; `None` while it runs (CONTRACT.md 2.1), even if `completed_at` is present, and while it may
    /// run. A finished job without `completed_at` ended with its last update.
    pub fn ended_at(&self) -> Option<Timestamp> {
        if self.may_run() {
            return None;
        }
        let last_change = || self.status_text().and_then(|_| self.time("updatedAt"));
        self.time("completed_at").or_else(last_change)
    }

    /// How long the job has been running, or ran.
    pub fn duration(&self) -> JobDuration {
        let is_running = self.status().is_running();
        let started = self.created_at();
        let end = if is_running { self.time("updatedAt").or(started) } else { self.ended_at() };
        JobDuration { times: started.zip(end), is_running }
    }

    /// The entries of the array in the member `name`; empty if it is not an array of strings and numbers.
    pub fn list(&self, name: &str) -> Vec<String> {
        let list = self.raw(name).and_then(text::parse_list).unwrap_or_default();
        list.into_iter().map(Cow::into_owned).collect()
    }

    /// The version numbers under `completed` in `detailed_status`, in families that list them there (CONTRACT.md 2.4).
    pub fn completed_versions(&self) -> &[String] {
        let completed = self.items.names().position(|name| name == "completed");
        let versions = completed.and_then(|index| self.items.text(index)?.list.as_deref());
        versions.unwrap_or_default()
    }
}
