//! The pages: the data of one view, given to components.

mod all;
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
pub mod sign_in;
mod start;
mod unlisted;
