//! Starting a job: the form, its checks, its summary, and the state of its request.

mod draft;
pub mod duplicates;
mod edit;
mod entries;
pub mod known_ids;
pub mod lookup;
pub mod pending;
mod prefill;
mod proof;
pub mod request;
mod summary;
mod validate;

pub use crate::start::draft::{Draft, FieldValue};
pub use crate::start::entries::Entries;
pub use crate::start::prefill::{Prefill, prefill};
pub use crate::start::proof::Proof;
pub use crate::start::validate::FieldError;
