//! Decides when to fetch which job of a batch: few at a time, and each less often if many run.
//!
//! All times are in milliseconds of one clock, which the caller chooses.

use std::time::Duration;

/// How many jobs are fetched at a time.
const MAX_IN_FLIGHT: usize = 3;
/// For each further this many running jobs, the wait between two requests for one job grows by one base interval.
const STRETCH: usize = 10;

/// When to fetch each job of a batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PollQueue {
    /// The state of each job, by the index of its chunk.
    polls: Vec<Poll>,
    /// No job is fetched before this time.
    hold_until: i64,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Poll {
    /// There is no job.
    #[default]
    None,
    DueAt(i64),
    InFlight,
    /// The job is final.
    Final,
}

impl PollQueue {
    /// The chunk at `index` has a job now, which is due at once. Does nothing if it already had one.
    pub fn add(&mut self, index: usize, now: i64) {
        if self.polls.len() <= index {
            self.polls.resize(index + 1, Poll::None);
        }
        if self.polls[index] == Poll::None {
            self.polls[index] = Poll::DueAt(now);
        }
    }

    /// The chunk at `index` has no job after all.
    pub fn remove(&mut self, index: usize) {
        if let Some(poll) = self.polls.get_mut(index) {
            *poll = Poll::None;
        }
    }

    /// The index of the chunk whose job has been due longest. Its request then counts as in flight.
    pub fn pop(&mut self, now: i64) -> Option<usize> {
        let (_, index) = self.soonest().filter(|(at, _)| *at <= now)?;
        self.polls[index] = Poll::InFlight;
        Some(index)
    }

    /// When to fetch next; `None` if an answer must come first.
    pub fn wake_at(&self) -> Option<i64> {
        self.soonest().map(|(at, _)| at)
    }

    fn soonest(&self) -> Option<(i64, usize)> {
        if self.count(Poll::InFlight) >= MAX_IN_FLIGHT {
            return None;
        }
        let due = |(index, poll): (usize, &Poll)| match poll {
            Poll::DueAt(at) => Some(((*at).max(self.hold_until), index)),
            _ => None,
        };
        self.polls.iter().enumerate().filter_map(due).min()
    }

    /// The request for the job of the chunk at `index` ended. The job is due again after `delay`, which is
    /// longer if many jobs run. Without a delay the job is final.
    pub fn finish(&mut self, index: usize, now: i64, delay: Option<Duration>) {
        let running = self.polls.len() - self.count(Poll::Final) - self.count(Poll::None);
        if let Some(poll) = self.polls.get_mut(index).filter(|poll| **poll == Poll::InFlight) {
            *poll = delay.map_or(Poll::Final, |delay| {
                let delay = delay.as_millis() * (STRETCH + running) as u128 / STRETCH as u128;
                Poll::DueAt(now.saturating_add(i64::try_from(delay).unwrap_or(i64::MAX)))
            });
        }
    }

    /// Fetches no job before `until`.
    pub fn hold(&mut self, until: i64) {
        self.hold_until = until;
    }

    /// Makes each job due at once, with `all` also the final ones.
    pub fn refresh(&mut self, now: i64, all: bool) {
        self.hold_until = 0;
        for poll in &mut self.polls {
            if matches!(poll, Poll::DueAt(_)) || all && *poll == Poll::Final {
                *poll = Poll::DueAt(now);
            }
        }
    }

    /// Whether any job is being fetched.
    pub fn is_busy(&self) -> bool {
        self.count(Poll::InFlight) > 0
    }

    /// Whether every job is final.
    pub fn is_final(&self) -> bool {
        self.polls.len() == self.count(Poll::Final) + self.count(Poll::None)
    }

    fn count(&self, poll: Poll) -> usize {
        self.polls.iter().filter(|other| **other == poll).count()
    }
}
