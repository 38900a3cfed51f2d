//! The browser's clocks.

use std::cell::RefCell;
use std::time::Duration;

use cckm_core::format::time::Timestamp;
use cckm_core::session::elapsed::Elapsed;
use js_sys::Date;
use leptos::prelude::window;

thread_local! {
    static ELAPSED: RefCell<Elapsed> = RefCell::default();
}

/// The present by the browser's clock, which may be wrong.
pub fn now() -> Timestamp {
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since 1970 fit")]
    Timestamp::from_ms(Date::now() as i64)
}

/// The time since the first call. It never goes back, and it includes time that the machine slept.
pub fn elapsed() -> Duration {
    let wall = Date::now();
    let monotonic = window().performance().map_or(wall, |clock| clock.now());
    ELAPSED.with_borrow_mut(|elapsed| elapsed.update(monotonic, wall))
}
