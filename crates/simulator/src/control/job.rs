//! Adds a job over HTTP. It may have values that the API would refuse, because tests need them.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use crate::body;
use crate::duration_ms;
use crate::error::ApiError;
use crate::family::by_path;
use crate::generate;
use crate::job::{Failures, Items, Job, Precision};
use crate::random::Random;
use crate::time::{after, before};

#[derive(Deserialize)]
struct JobRequest {
    family: String,
    id: Option<String>,
    count: Option<usize>,
    items: Option<Vec<String>>,
    #[serde(default, rename = "started_ms_ago", with = "duration_ms")]
    started_ago: Duration,
    duration_ms: Option<u64>,
    stalls_after_ms: Option<u64>,
    final_status: Option<String>,
    operation: Option<String>,
    failures_per_mille: Option<u16>,
    failure: Option<String>,
    #[serde(default)]
    application: bool,
}

/// The job that a body describes.
pub fn parse(body: &[u8], now: Timestamp, random: &mut Random) -> Result<Job, ApiError> {
    let request: JobRequest = body::parse(body)?;
    let family = by_path(&request.family)
        .ok_or_else(|| ApiError::validation("family", "is not a path like aws/bulkjob"))?;
    let created_at = before(now, request.started_ago);
    let generated = generate::job_of(family, random, created_at, request.count.unwrap_or(10));
    let items = match request.items {
        Some(names) => Items::Named(body::unique(Some(names))),
        None => generated.items.clone(),
    };
    let failures = match (request.failure, request.failures_per_mille) {
        (Some(text), _) => Failures::All(text),
        (None, Some(rate)) => Failures::PerMille { seed: random.number(), rate },
        (None, None) => Failures::None,
    };
    let stalled_at = request.stalls_after_ms.map(|ms| after(created_at, Duration::from_millis(ms)));
    let duration = request.duration_ms.map_or_else(
        || Duration::from_secs(2 * generated.items.count() as u64),
        Duration::from_millis,
    );
    Ok(Job {
        id: request.id.unwrap_or(generated.id),
        domain: 0,
        application: request.application,
        precision: Precision::Micros,
        duration,
        items,
        failures,
        final_status: request.final_status.map_or("completed".into(), Into::into),
        stalled_at,
        aborted_at: None,
        operation: request.operation.map(Into::into).or(generated.operation),
        ..generated
    })
}
