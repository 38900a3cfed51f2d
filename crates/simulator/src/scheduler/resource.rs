//! The members that every resource of the scheduler begins with.

use jiff::Timestamp;

use crate::job::{ACCOUNT, APPLICATION, DEV_ACCOUNT};
use crate::list::Row;

/// A row with the common members. `application` and `devAccount` are documented for schedules; that runs
/// have them, and the form of the uri, are assumptions.
pub fn resource(kind: &str, id: &str, created_at: Timestamp, updated_at: Timestamp) -> Row {
    Row::default()
        .with("id", id)
        .with("uri", format!("kylo:kylo:scheduler:{kind}:{id}"))
        .with("account", ACCOUNT)
        .with("application", APPLICATION)
        .with("devAccount", DEV_ACCOUNT)
        .with("createdAt", created_at.to_string())
        .with("updatedAt", updated_at.to_string())
}
