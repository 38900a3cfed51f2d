//! The page of one job: its outcome and actions, and one of its parts: problems, items, timeline, details.

mod causes;
mod comparison;
mod job_content;
mod job_head;
mod job_page;
mod job_tabs;
mod remarks;
mod timeline;
mod versions;

pub use job_page::JobDetailPage;
