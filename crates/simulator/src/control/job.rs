//! Adds a job over HTTP. It may have values that the API would refuse, because tests need them.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;

use crate::body;
use crate::duration_ms;
use crate::error::ApiError;
use crate::family::by_path;
use crate::generate;
use crate::job::{Cause, Failures, Items, Job, PlannedFailures, Precision};
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
    /// Names of causes with how many of a thousand items fail for each.
    #[serde(default)]
    causes: BTreeMap<String, u16>,
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
    let rates = rates(&request.causes)?;
    let failures = match (request.failure, request.failures_per_mille) {
        (Some(text), _) => Failures::All(text),
        (None, Some(rate)) => Failures::PerMille { seed: random.number(), rate },
        (None, None) if rates.is_empty() => Failures::None,
        (None, None) => {
            let seed = random.number();
            Failures::Planned(PlannedFailures { seed, rates, ..PlannedFailures::default() })
        }
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

/// The causes with these names.
fn rates(causes: &BTreeMap<String, u16>) -> Result<Vec<(&'static Cause, u16)>, ApiError> {
    let rate = |(name, rate): (&String, &u16)| {
        let cause = Cause::by_name(name);
        let cause =
            cause.ok_or_else(|| ApiError::validation("causes", &format!("{name} is not known")))?;
        Ok((cause, *rate))
    };
    causes.iter().map(rate).collect()
}
