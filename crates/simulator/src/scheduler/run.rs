//! A run of a schedule: the resource `jobs` of the scheduler (CONTRACT.md 3, family 19), a function of
//! the time.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;

use super::resource::resource;
use super::schedule::{ANY_NODE, Schedule};
use crate::list::{Comparison, Filter, Row};
use crate::random::hash;
use crate::time::after;

/// The filters of the list.
pub const FILTERS: &[Filter] = &[
    ("id", "id", Comparison::Text),
    ("name", "name", Comparison::Text),
    ("job_config_id", "job_config_id", Comparison::Text),
    ("job_status", "status", Comparison::Text),
    ("operation", "operation", Comparison::Text),
    ("processing_node", "processing_node", Comparison::Text),
    ("created_after", "createdAt", Comparison::After),
    ("created_before", "createdAt", Comparison::Before),
];

/// The nodes of the cluster; the names are invented, since no sample shows one.
const NODES: &[&str] = &["cm-node-1", "cm-node-2", "cm-node-3"];

/// A run with everything that will happen to it.
#[derive(Clone, Debug)]
pub struct Run {
    /// Opaque.
    pub id: String,
    /// The domain of its schedule.
    pub domain: usize,
    /// Its schedule, which may have been deleted.
    pub schedule_id: String,
    /// When it was created. It does not exist before.
    pub created_at: Timestamp,
    /// How long it stays `scheduled`.
    pub wait: Duration,
    /// How long it is `in_progress` after that.
    pub duration: Duration,
    /// The status at its end.
    pub final_status: Cow<'static, str>,
    name: String,
    operation: &'static str,
    node: String,
}

impl Run {
    /// A run that starts and ends at once, as `completed`. It has the name of its schedule, which is an
    /// assumption.
    pub fn new(schedule: &Schedule, id: String, created_at: Timestamp) -> Self {
        let node = if schedule.run_on == ANY_NODE {
            let index = hash(&id) % NODES.len() as u64;
            NODES[usize::try_from(index).unwrap_or(0)]
        } else {
            &schedule.run_on
        };
        Self {
            domain: schedule.domain,
            schedule_id: schedule.id.clone(),
            created_at,
            wait: Duration::ZERO,
            duration: Duration::ZERO,
            final_status: "completed".into(),
            name: schedule.name.clone(),
            operation: schedule.operation.name,
            node: node.to_owned(),
            id,
        }
    }

    /// When it changes from `scheduled` to `in_progress`.
    pub fn started_at(&self) -> Timestamp {
        after(self.created_at, self.wait)
    }

    /// When it ends.
    pub fn ended_at(&self) -> Timestamp {
        after(self.started_at(), self.duration)
    }

    /// The members at a time. A scheduled run has no node yet; that and the uri are assumptions.
    pub fn row(&self, now: Timestamp) -> Row {
        let (status, updated_at) = match now {
            now if self.ended_at() <= now => (&*self.final_status, self.ended_at()),
            now if self.started_at() <= now => ("in_progress", self.started_at()),
            _ => ("scheduled", self.created_at),
        };
        let node = (self.started_at() <= now).then_some(&*self.node);
        resource("jobs", &self.id, self.created_at, updated_at)
            .with("name", &*self.name)
            .with("operation", self.operation)
            .with("status", status)
            .with("job_config_id", &*self.schedule_id)
            .with_some("processing_node", node)
    }
}
