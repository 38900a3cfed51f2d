//! Earlier states of jobs and schedules, for nodes of a cluster that lag behind (CONTRACT.md 11.11).

use std::time::Duration;

use jiff::Timestamp;

use crate::job_store::JobStore;
use crate::scheduler::Scheduler;
use crate::time::after;

/// How many states are stored; older ones are removed.
const MAX_STATES: usize = 200;

/// Everything that a change of the API can change.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// When the change was made.
    pub changed_at: Timestamp,
    /// The jobs before it.
    pub jobs: JobStore,
    /// The schedules and runs before it.
    pub scheduler: Scheduler,
}

/// The states before the latest changes, the oldest first.
#[derive(Debug, Default)]
pub struct History(Vec<Snapshot>);

impl History {
    /// Stores the state before a change.
    pub fn add(&mut self, snapshot: Snapshot) {
        if self.0.len() == MAX_STATES {
            self.0.remove(0);
        }
        self.0.push(snapshot);
    }

    /// The state before the latest change or, with a lag, before all changes that are not older than the
    /// lag. `None` if there was no such change.
    pub fn before(&self, now: Timestamp, lag: Duration) -> Option<&Snapshot> {
        if lag.is_zero() {
            return self.0.last();
        }
        self.0.iter().find(|snapshot| after(snapshot.changed_at, lag) > now)
    }

    /// Removes all states.
    pub fn clear(&mut self) {
        self.0.clear();
    }
}
