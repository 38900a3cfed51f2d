//! The time since the page was opened, by the browser's clocks. Not for showing times of day.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::window;
use web_sys::js_sys::Date;

use cckm_core::session::elapsed::Elapsed;

thread_local! {
    static ELAPSED: RefCell<Elapsed> = RefCell::default();
}

/// The time since the first call, sleep of the machine included; never goes back.
pub fn now() -> Duration {
    let wall = Date::now();
    let monotonic = window().performance().map_or(wall, |clock| clock.now());
    ELAPSED.with_borrow_mut(|elapsed| elapsed.read(monotonic, wall))
}
