//! The simulator, as a client sees it, against the contract. One module for each subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

mod account;
mod auth;
mod cancel;
mod causes;
mod control;
mod create;
mod create_bodies;
mod demo;
mod due_times;
mod errors;
mod families;
mod faults;
mod frozen_clock;
mod gateway;
mod generate;
mod job_lists;
mod job_progress;
mod list_faults;
mod runs;
mod samples;
mod schedule_bodies;
mod schedules;
#[cfg(feature = "server")]
mod server;
mod sessions;
mod stale_nodes;
mod trailing_slash;
