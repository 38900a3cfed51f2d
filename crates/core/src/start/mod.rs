//! Starting a job: the form, its checks, its summary, and the state of its request.

mod accounts;
mod draft;
pub mod duplicates;
mod edit;
mod entry_choice;
pub mod known_ids;
pub mod lookup;
mod prefill;
mod proof;
mod repeat;
mod repeat_plan;
pub mod request;
mod runs;
mod summary;
mod validate;

pub use crate::start::accounts::{AccountReader, Accounts};
pub use crate::start::draft::{Draft, FieldValue};
pub use crate::start::entry_choice::{EntryChoice, FieldEntries};
pub use crate::start::prefill::{Prefill, RepeatOf, prefill, prefill_edit};
pub use crate::start::proof::Proof;
pub use crate::start::repeat::{Repeat, retry_label};
pub use crate::start::repeat_plan::{
    LeftOut, LeftOutReason, MAX_STARTS, PlannedStart, RepeatPlan, StartScope,
};
pub use crate::start::runs::RunPreview;
pub use crate::start::validate::FieldError;
