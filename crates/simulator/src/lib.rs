//! A simulator of the job APIs of CipherTrust Cloud Key Manager.
//!
//! The pure core, [`World::handle`], computes a response from a request and a time; `server` sends and
//! receives them over sockets. The simulator is written from the contract of the API alone and shares no type with the
//! console, so that a mistake in one shows against the other. CONTRACT.md and the marks (D), (C), (I) refer
//! to that contract: documented, seen in a client, inferred.
//!
//! From the bottom up: [`message`], [`error`], `body` and `time` (HTTP and times as values), [`family`] (the kinds of jobs),
//! [`job`] and [`job_store`], `list`, `create`, [`auth`], [`scheduler`], [`fault`], [`history`] (earlier states),
//! [`generate`] and [`arrivals`] (sample data), [`simulator`] and [`world`] (the state), `api` and `control` (the routes),
//! `handler` (the entry points), `server`.

mod api;
pub mod arrivals;
pub mod auth;
pub mod behaviour;
mod body;
pub mod clock;
mod control;
mod create;
pub mod csp_reports;
mod duration_ms;
pub mod error;
pub mod family;
pub mod fault;
pub mod generate;
mod handler;
pub mod history;
pub mod inventory;
pub mod job;
pub mod job_store;
mod list;
pub mod message;
pub mod random;
pub mod request_log;
mod rfc3339;
mod samples;
pub mod scheduler;
#[cfg(feature = "server")]
pub mod server;
pub mod simulator;
mod time;
pub mod world;

pub use http;
pub use jiff::{SignedDuration, Timestamp};
pub use simulator::Simulator;
pub use world::World;
