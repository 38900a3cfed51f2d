//! The language of the product: plain values and pure functions.
//!
//! Names neither the page framework nor the browser; time comes in as an argument.

pub mod action;
pub mod batch;
pub mod class;
pub mod config;
pub mod counts;
pub mod cron;
pub mod domains;
pub mod drift;
pub mod elapsed;
pub mod fact;
pub mod family;
pub mod items;
pub mod items_view;
pub mod job;
pub mod job_row;
pub mod json;
pub mod known_ids;
pub mod merge;
pub mod outcome;
pub mod page;
pub mod phase;
pub mod poll;
pub mod problem;
pub mod schedule;
pub mod standing;
pub mod start;
pub mod text;
pub mod time;
pub mod when;
pub mod window;
