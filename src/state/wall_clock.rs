//! The browser's clock: now, and a signal of it for texts such as "12 s ago".

use std::time::Duration;

use leptos::prelude::{on_cleanup, set_interval_with_handle};

use crate::reactive::{RwSignal, Signal};
use cckm_core::format::time::Timestamp;

/// The present instant by the browser's clock, which may be wrong.
pub fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds fit for ages")]
    Timestamp::from_ms(js_sys::Date::now() as i64)
}

/// A clock that ticks once a second while it is in use.
pub fn use_clock() -> Signal<Timestamp> {
    let clock = RwSignal::new(now());
    let ticking = set_interval_with_handle(move || clock.set(now()), Duration::from_secs(1));
    if let Ok(ticking) = ticking {
        on_cleanup(move || ticking.clear());
    }
    clock.into()
}
