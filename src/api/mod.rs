//! Requests and answers of the appliance.
//!
//! Building and decoding are pure; [`client`] alone touches the network.

pub mod all_jobs;
pub mod auth;
pub mod bulk;
pub mod client;
pub mod command;
pub mod error;
pub mod explain;
pub mod jobs;
pub mod reply;
pub mod request;
pub mod session;
pub mod token;
pub mod wire;
pub mod words;
