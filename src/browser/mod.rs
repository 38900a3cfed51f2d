//! Browser interfaces that Leptos and leptos-use do not cover. Nothing here is reactive.

pub mod clipboard;
pub mod clock;
pub mod download;
pub mod file;
pub mod focus;
pub mod lease;
pub mod local_time;
pub mod page;
pub mod storage;
pub mod timing;
pub mod url;
