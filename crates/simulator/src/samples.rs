//! The documented sample jobs (`simulator/samples/`), always present, printed as the
//! documentation prints them until something happens to them. Must not change their text.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::family::{Family, Item, by_path};
use crate::job::{Items, Job};

const AWS_BULK: &str = include_str!("../samples/aws-bulk-get.json");
const AWS_SYNC: &str = include_str!("../samples/aws-sync-get.json");
const AZURE_BULK: &str = include_str!("../samples/azure-bulk-get.json");
const GOOGLE_LIST: &str = include_str!("../samples/google-sync-list.json");
const GOOGLE_VERSIONS: &str = include_str!("../samples/google-update-all-versions-get.json");

/// The five, each with the path of its family.
pub fn jobs() -> Vec<Job> {
    [
        ("aws/bulkjob", AWS_BULK),
        ("aws/synchronization-jobs", AWS_SYNC),
        ("azure/bulkjobs", AZURE_BULK),
        ("google/synchronization-jobs", only_resource(GOOGLE_LIST)),
        ("google/update-all-versions-jobs", GOOGLE_VERSIONS),
    ]
    .into_iter()
    .filter_map(|(path, text)| read(by_path(path)?, text.trim()))
    .collect()
}

/// The text of the one job in a list.
fn only_resource(list: &'static str) -> &'static str {
    let inner = list.split_once('[').map_or(list, |(_, after)| after);
    inner.rsplit_once(']').map_or(inner, |(before, _)| before)
}

/// The job that a text prints.
fn read(family: &'static Family, text: &'static str) -> Option<Job> {
    let value: Value = serde_json::from_str(text).ok()?;
    let string = |name: &str| value.get(name)?.as_str().map(str::to_owned);
    let time = |name: &str| value.get(name)?.as_str()?.parse::<Timestamp>().ok();
    let (created, updated) = (time("createdAt")?, time("updatedAt")?);
    let mut job = Job::of(family, &string("id")?, created, items(family, &value)?);
    job.duration = elapsed(created, updated);
    job.application = value.get("application").is_some();
    job.operation = string("operation").map(Into::into);
    job.key_id = string("key_id");
    if let Some(completed) = time("completed_at") {
        job.lag = elapsed(completed, updated);
    } else {
        job.stalled_at = Some(updated);
        // So that its item is still running.
        job.duration *= 2;
    }
    job.printed = Some(text);
    Some(job)
}

fn items(family: &Family, value: &Value) -> Option<Items> {
    let statuses = value.get("detailed_status")?.as_object()?;
    let texts = |name: &str| {
        let list = value.get(name)?.as_array()?;
        Some(
            list.iter()
                .filter_map(|text| text.as_str().map(str::to_owned))
                .collect(),
        )
    };
    Some(match family.item {
        Item::Region => Items::Grid {
            kms: texts("kms")?,
            regions: texts("regions")?,
        },
        Item::Version => Items::Versions {
            key: statuses.keys().find(|key| *key != "completed")?.clone(),
            count: usize::try_from(value.get("version_count")?.as_u64()?).ok()?,
        },
        Item::Uuid | Item::Container(_) => Items::named(statuses.keys()),
    })
}

fn elapsed(from: Timestamp, to: Timestamp) -> Duration {
    let elapsed: SignedDuration = to.duration_since(from);
    elapsed.unsigned_abs()
}
