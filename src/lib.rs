//! The job console of CipherTrust Cloud Key Manager: a Leptos application over [`cckm_core`].
//!
//! - [`app`]: contexts, the frame, and the page that the address names;
//! - [`features`]: one folder a feature: its page, its state, its own components;
//! - [`components`]: components that several features share: values in, callbacks out;
//! - [`hooks`]: the session, the location, remote data, polling, the clock;
//! - [`browser`]: browser interfaces that Leptos and leptos-use do not cover;
//! - [`api_client`]: the only user of the network;
//! - `prepare`: what is done while a person signs in.

pub mod api_client;
pub mod app;
pub mod browser;
pub mod components;
pub mod features;
pub mod hooks;
mod prepare;
