//! The jobs that the documentation's commands name without printing a whole response, so that each
//! command works as printed. The documented samples are in `samples.rs`.

use std::time::Duration;

use jiff::Timestamp;

use crate::inventory::Kind;
use crate::job::{Items, Job};
use crate::time::before;

/// The duration of jobs that a command cancels: long enough to try the command.
const LONG: Duration = Duration::from_secs(24 * 60 * 60);
const SHORT: Duration = Duration::from_secs(25);

/// The jobs at this time: those that a command cancels are in progress, the others have ended.
pub fn documented(now: Timestamp) -> Vec<Job> {
    let containers = |kind, count| Items::Containers { kind, first: 0, count };
    let regions = Items::Grid { kms: vec!["kms".into()], regions: vec!["ap-south-1".into()] };
    // The page that starts this job names its vault by this id.
    let vault = Items::named(["bedb82b9-582c-402d-9874-f3368722cf46"]);
    let ring = Items::named(["projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring"]);
    let dsm = Items::named(["89c49e63-b5c9-46be-9371-0d8b0649e289"]);
    let external = Items::named([
        "3e732d57-5ea1-491f-b238-9f4a39a9566f",
        "c4e5bd34-af39-4027-9058-6f1a4bb3519d",
    ]);
    // Two pages share the last id.
    [
        ("aws/synchronization-jobs", "0ea5d52e-387c-44fa-b079-21c8b768f77b", regions, LONG),
        ("azure/synchronization-jobs", "2321c6fb-acde-4b94-a00b-949c85968af3", vault, SHORT),
        (
            "azure/certificates/synchronization-jobs",
            "1f413972-499e-498c-9543-77c2da7d71e4",
            containers(Kind::KeyVault, 3),
            SHORT,
        ),
        ("google/synchronization-jobs", "c48cdf05-3752-400f-ae3e-41826dedd862", ring, LONG),
        (
            "sap/synchronization-jobs",
            "bf27cde1-e2ed-4244-9d5a-8a4e12ad1837",
            containers(Kind::Group, 4),
            LONG,
        ),
        (
            "sfdc/keys/synchronization-jobs",
            "c8d2f27b-fb4f-4557-b63c-00d4a1439c4a",
            containers(Kind::Organization, 3),
            LONG,
        ),
        ("dsm/refresh", "8155fe39-570a-4132-92ca-e40b7640c7dc", dsm, LONG),
        ("external-cm/refresh", "8155fe39-570a-4132-92ca-e40b7640c7dc", external, LONG),
    ]
    .into_iter()
    .filter_map(|(path, id, items, duration)| {
        let ago = if duration == LONG { 120 } else { 7200 };
        let created_at = before(now, Duration::from_secs(ago));
        let job = Job::new(path, id, created_at, items)?;
        // Their pages show jobs of 2020 to 2022.
        Some(job.with_duration(duration).with_application())
    })
    .collect()
}
