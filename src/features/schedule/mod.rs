//! One schedule: when it runs next, what it starts, and all its members.

mod next_runs;
mod schedule_content;
mod schedule_page;

pub use schedule_page::SchedulePage;
