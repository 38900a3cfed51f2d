//! The pages: the data of one view, given to components.

mod action_told;
mod all;
mod all_notes;
pub mod app;
mod batch;
mod commands;
mod domains;
mod job;
mod job_actions;
mod job_head;
mod job_items;
mod jobs;
mod live;
mod moved;
mod schedule;
pub mod sign_in;
mod start;
mod start_form;
mod start_outcome;
mod unlisted;
