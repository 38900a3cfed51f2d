//! Kinds of jobs as data: paths, verbs, filters, members (CONTRACT.md 1 to 3).

mod definition;
mod table;

pub use definition::{Create, Family, Filter, Item, Member, Verbs};
pub use table::{AWS_BULK_OPERATIONS, FAMILIES, GOOGLE_VERSION_OPERATIONS, by_path, find};
