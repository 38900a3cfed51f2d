//! The job console of CipherTrust Cloud Key Manager, as a page in the browser.
//!
//! The modules in reading order; each may use only the ones above it, except that
//! [`components`] use, of them, [`domain`], [`route`], [`reactive`] and [`view`] alone (held by `tests/tidy.rs`):
//!
//! - [`domain`]: the language of the product, as plain values and pure functions;
//! - [`route`]: the URL query, decoded and encoded;
//! - [`api`]: requests and answers of the appliance, and the one user of the network;
//! - [`reactive`]: signals, effects and callbacks, and [`view`]: the page as values;
//! - [`state`]: what changes while the page is open: location, session, remote data;
//! - [`components`]: values in, callbacks out;
//! - [`pages`]: the data of one page, given to components.

pub mod api_client;
pub mod components;
pub mod pages;
pub mod reactive;
pub mod state;
pub mod view;
