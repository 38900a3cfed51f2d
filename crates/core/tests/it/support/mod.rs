//! Builders that several subjects share.

pub mod batch;
pub mod hostile;
pub mod session;
