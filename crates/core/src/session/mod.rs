//! The session: signing in and out, tokens and their renewal, domains.

mod active_tokens;
pub mod auth;
pub mod domains;
pub mod elapsed;
mod idle;
pub mod machine;
pub mod phase;
pub mod token;
