//! Instants in the reader's zone, written by the browser.

use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

use cckm_core::format::local_time::LocalTime;
use cckm_core::format::time::Timestamp;

/// `instant` as people read it here.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds are exact far beyond any date"
)]
pub fn when(instant: Timestamp) -> Option<LocalTime> {
    let date = Date::new(&JsValue::from_f64(instant.ms() as f64));
    let options = Object::new();
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "medium")] {
        Reflect::set(&options, &name.into(), &style.into()).ok()?;
    }
    // Of an invalid date `toISOString` would throw; a Timestamp is always a valid one.
    Some(LocalTime {
        local: date.to_locale_string("default", &options).into(),
        utc: date.to_iso_string().into(),
    })
}
