//! Instants in the reader's time zone and language, with the zone, written by the browser.

use cckm_core::format::local_time::LocalTime;
use cckm_core::format::time::Timestamp;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::clock;

thread_local! {
    /// Formats a date. Kept, because making the first one takes the browser about 15 ms.
    static FORMAT: Function = exact_format();
    /// Takes a date apart for short texts.
    static PARTS: Intl::DateTimeFormat = parts_format();
}

/// How many days back a short text names the day of the week.
const WEEK_DAYS: i64 = 6;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

fn format(options: &[(&str, &str)]) -> Intl::DateTimeFormat {
    let object = Object::new();
    for &(name, style) in options {
        // Setting a member of a plain object cannot fail.
        _ = Reflect::set(&object, &name.into(), &style.into());
    }
    Intl::DateTimeFormat::new(&Array::new(), &object)
}

fn exact_format() -> Function {
    // A long time names the zone, briefly: "4:30:00 AM GMT+1".
    format(&[("dateStyle", "medium"), ("timeStyle", "long")]).format()
}

fn parts_format() -> Intl::DateTimeFormat {
    format(&[
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("weekday", "short"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("hourCycle", "h23"),
        ("timeZoneName", "short"),
    ])
}

/// Makes the formatters, before the first instant is to be written.
pub fn prepare() {
    FORMAT.with(|_| ());
    PARTS.with(|_| ());
}

/// `instant` as people read it here; `None` if the browser cannot write it.
pub fn local_time(instant: Timestamp) -> Option<LocalTime> {
    let date = date(instant);
    let local = FORMAT.with(|format| format.call1(&JsValue::UNDEFINED, &date)).ok()?;
    Some(LocalTime {
        local: local.as_string()?,
        short: short(instant, clock::now()),
        utc: date.to_iso_string().into(),
    })
}

/// The name or the offset of the zone, such as `CET` or `GMT+1`.
pub fn zone_name() -> String {
    Parts::new(clock::now()).get("timeZoneName")
}

/// `22:39` of today, `Tue 22:39` of the days before, `12 Nov 22:39` of earlier days, and with the year of other years.
fn short(instant: Timestamp, now: Timestamp) -> String {
    let (parts, today) = (Parts::new(instant), Parts::new(now));
    let time = format!("{}:{}", parts.get("hour"), parts.get("minute"));
    let is_same = |names: &[&str]| names.iter().all(|name| parts.get(name) == today.get(name));
    let age = now.ms_since(instant);
    if is_same(&["year", "month", "day"]) {
        return time;
    }
    if (0..WEEK_DAYS * DAY_MS).contains(&age) {
        return format!("{} {time}", parts.get("weekday"));
    }
    let day = format!("{} {}", parts.get("day"), parts.get("month"));
    if is_same(&["year"]) {
        format!("{day} {time}")
    } else {
        format!("{day} {}", parts.get("year"))
    }
}

/// An instant in the fields of the calendar and the clock.
struct Parts(Array);

impl Parts {
    fn new(instant: Timestamp) -> Self {
        Self(PARTS.with(|format| format.format_to_parts(&date(instant))))
    }

    /// The field of this type; empty if the browser does not write it.
    fn get(&self, name: &str) -> String {
        let member =
            |part: &JsValue, name: &str| Reflect::get(part, &name.into()).ok()?.as_string();
        let part = self.0.iter().find(|part| member(part, "type").as_deref() == Some(name));
        part.and_then(|part| member(&part, "value")).unwrap_or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "milliseconds are exact far beyond any date")]
fn date(instant: Timestamp) -> Date {
    Date::new(&JsValue::from_f64(instant.as_ms() as f64))
}
