//! One folder a feature: its page, its state and its own components. Features reach each other only by routes.

pub mod all_jobs;
pub mod batch;
pub mod job_detail;
pub mod job_list;
pub mod navigation;
pub mod new_job;
pub mod schedule;
pub mod sign_in;
pub mod start;
