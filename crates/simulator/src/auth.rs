//! Signing in: users, domains, JWTs, refresh tokens and sessions (CONTRACT.md 6). Tokens and passwords
//! never appear in errors, logs or records.

mod authority;
mod caller;
mod endpoints;
mod grant;
mod jwt;
mod sessions;
mod users;

pub use authority::Auth;
pub use caller::Caller;
pub(crate) use endpoints::{domain, domains, permissions, public_keys, user};
pub use users::{
    ADMIN_PASSWORD, ADMIN_USER, DOMAINS, Domain, GUEST_PASSWORD, GUEST_USER, OPERATOR_PASSWORD,
    OPERATOR_USER, User,
};
