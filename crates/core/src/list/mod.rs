//! Lists of jobs: pages and their neighbours, shifts between pages, and one merged list of all families.

pub mod all_jobs;
pub mod job_row;
pub mod merge;
pub mod page_shift;
pub mod pager;
