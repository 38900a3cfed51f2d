//! One job: its status, progress and items, what can be done with it, and all its details.

mod job_content;
mod job_head;
mod job_page;
mod versions;

pub use job_page::JobDetailPage;
