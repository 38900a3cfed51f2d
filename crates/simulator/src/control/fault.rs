//! Faults as JSON. Must not have a default that surprises: a body without an effect is refused.

use super::switches::millis;
use crate::create::Body;
use crate::error::ApiError;
use crate::fault::{Effect, Fault, FaultBody};
use crate::json::object;

/// The fault that a body describes.
pub fn read(body: &Body) -> Result<Fault, ApiError> {
    let latency = millis(body, "latency_ms")?;
    let number = |name| body.integer(name).map(|number| number.unwrap_or(0).max(0));
    let effect = match body.string("effect")? {
        None if latency.is_some() => Effect::Pass,
        Some("pass") => Effect::Pass,
        Some("html") => Effect::Html,
        Some("empty") => Effect::Empty,
        Some("reset") => Effect::Reset,
        Some("null-resources") => Effect::NullResources,
        Some("truncate") => Effect::Truncate(usize::try_from(number("bytes")?).unwrap_or(0)),
        Some("status") => status(body, number("status")?)?,
        _ => {
            let words = "must be pass, status, html, empty, truncate, reset or null-resources";
            return Err(ApiError::validation("effect", words));
        }
    };
    let mut fault = Fault::new(effect);
    fault.latency = latency.unwrap_or_default();
    fault.processed = body.flag("processed")?;
    fault.method = body.string("method")?.map(str::to_ascii_uppercase);
    if let Some(path) = body.string("path")? {
        path.clone_into(&mut fault.path);
    }
    if body.has("times") {
        fault.times = u32::try_from(number("times")?).ok();
    }
    fault.after = u32::try_from(number("after")?).unwrap_or(0);
    Ok(fault)
}

fn status(body: &Body, status: i64) -> Result<Effect, ApiError> {
    let valid = u16::try_from(status)
        .ok()
        .filter(|status| (200..=599).contains(status));
    let status = valid.ok_or_else(|| ApiError::validation("status", "must be 200 to 599"))?;
    let kind = body.string("content_type")?.unwrap_or("application/json");
    let text = match body.string("body")? {
        None => FaultBody::Documented,
        Some("") => FaultBody::None,
        Some(text) => FaultBody::Custom(kind.to_owned(), text.to_owned()),
    };
    let retry_after = body.string("retry_after")?.map(str::to_owned);
    Ok(Effect::Status {
        status,
        body: text,
        retry_after,
    })
}

/// The faults that still wait.
pub fn list(faults: &[Fault]) -> String {
    object(|out| {
        out.name("faults");
        out.open('[');
        for fault in faults {
            out.open('{');
            if let Some(method) = &fault.method {
                out.text("method", method);
            }
            out.text("path", &fault.path);
            if let Some(times) = fault.times {
                out.member("times", &times.to_string());
            }
            out.member("latency_ms", &fault.latency.as_millis().to_string());
            out.text("effect", &format!("{:?}", fault.effect));
            out.close('}');
        }
        out.close(']');
    })
}
