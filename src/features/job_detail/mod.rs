//! The page of one job: its status, progress, items, actions and details.

mod job_content;
mod job_head;
mod job_page;
mod versions;

pub use job_page::JobDetailPage;
