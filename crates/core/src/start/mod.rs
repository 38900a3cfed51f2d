//! Starting a job: the form and its checks, what a start will do, and what became of its request.

mod draft;
pub mod duplicates;
mod edit;
pub mod known_ids;
mod prefill;
pub mod request;
pub mod search;
mod summary;

pub use crate::start::draft::{Draft, Entries, FieldError, Given, entries};
pub use crate::start::prefill::{Prefill, prefill};
pub use crate::start::summary::{Proof, proof, summary};
