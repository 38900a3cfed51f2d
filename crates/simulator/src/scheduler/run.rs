//! One run of a schedule: the resource `jobs` of the scheduler (CONTRACT.md 3, family 19), a
//! function of the time. Must not know when schedules are due.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;

use super::schedule::Schedule;
use super::written;
use crate::list::{Filter, Members, Test};
use crate::random::hash;

/// The filters of the list.
pub const FILTERS: &[Filter] = &[
    ("id", "id", Test::Text),
    ("name", "name", Test::Text),
    ("job_config_id", "job_config_id", Test::Text),
    ("job_status", "status", Test::Text),
    ("operation", "operation", Test::Text),
    ("processing_node", "processing_node", Test::Text),
    ("created_after", "createdAt", Test::After),
    ("created_before", "createdAt", Test::Before),
];

/// The nodes of the cluster: made-up names, as no sample shows one.
const NODES: &[&str] = &["cm-node-1", "cm-node-2", "cm-node-3"];

/// A run and its whole future.
#[derive(Clone, Debug)]
pub struct Run {
    /// Opaque.
    pub id: String,
    /// The domain of its schedule.
    pub domain: usize,
    /// The schedule that it is of, which may be gone by now.
    pub schedule_id: String,
    /// When it was made. Before that it does not exist.
    pub created_at: Timestamp,
    /// How long it stays `scheduled`.
    pub wait: Duration,
    /// How long it is `in_progress` after that.
    pub duration: Duration,
    /// The status that it ends with.
    pub final_status: Cow<'static, str>,
    name: String,
    operation: &'static str,
    node: String,
}

impl Run {
    /// A run that starts and ends at once, as `completed`. It has the name of its schedule, which is
    /// chosen.
    pub fn new(config: &Schedule, id: String, created: Timestamp) -> Self {
        let node = if config.run_on == "any" {
            let index = hash(&id) % NODES.len() as u64;
            NODES[usize::try_from(index).unwrap_or(0)]
        } else {
            &config.run_on
        };
        Self {
            domain: config.domain,
            schedule_id: config.id.clone(),
            created_at: created,
            wait: Duration::ZERO,
            duration: Duration::ZERO,
            final_status: "completed".into(),
            name: config.name.clone(),
            operation: config.operation.name,
            node: node.to_owned(),
            id,
        }
    }

    /// When it goes from `scheduled` to `in_progress`.
    pub fn start(&self) -> Timestamp {
        self.created_at
            .saturating_add(self.wait)
            .unwrap_or(Timestamp::MAX)
    }

    /// When it ends.
    pub fn end(&self) -> Timestamp {
        self.start()
            .saturating_add(self.duration)
            .unwrap_or(Timestamp::MAX)
    }

    /// Whether it has ended by then.
    pub fn ended(&self, now: Timestamp) -> bool {
        self.end() <= now
    }

    /// As the API writes it at a time. While it is only scheduled, it has no node yet; that, and its
    /// uri, are chosen.
    pub fn members(&self, now: Timestamp) -> Members<'_> {
        let (status, updated) = match now {
            now if self.ended(now) => (&*self.final_status, self.end()),
            now if self.start() <= now => ("in_progress", self.start()),
            _ => ("scheduled", self.created_at),
        };
        let mut members = written("jobs", &self.id, self.created_at, updated);
        members.push(("name", self.name.as_str().into()));
        members.push(("operation", self.operation.into()));
        members.push(("status", status.into()));
        members.push(("job_config_id", self.schedule_id.as_str().into()));
        if self.start() <= now {
            members.push(("processing_node", self.node.as_str().into()));
        }
        members
    }
}
