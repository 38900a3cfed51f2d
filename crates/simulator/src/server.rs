//! The simulator over sockets, with or without TLS, and the built page beside it. The pure core decides
//! what a response contains.

mod connection;
mod context;
mod files;
mod headers;
mod respond;
mod running;
mod slow;
mod tls;
mod truncated;

pub use headers::CONTENT_SECURITY_POLICY;
pub use running::{Options, Server, start};
