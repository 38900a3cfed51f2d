//! The present as a signal, for texts such as "12 s ago".

use cckm_core::format::time::Timestamp;
use gloo_timers::callback::Interval;
use leptos::prelude::*;

use crate::browser::clock;

#[derive(Clone, Copy)]
struct Clock(ReadSignal<Timestamp>);

/// Starts the clock of the application. It ticks once a second.
pub fn provide_clock() {
    let (now, set_now) = signal(clock::now());
    // It ends with the owner, which holds it.
    StoredValue::new_local(Interval::new(1_000, move || set_now.set(clock::now())));
    provide_context(Clock(now));
}

/// The present by the browser's clock, at a grain of one second. Panics if `app.rs` has not provided it.
pub fn use_clock() -> ReadSignal<Timestamp> {
    let Clock(now) = expect_context();
    now
}
