//! Requests to the appliance and its answers.

pub mod command;
pub mod decode;
pub mod error;
pub mod explain;
pub mod request;
pub mod requests;
pub mod response;
pub mod server_text;
