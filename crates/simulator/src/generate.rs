//! Sample data from a seed: jobs, schedules and runs of a busy appliance, in any number.

mod day;
mod demo;
mod documented;
mod jobs;
mod outcome;
mod schedules;
mod week;

pub use day::{DAY_FAILURES, DAY_JOBS, day};
pub use demo::{HUGE_ID, demo};
pub use documented::documented;
pub(crate) use jobs::random_job;
pub use jobs::{job_of, jobs, jobs_of};
pub use schedules::{schedules, system_schedules};
pub use week::week;
