//! A simulator of the job APIs of `CipherTrust` Cloud Key Manager.
//!
//! A pure core, [`Simulator::handle`], answers requests at a time; [`server`] carries the answers
//! over real sockets. It is written from the contract of the API alone and shares no type with
//! the console, so that a mistake in one shows against the other.
//!
//! The modules in reading order: [`http`] (requests and answers as values), [`family`] (the kinds
//! of jobs, a table), [`job`] (a job as a function of time), [`samples`], `store`, `list`,
//! `create`, [`auth`], [`error`], `api` (what a path means), [`fault`], [`record`],
//! [`behaviour`] (the choices that the contract leaves open), [`simulator`] (the core),
//! [`scheduler`] (schedules and their runs), [`generate`] and [`arrivals`] (jobs from a seed), [`clock`], [`world`] and `control` (the
//! simulator in somebody's hand), [`server`].

mod api;
pub mod arrivals;
pub mod auth;
pub mod behaviour;
pub mod clock;
mod control;
mod create;
pub mod csp;
pub mod error;
pub mod family;
pub mod fault;
pub mod generate;
pub mod http;
mod instant;
pub mod inventory;
pub mod job;
mod json;
mod list;
pub mod random;
pub mod record;
pub mod samples;
pub mod scheduler;
#[cfg(feature = "server")]
pub mod server;
pub mod simulator;
pub mod store;
pub mod world;

pub use jiff::Timestamp;
pub use simulator::Simulator;
pub use world::World;
