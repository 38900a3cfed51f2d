//! The pages: the data of one view, given to components.

pub mod app;
mod job;
mod job_head;
mod job_items;
mod jobs;
mod live;
mod moved;
pub mod sign_in;
