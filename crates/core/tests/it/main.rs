//! The tests of the core, one module a subject.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

mod action;
mod all_jobs;
mod api_error;
mod batch;
mod batch_keys;
mod batch_laws;
mod batch_persist;
mod batch_requests;
mod batch_sender;
mod batch_table;

mod class;
mod command;
mod config;
mod cron;
mod domains;
mod elapsed;
mod family;
mod items;
mod job;
mod job_row;
mod known_ids;
mod merge;
mod page_shift;
mod pager;
mod poll;
mod request;
mod route;
mod route_laws;
mod schedule;
mod session;
mod session_end;
mod source_rules;
mod start;
mod start_prefill;
mod start_request;
mod support;
mod time;
mod token;
mod window;
mod wire;
mod wire_hostile;
