//! The page of one schedule: its next runs, its job parameters, and all its members.

mod next_runs;
mod schedule_content;
mod schedule_page;

pub use schedule_page::SchedulePage;
