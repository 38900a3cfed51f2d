//! The functional core of the job console: plain values and pure functions.
//!
//! This crate uses neither the page framework nor the browser. Time and randomness come in as arguments.

pub mod api;
pub mod batch;
pub mod config;
pub mod entries;
pub mod family;
pub mod format;
pub mod job;
pub mod list;
pub mod pending;
pub mod poll;
pub mod problem;
pub mod route;
pub mod schedule;
pub mod session;
pub mod start;
