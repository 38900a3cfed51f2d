//! Drives the built page in real browsers against the simulator.
//!
//! A scenario is an async function over a [`Page`]: a fresh browser tab with the built page, and the
//! simulator that serves it, in the same process. [`scenarios!`] makes one test in Chromium and one
//! in Firefox of each. Every action waits until it is possible, at most [`wait::TIMEOUT`], and
//! fails with the text of the page.
//!
//! The modules in reading order: [`setup`] (the initial state of a scenario), [`browser`] and `driver`
//! (the browsers and their driver programs), `session` (browsers, reused by many
//! scenarios), [`scenario`] (lists and runs the tests), [`page`] (opening the page, signing in),
//! [`locator`] (elements by role and name), [`text`] (the content of the page), [`world`] (the
//! simulator's time, jobs, faults and requests), [`wait`], `accessibility`, `evidence`; and [`bench`].

// Tests fail by panicking.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::missing_panics_doc)]

mod accessibility;
pub mod bench;
pub mod browser;
mod driver;
mod evidence;
pub mod fixtures;
pub mod locator;
pub mod page;
pub mod scenario;
mod session;
pub mod setup;
pub mod text;
pub mod wait;
pub mod world;

pub use browser::Browser;
pub use fixtures::{SAMPLE_ID, answer, ended, family, json_answer, seconds, too_many_requests};
pub use locator::Locator;
pub use page::Page;
pub use scenario::Scenario;
pub use setup::{Setup, Theme};
