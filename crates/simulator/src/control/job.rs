//! Reads a job that somebody adds over HTTP. Must not check it as the API would: a test may want
//! what the API would refuse.

use std::time::Duration;

use jiff::Timestamp;

use super::switches::millis;
use crate::create::Body;
use crate::error::ApiError;
use crate::family::by_path;
use crate::generate;
use crate::job::{Failures, Items, Job, Precision};
use crate::random::Random;

/// The job that a body describes.
pub fn read(body: &Body, now: Timestamp, random: &mut Random) -> Result<Job, ApiError> {
    let family = by_path(body.required("family")?)
        .ok_or_else(|| ApiError::validation("family", "is not a path like aws/bulkjob"))?;
    let ago = millis(body, "started_ms_ago")?.unwrap_or_default();
    let created = now.saturating_sub(ago).unwrap_or(now);
    let count = body
        .integer("count")?
        .and_then(|count| usize::try_from(count).ok());
    let mut job = generate::job_of(family, random, created, count.unwrap_or(10));
    (job.failures, job.final_status, job.aborted_at, job.domain) =
        (Failures::None, "completed".into(), None, 0);
    job.precision = Precision::Micros;
    job.duration = Duration::from_secs(2 * job.items.count() as u64);
    if body.has("items") {
        job.items = Items::Named(body.strings("items")?);
    }
    if let Some(id) = body.string("id")? {
        id.clone_into(&mut job.id);
    }
    if let Some(ending) = body.string("ending")? {
        job.final_status = ending.to_owned().into();
    }
    if let Some(operation) = body.string("operation")? {
        job.operation = Some(operation.to_owned().into());
    }
    if let Some(duration) = millis(body, "duration_ms")? {
        job.duration = duration;
    }
    if let Some(after) = millis(body, "stalls_after_ms")? {
        job.stalled_at = created.saturating_add(after).ok();
    }
    if let Some(rate) = body.integer("failures_per_mille")? {
        let rate = u16::try_from(rate).unwrap_or(1000);
        job.failures = Failures::PerMille {
            seed: random.number(),
            rate,
        };
    }
    if let Some(text) = body.string("failure")? {
        job.failures = Failures::All(text.to_owned());
    }
    job.application = body.flag("application")?;
    Ok(job)
}
