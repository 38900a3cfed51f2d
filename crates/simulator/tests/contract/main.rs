//! The pure core against the contract: each fact that the simulator implements, as a client
//! would notice it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod auth;
mod bodies;
mod cancel;
mod client;
mod create;
mod demo_schedules;
mod documented;
mod due;
mod ending;
mod errors;
mod families;
mod faults;
mod generate;
mod list;
mod live;
mod myself;
mod runs;
mod samples;
mod schedule_bodies;
mod schedules;
mod slashes;
mod world;
