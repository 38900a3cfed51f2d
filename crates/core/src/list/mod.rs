//! Lists of jobs: pages and their neighbours, shifts between pages, and one merged list of all families.

pub mod all_jobs;
pub mod envelope;
pub mod job_row;
pub mod merge;
pub mod page_shift;
pub mod pager;

/// By how many jobs a list has grown from `before` to `now`; negative if it has shrunk.
fn difference(now: usize, before: usize) -> i64 {
    let size = i64::try_from(now.abs_diff(before)).unwrap_or(i64::MAX);
    if now < before { -size } else { size }
}
