//! The progress of a job as a pure function of its plan and the time. The cost does not depend on the
//! number of items.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::plan::Job;
use crate::time::{after, before};

/// How often a running job changes its `updatedAt`, even if no item finishes.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// A job's state at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The member `overall_status`.
    pub status: String,
    /// How many items are finished; they are always the first ones.
    pub done: usize,
    /// Whether the remaining items will never finish because the job was cancelled.
    pub abandoned: bool,
    /// The member `updatedAt`.
    pub updated_at: Timestamp,
    /// The member `completed_at`, absent while the job runs.
    pub completed_at: Option<Timestamp>,
    /// The member `abort`.
    pub abort: bool,
}

impl Job {
    /// Whether the job has started.
    pub fn has_started(&self, now: Timestamp) -> bool {
        self.created_at <= now
    }

    /// When the job ends; none if it hangs.
    pub fn ended_at(&self) -> Option<Timestamp> {
        let natural = self.stalled_at.is_none().then(|| after(self.created_at, self.duration));
        match self.aborted_at.filter(|_| self.was_cancelled()) {
            None => natural,
            Some(aborted) => {
                let settled = after(aborted, self.cancel_duration);
                Some(natural.map_or(settled, |natural| natural.min(settled)))
            }
        }
    }

    /// Whether the job is in progress.
    pub fn is_running(&self, now: Timestamp) -> bool {
        self.has_started(now) && self.ended_at().is_none_or(|end| now < end)
    }

    /// The `overall_status`.
    pub fn status(&self, now: Timestamp) -> &str {
        if self.is_running(now) {
            "in_progress"
        } else if self.was_cancelled() {
            // There is no cancelled state: a cancelled job ends as completed (CONTRACT.md 2.3).
            "completed"
        } else {
            &self.final_status
        }
    }

    /// The state of the job.
    pub fn progress(&self, now: Timestamp) -> Progress {
        let end = self.ended_at().filter(|_| !self.is_running(now));
        let worked_until = [self.aborted_at.filter(|_| self.was_cancelled()), self.stalled_at]
            .into_iter()
            .flatten()
            .fold(now, Timestamp::min);
        let done = self.done(worked_until);
        Progress {
            status: self.status(now).to_owned(),
            done,
            abandoned: end.is_some() && done < self.items.count(),
            updated_at: self.early(end.unwrap_or_else(|| self.heartbeat(now, done))),
            completed_at: end.map(|end| before(end, self.lag)),
            abort: self.aborted_at.is_some(),
        }
    }

    /// The same `updatedAt`, except that the first one may be before `createdAt`.
    fn early(&self, updated_at: Timestamp) -> Timestamp {
        if updated_at == self.created_at {
            return before(updated_at, self.early_update);
        }
        updated_at
    }

    /// Whether the cancellation was requested while the job was in progress.
    fn was_cancelled(&self) -> bool {
        let natural = after(self.created_at, self.duration);
        self.aborted_at.is_some_and(|aborted| self.stalled_at.is_some() || aborted < natural)
    }

    /// How many items are finished.
    fn done(&self, at: Timestamp) -> usize {
        let count = self.items.count();
        let elapsed = u128::try_from(at.duration_since(self.created_at).as_nanos()).unwrap_or(0);
        let Some(part) = (count as u128 * elapsed).checked_div(self.duration.as_nanos()) else {
            return count;
        };
        usize::try_from(part).unwrap_or(count).min(count)
    }

    /// The `updatedAt` of a running job: the latest of the regular heartbeat, the last finished item and
    /// the request to cancel.
    fn heartbeat(&self, now: Timestamp, done: usize) -> Timestamp {
        if let Some(stalled) = self.stalled_at.filter(|stalled| *stalled <= now) {
            return self.aborted_at.map_or(stalled, |aborted| aborted.max(stalled));
        }
        let elapsed = now.duration_since(self.created_at).as_nanos().max(0);
        let beat = HEARTBEAT.as_nanos().cast_signed();
        let last_beat = self.created_at + SignedDuration::from_nanos_i128(elapsed - elapsed % beat);
        let count = self.items.count().max(1) as u128;
        let taken = self.duration.as_nanos() * done as u128 / count;
        let last_item = self.created_at + SignedDuration::from_nanos_i128(taken.cast_signed());
        last_beat.max(last_item).max(self.aborted_at.unwrap_or(last_beat)).min(now)
    }
}
