//! The server over real sockets: what only a connection can show.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api;
mod binary;
mod clients;
mod control;
mod date;
mod documented;
mod page;
mod wire;
