//! The list of the jobs, or of the schedules, of one family.

mod filter_bar;
mod list;
mod page;
mod shift_notice;
mod unlisted;

pub use page::JobListPage;
