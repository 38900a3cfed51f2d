//! The content of a job, as a valid body describes it.

use crate::job::Items;

/// The content of a job that a POST starts.
pub struct JobContent {
    /// The items that the job processes.
    pub items: Items,
    /// The member `operation`.
    pub operation: Option<String>,
    /// The member `key_id`.
    pub key_id: Option<String>,
}

impl From<Items> for JobContent {
    fn from(items: Items) -> Self {
        Self { items, operation: None, key_id: None }
    }
}
