//! Instants in the reader's time zone and language, written by the browser.

use cckm_core::format::local_time::LocalTime;
use cckm_core::format::time::Timestamp;
use js_sys::{Date, Object, Reflect};
use wasm_bindgen::JsValue;

/// `instant` as people read it here; `None` if the browser cannot write it.
#[expect(clippy::cast_precision_loss, reason = "milliseconds are exact far beyond any date")]
pub fn local_time(instant: Timestamp) -> Option<LocalTime> {
    let date = Date::new(&JsValue::from_f64(instant.as_ms() as f64));
    let options = Object::new();
    for name in ["dateStyle", "timeStyle"] {
        Reflect::set(&options, &name.into(), &"medium".into()).ok()?;
    }
    Some(LocalTime {
        local: date.to_locale_string("default", &options).into(),
        utc: date.to_iso_string().into(),
    })
}
