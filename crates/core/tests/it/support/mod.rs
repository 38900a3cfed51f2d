//! Builders that several subjects share.

pub mod batch;
pub mod hostile;
mod hostile_rules;
pub mod session;
