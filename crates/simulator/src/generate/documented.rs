//! The jobs that the documentation's own commands name and of which it prints no whole answer, so
//! that each command works as it stands. Must not hold those of the samples.

use std::time::Duration;

use jiff::Timestamp;

use crate::inventory::Kind;
use crate::job::{Items, Job};

const DEMO_RING: &str = "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring";

/// How long those run that a command cancels: as long as somebody may take to try it.
const LONG: Duration = Duration::from_secs(24 * 60 * 60);
const SHORT: Duration = Duration::from_secs(25);

/// The jobs, as they stand at this time: those that a command cancels run, the others have ended.
pub fn documented(now: Timestamp) -> Vec<Job> {
    let regions = Items::Grid {
        kms: vec!["kms".into()],
        regions: vec!["ap-south-1".into()],
    };
    let vaults = Items::Containers {
        kind: Kind::KeyVault,
        first: 0,
        count: 3,
    };
    // The page that starts this one names its vault by this id.
    let vault = Items::named(["bedb82b9-582c-402d-9874-f3368722cf46"]);
    let groups = Items::Containers {
        kind: Kind::Group,
        first: 0,
        count: 4,
    };
    let dsm = Items::named(["89c49e63-b5c9-46be-9371-0d8b0649e289"]);
    let external = Items::named([
        "3e732d57-5ea1-491f-b238-9f4a39a9566f",
        "c4e5bd34-af39-4027-9058-6f1a4bb3519d",
    ]);
    let organizations = Items::Containers {
        kind: Kind::Organization,
        first: 0,
        count: 3,
    };
    [
        (
            "aws/synchronization-jobs",
            "0ea5d52e-387c-44fa-b079-21c8b768f77b",
            regions,
            LONG,
        ),
        (
            "azure/synchronization-jobs",
            "2321c6fb-acde-4b94-a00b-949c85968af3",
            vault,
            SHORT,
        ),
        (
            "azure/certificates/synchronization-jobs",
            "1f413972-499e-498c-9543-77c2da7d71e4",
            vaults,
            SHORT,
        ),
        (
            "google/synchronization-jobs",
            "c48cdf05-3752-400f-ae3e-41826dedd862",
            Items::named([DEMO_RING]),
            LONG,
        ),
        (
            "sap/synchronization-jobs",
            "bf27cde1-e2ed-4244-9d5a-8a4e12ad1837",
            groups,
            LONG,
        ),
        (
            "sfdc/keys/synchronization-jobs",
            "c8d2f27b-fb4f-4557-b63c-00d4a1439c4a",
            organizations,
            LONG,
        ),
        // Two pages share this id.
        (
            "dsm/refresh",
            "8155fe39-570a-4132-92ca-e40b7640c7dc",
            dsm,
            LONG,
        ),
        (
            "external-cm/refresh",
            "8155fe39-570a-4132-92ca-e40b7640c7dc",
            external,
            LONG,
        ),
    ]
    .into_iter()
    .filter_map(|(path, id, items, lasting)| {
        let ago = if lasting == LONG { 120 } else { 7200 };
        let created = now.saturating_sub(Duration::from_secs(ago)).ok()?;
        let job = Job::new(path, id, created, items)?;
        // Their pages print jobs of 2020 to 2022.
        Some(job.with_duration(lasting).with_application())
    })
    .collect()
}
