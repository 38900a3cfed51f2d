//! The session: tokens, signing in and out, domains.

pub mod auth;
pub mod domains;
pub mod elapsed;
pub mod machine;
pub mod phase;
pub mod token;
