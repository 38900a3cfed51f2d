//! Everything that can be started, in one place.

mod page;

pub use page::NewPage;
