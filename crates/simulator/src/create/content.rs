//! What an accepted body asks for.

use crate::job::Items;

/// The content of a job that a POST starts.
pub struct JobContent {
    /// What the job works on.
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
