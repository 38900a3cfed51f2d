//! Jobs for the scenarios.

use std::time::Duration;

use cckm_simulator::Timestamp;
use cckm_simulator::family::by_path;
use cckm_simulator::generate;
use cckm_simulator::job::{Items, Job};
use e2e::Page;

/// So many seconds.
pub fn second(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// What a scenario puts into the simulator.
pub trait Shop {
    /// Adds jobs of a family, all of them over, of three items each, the newest an hour old; every
    /// tenth is completed, the others have failed.
    fn fill_with(&self, path: &str, count: usize);

    /// A job that begins now, with so many items, each of which takes ten seconds.
    fn job(&self, path: &str, id: &str, items: usize) -> Job;
}

impl Shop for Page {
    fn fill_with(&self, path: &str, count: usize) {
        let family = by_path(path).expect("the family exists");
        let until = before(self.now(), second(3600));
        let jobs = generate::jobs_of(family, 7, count, 3, until, second(86_400));
        let jobs = jobs.into_iter().enumerate().map(|(index, mut job)| {
            (job.domain, job.stalled_at, job.aborted_at) = (0, None, None);
            let status = if index % 10 == 0 {
                "completed"
            } else {
                "failed"
            };
            job.with_duration(second(30)).with_final_status(status)
        });
        self.add(jobs);
    }

    fn job(&self, path: &str, id: &str, items: usize) -> Job {
        let items = Items::Uuids {
            seed: 5,
            count: items,
        };
        Job::new(path, id, self.now(), items).expect("the family exists")
    }
}

/// A time so long before another.
pub fn before(time: Timestamp, by: Duration) -> Timestamp {
    time.saturating_sub(by).expect("the time is in range")
}
