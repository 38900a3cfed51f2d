//! Instants in the reader's time zone and language, with the zone, written by the browser.

use cckm_core::format::local_time::LocalTime;
use cckm_core::format::time::Timestamp;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

thread_local! {
    /// Formats a date. Kept, because making the first one takes the browser about 15 ms.
    static FORMAT: Function = formatter();
}

fn formatter() -> Function {
    let options = Object::new();
    // A long time names the zone, briefly: "4:30:00 AM GMT+1".
    for (name, style) in [("dateStyle", "medium"), ("timeStyle", "long")] {
        // Setting a member of a plain object cannot fail.
        _ = Reflect::set(&options, &name.into(), &style.into());
    }
    Intl::DateTimeFormat::new(&Array::new(), &options).format()
}

/// Makes the formatter, before the first instant is to be written.
pub fn prepare() {
    FORMAT.with(|_| ());
}

/// `instant` as people read it here; `None` if the browser cannot write it.
#[expect(clippy::cast_precision_loss, reason = "milliseconds are exact far beyond any date")]
pub fn local_time(instant: Timestamp) -> Option<LocalTime> {
    let date = Date::new(&JsValue::from_f64(instant.as_ms() as f64));
    let local = FORMAT.with(|format| format.call1(&JsValue::UNDEFINED, &date)).ok()?;
    Some(LocalTime { local: local.as_string()?, utc: date.to_iso_string().into() })
}
