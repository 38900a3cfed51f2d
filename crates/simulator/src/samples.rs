//! The documented sample jobs (`samples/`). They are returned as the documentation prints them until
//! they are cancelled.

use std::time::Duration;

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use crate::body::Object;
use crate::family::{Family, Item, by_path};
use crate::job::{Items, Job};

const AWS_BULK: &str = include_str!("../samples/aws-bulk-get.json");
const AWS_SYNC: &str = include_str!("../samples/aws-sync-get.json");
const AZURE_BULK: &str = include_str!("../samples/azure-bulk-get.json");
const GOOGLE_LIST: &str = include_str!("../samples/google-sync-list.json");
const GOOGLE_VERSIONS: &str = include_str!("../samples/google-update-all-versions-get.json");

/// The Google sample, which is a list of one job.
#[derive(Deserialize)]
struct SampleList {
    #[serde(borrow)]
    resources: Vec<&'static RawValue>,
}

/// The members of the samples that the simulator needs.
#[derive(Deserialize)]
struct Sample {
    id: String,
    #[serde(rename = "createdAt")]
    created_at: Timestamp,
    #[serde(rename = "updatedAt")]
    updated_at: Timestamp,
    completed_at: Option<Timestamp>,
    application: Option<IgnoredAny>,
    detailed_status: Object,
    operation: Option<String>,
    key_id: Option<String>,
    kms: Option<Vec<String>>,
    regions: Option<Vec<String>>,
    version_count: Option<usize>,
}

/// The five sample jobs.
pub fn jobs() -> Vec<Job> {
    let google = serde_json::from_str::<SampleList>(GOOGLE_LIST);
    let rings = google.ok().and_then(|list| list.resources.first().copied());
    let raw = |text: &'static str| serde_json::from_str::<&'static RawValue>(text).ok();
    [
        ("aws/bulkjob", raw(AWS_BULK)),
        ("aws/synchronization-jobs", raw(AWS_SYNC)),
        ("azure/bulkjobs", raw(AZURE_BULK)),
        ("google/synchronization-jobs", rings),
        ("google/update-all-versions-jobs", raw(GOOGLE_VERSIONS)),
    ]
    .into_iter()
    .filter_map(|(path, sample)| job(by_path(path)?, sample?))
    .collect()
}

fn job(family: &'static Family, raw: &'static RawValue) -> Option<Job> {
    let sample: Sample = serde_json::from_str(raw.get()).ok()?;
    let duration = elapsed(sample.created_at, sample.updated_at);
    let created_at = sample.created_at;
    let mut job = Job::of_family(family, &sample.id, created_at, items(family, &sample)?);
    job.application = sample.application.is_some();
    job.operation = sample.operation.map(Into::into);
    job.key_id = sample.key_id;
    job.sample = Some(raw);
    if let Some(completed) = sample.completed_at {
        job.duration = duration;
        job.lag = elapsed(completed, sample.updated_at);
    } else {
        // The job hangs before its only item finishes.
        job.duration = 2 * duration;
        job.stalled_at = Some(sample.updated_at);
    }
    Some(job)
}

fn items(family: &Family, sample: &Sample) -> Option<Items> {
    let mut names = sample.detailed_status.keys();
    Some(match family.item {
        Item::Region => Items::Grid { kms: sample.kms.clone()?, regions: sample.regions.clone()? },
        Item::Version => Items::Versions {
            key: names.find(|key| *key != "completed")?.clone(),
            count: sample.version_count?,
        },
        Item::Uuid | Item::Container(_) => Items::named(names),
    })
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    to.duration_since(from).unsigned_abs()
}
