//! The present by the server's clock, which stamps jobs.

use cckm_core::format::time::Timestamp;
use leptos::prelude::*;

use super::{use_clock, use_session};

/// The present by the server's clock, at a grain of one second; by the browser's while the server's is not known, as for
/// an API of another origin.
pub fn use_server_clock() -> Signal<Timestamp> {
    let (now, session) = (use_clock(), use_session());
    Signal::derive(move || session.server_time_at(now.get()))
}
