//! What changes while the page is open: the location, the session, remote data.
//!
//! Everything of the browser that is not a connection is touched here and nowhere else.

pub mod activity;
pub mod batches;
pub mod boot;
pub mod clipboard;
pub mod clock;
pub mod config;
pub mod desk;
pub mod dialog;
pub mod entry;
pub mod file;
pub mod focus;
pub mod frame;
pub mod kept;
pub mod known_ids;
pub mod lease;
mod listen;
pub mod location;
pub mod order;
pub mod place;
pub mod polling;
pub mod raw;
pub mod remote;
pub mod server_clock;
pub mod session;
pub mod switching;
mod timer;
pub mod timing;
pub mod title;
pub mod use_all_jobs;
pub mod use_remote;
pub mod viewport;
pub mod wall_clock;
pub mod zone;
