//! Builders that several subjects share.

pub mod batch;
pub mod session;
