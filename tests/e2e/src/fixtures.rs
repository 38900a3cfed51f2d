//! Jobs and answers for the scenarios.

use std::time::Duration;

use cckm_simulator::family::{Family, by_path};
use cckm_simulator::fault::{Effect, Fault, FaultBody};
use cckm_simulator::generate;
use cckm_simulator::job::{Items, Job};

use crate::page::Page;

/// The id of the documented sample of AWS bulk jobs, which every simulator contains.
pub const SAMPLE_ID: &str = "e612b64f-6364-48ce-92ec-c6dd608d7ad0";

/// A number of seconds as a duration.
pub fn seconds(count: u64) -> Duration {
    Duration::from_secs(count)
}

/// The family with this path.
pub fn family(path: &str) -> &'static Family {
    by_path(path).unwrap_or_else(|| panic!("no family {path}"))
}

/// A fault that answers with this status and body.
pub fn answer(status: u16, body: FaultBody) -> Fault {
    Fault::new(Effect::Status { status, body, retry_after: None })
}

/// A fault that answers with this status and JSON.
pub fn json_answer(status: u16, json: &str) -> Fault {
    answer(status, FaultBody::Custom("application/json".to_owned(), json.to_owned()))
}

/// A fault that answers 429 with this `Retry-After` in seconds.
pub fn too_many_requests(retry_after: u32) -> Fault {
    let retry_after = Some(retry_after.to_string());
    Fault::new(Effect::Status { status: 429, body: FaultBody::Documented, retry_after })
}

/// A generated job, moved to the root domain and ended after 30 seconds with this status.
pub fn ended(mut job: Job, status: &'static str) -> Job {
    (job.domain, job.stalled_at, job.aborted_at) = (0, None, None);
    job.with_duration(seconds(30)).with_final_status(status)
}

impl Page {
    /// A job of `count` items that starts now; each item takes ten seconds.
    pub fn running_job(&self, path: &str, id: &str, count: usize) -> Job {
        let items = Items::Uuids { seed: 5, count };
        Job::new(path, id, self.now(), items).expect("the family exists")
    }

    /// A job of `count` items that started an hour ago and has ended.
    pub fn ended_job(&self, path: &str, id: &str, count: usize) -> Job {
        let mut job = self.running_job(path, id, count);
        job.created_at = self.now() - seconds(3600);
        job
    }

    /// Adds ended jobs of three items each, the newest an hour old: every tenth completed, the
    /// others failed.
    pub fn add_ended_jobs(&self, path: &str, count: usize) {
        let newest = self.now() - seconds(3600);
        let jobs = generate::jobs_of(family(path), 7, count, 3, newest, seconds(86_400));
        self.add_jobs(
            jobs.into_iter().enumerate().map(|(index, job)| {
                ended(job, if index % 10 == 0 { "completed" } else { "failed" })
            }),
        );
    }
}
