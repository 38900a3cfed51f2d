//! What the browser saves before a request is sent, so that a reload does not lose the request: ids and settings, no token
//! and no text of the server.
//!
//! A saved text is not trusted: anyone with access to the browser's storage may have written it.

mod action;
mod start;

pub use crate::pending::action::PendingAction;
pub use crate::pending::start::PendingStart;

use crate::family::Family;

/// The version of the saved texts.
const VERSION: u32 = 1;

/// The family of `path`, if its request was sent to `saved_target`, and that is `target`.
fn family_at(path: &str, saved_target: &str, target: &str) -> Option<&'static Family> {
    Family::by_path(path).filter(|_| !target.is_empty() && saved_target == target)
}
