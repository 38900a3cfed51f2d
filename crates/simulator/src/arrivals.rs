//! Jobs that begin by themselves, every minute or so, while the simulator runs. A function of
//! the seed and of the time. Must not change jobs that are there.

use std::time::Duration;

use jiff::Timestamp;

use crate::generate;
use crate::job::Job;
use crate::random::Random;

/// How far back jobs are made up for when time has leapt.
const CATCH_UP: Duration = Duration::from_secs(24 * 60 * 60);

/// A stream of jobs.
#[derive(Clone, Debug)]
pub struct Arrivals {
    random: Random,
    next: Timestamp,
}

impl Arrivals {
    /// The stream of a seed, from a time on.
    pub fn new(seed: u64, from: Timestamp) -> Self {
        Self {
            random: Random::new(seed ^ 0xa77),
            next: from,
        }
    }

    /// The jobs that have begun since the last call.
    pub fn advance_to(&mut self, now: Timestamp) -> Vec<Job> {
        let oldest = now.saturating_sub(CATCH_UP).unwrap_or(Timestamp::MIN);
        self.next = self.next.max(oldest);
        let mut jobs = Vec::new();
        while self.next <= now {
            jobs.push(generate::any(&mut self.random, self.next));
            let pause = Duration::from_micros(30_000_000 + self.random.below(60_000_000));
            self.next = self.next.saturating_add(pause).unwrap_or(Timestamp::MAX);
        }
        jobs
    }
}
