//! Lists: filters, order, pages and the envelope (CONTRACT.md 8).

mod job_filters;
mod jobs;
mod page;
mod rows;
mod sort;

pub use jobs::job_list;
pub use page::Page;
pub use rows::{Comparison, Filter, Row, row_list};
