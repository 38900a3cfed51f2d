//! The jobs of all families in one list.

mod notices;
mod page;
mod use_all_jobs;

pub use page::AllJobsPage;
