//! Jobs that start without a request, about one a minute. The seed and the time determine them.

use std::time::Duration;

use jiff::Timestamp;

use crate::generate;
use crate::job::Job;
use crate::random::Random;
use crate::time::{after, before};

/// How far back jobs are created after a jump of the clock.
const CATCH_UP: Duration = Duration::from_secs(24 * 60 * 60);

/// A stream of jobs.
#[derive(Clone, Debug)]
pub struct Arrivals {
    random: Random,
    next: Timestamp,
}

impl Arrivals {
    /// The stream of a seed, starting at a time.
    pub fn new(seed: u64, from: Timestamp) -> Self {
        Self { random: Random::new(seed ^ 0xa77), next: from }
    }

    /// The jobs that have started since the last call.
    pub fn advance_to(&mut self, now: Timestamp) -> Vec<Job> {
        self.next = self.next.max(before(now, CATCH_UP));
        let mut jobs = Vec::new();
        while self.next <= now {
            jobs.push(generate::random_job(&mut self.random, self.next));
            let pause = Duration::from_micros(30_000_000 + self.random.below(60_000_000));
            self.next = after(self.next, pause);
        }
        jobs
    }
}
