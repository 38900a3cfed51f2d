//! Starting a job: the form, its checks, its summary, and the state of its request.

mod draft;
pub mod duplicates;
mod edit;
mod entries;
pub mod known_ids;
pub mod lookup;
mod prefill;
mod proof;
pub mod request;
mod runs;
mod summary;
mod validate;

pub use crate::start::draft::{Draft, FieldValue};
pub use crate::start::entries::Entries;
pub use crate::start::prefill::{Prefill, prefill, prefill_edit};
pub use crate::start::proof::Proof;
pub use crate::start::runs::RunPreview;
pub use crate::start::validate::FieldError;
