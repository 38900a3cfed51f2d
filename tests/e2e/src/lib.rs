//! Drives the built page in real browsers against the simulator.
//!
//! A scenario is an async function over a [`Page`]: a browser with the page of `dist/`, and in the
//! same process the simulator behind it, its clock and faults in the scenario's hand. It does what
//! a person does and reads what a person sees; [`in_both_browsers`] makes a test of it in Chromium
//! and one in Firefox. A verb that cannot be done within [`wait::PATIENCE`] fails the scenario and
//! says what was on the page instead.
//!
//! The modules in reading order: [`setting`] (what stands before the curtain rises), [`browser`]
//! and [`driver`] (the two browsers and their driver programs), [`play`](mod@play) (one scenario
//! from start to end), [`page`] (going somewhere, signing in), [`act`] (what a person does),
//! [`see`] (what a person sees), [`wait`] (until something is so), [`server`] (the hand on the
//! simulator), [`axe`], [`picture`], [`watch`] (what must not have happened meanwhile).

// It fails by panicking, as tests do.
#![allow(clippy::expect_used, clippy::unwrap_used, clippy::missing_panics_doc)]

pub mod act;
pub mod axe;
pub mod browser;
pub mod driver;
pub mod page;
pub mod picture;
pub mod play;
pub mod see;
pub mod server;
pub mod setting;
pub mod wait;
pub mod watch;

pub use browser::Browser;
pub use page::Page;
pub use play::play;
pub use setting::{Setting, Theme};

/// Makes of each scenario a module with a test in Chromium and one in Firefox, played in a setting:
/// `in_both_browsers!(Setting::default(); the_scenario, another);`
#[macro_export]
macro_rules! in_both_browsers {
    ($setting:expr; $($scenario:ident),+ $(,)?) => { $(
        mod $scenario {
            #[allow(unused_imports)]
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn chromium() {
                $crate::play($crate::Browser::Chromium, $setting, super::$scenario).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn firefox() {
                $crate::play($crate::Browser::Firefox, $setting, super::$scenario).await;
            }
        }
    )+ };
}
