//! Where a job stands at a time, as a pure function of its plan and the time. Must not write
//! JSON, and must not cost more for a job with more items.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Job;

/// How long a cancelled job takes to end.
pub const SETTLING: Duration = Duration::from_secs(3);

/// How often a running job moves its `updatedAt`, even when no item finishes.
const HEARTBEAT: Duration = Duration::from_secs(5);

/// A job's state at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// The member `overall_status`.
    pub status: String,
    /// How many items are finished: always the first ones.
    pub done: usize,
    /// Whether the rest will never finish, since the job was cancelled and has settled.
    pub given_up: bool,
    /// The member `updatedAt`.
    pub updated: Timestamp,
    /// The member `completed_at`, absent while the job runs.
    pub completed: Option<Timestamp>,
    /// The member `abort`.
    pub abort: bool,
}

impl Job {
    /// Whether the job has begun.
    pub fn exists(&self, now: Timestamp) -> bool {
        self.created_at <= now
    }

    /// When the job ends, if it does.
    pub fn end(&self) -> Option<Timestamp> {
        let natural = self
            .stalled_at
            .is_none()
            .then(|| after(self.created_at, self.duration));
        match self.aborted_at.filter(|_| self.was_cancelled()) {
            None => natural,
            Some(aborted) => {
                let settled = after(aborted, SETTLING);
                Some(natural.map_or(settled, |natural| natural.min(settled)))
            }
        }
    }

    /// Whether the job runs at this time.
    pub fn runs(&self, now: Timestamp) -> bool {
        self.exists(now) && self.end().is_none_or(|end| now < end)
    }

    /// The `overall_status` at this time.
    pub fn status(&self, now: Timestamp) -> &str {
        if self.runs(now) {
            "in_progress"
        } else if self.was_cancelled() {
            // There is no cancelled state: a cancelled job is completed (CONTRACT.md 2.3).
            "completed"
        } else {
            &self.final_status
        }
    }

    /// Where the job stands.
    pub fn progress(&self, now: Timestamp) -> Progress {
        let end = self.end().filter(|_| !self.runs(now));
        let worked_until = [
            self.aborted_at.filter(|_| self.was_cancelled()),
            self.stalled_at,
        ]
        .into_iter()
        .flatten()
        .fold(now, Timestamp::min);
        let done = self.done(worked_until);
        Progress {
            status: self.status(now).to_owned(),
            done,
            given_up: end.is_some() && done < self.items.count(),
            updated: end.unwrap_or_else(|| self.heartbeat(now, done)),
            completed: end.map(|end| before(end, self.lag)),
            abort: self.aborted_at.is_some(),
        }
    }

    /// Whether cancelling came while the job ran.
    fn was_cancelled(&self) -> bool {
        let natural = after(self.created_at, self.duration);
        self.aborted_at
            .is_some_and(|aborted| self.stalled_at.is_some() || aborted < natural)
    }

    /// How many items are finished by then.
    fn done(&self, at: Timestamp) -> usize {
        let count = self.items.count();
        let elapsed = u128::try_from(at.duration_since(self.created_at).as_nanos()).unwrap_or(0);
        let Some(part) = (count as u128 * elapsed).checked_div(self.duration.as_nanos()) else {
            return count;
        };
        usize::try_from(part).unwrap_or(count).min(count)
    }

    /// The last sign of life of a running job: the latest of a regular beat, the last finished
    /// item, and the request to cancel.
    fn heartbeat(&self, now: Timestamp, done: usize) -> Timestamp {
        if let Some(stalled) = self.stalled_at.filter(|stalled| *stalled <= now) {
            return self
                .aborted_at
                .map_or(stalled, |aborted| aborted.max(stalled));
        }
        let elapsed = now.duration_since(self.created_at).as_nanos().max(0);
        let beat = HEARTBEAT.as_nanos().cast_signed();
        let beats = self.created_at + SignedDuration::from_nanos_i128(elapsed - elapsed % beat);
        let count = self.items.count().max(1) as u128;
        let taken = self.duration.as_nanos() * done as u128 / count;
        let item = self.created_at + SignedDuration::from_nanos_i128(taken.cast_signed());
        beats
            .max(item)
            .max(self.aborted_at.unwrap_or(beats))
            .min(now)
    }
}

fn after(time: Timestamp, duration: Duration) -> Timestamp {
    time.saturating_add(duration).unwrap_or(Timestamp::MAX)
}

fn before(time: Timestamp, duration: Duration) -> Timestamp {
    time.saturating_sub(duration).unwrap_or(Timestamp::MIN)
}
