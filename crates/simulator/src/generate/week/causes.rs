//! Which jobs of the demo world fail, and why: causes that begin on a day and stay, and some by chance.

use jiff::Timestamp;

use super::{DAY, HOUR};
use crate::inventory::{Kind, account_number, name};
use crate::job::{Cause, Failures, Job, PlannedFailures};
use crate::random::{at, hash};
use crate::time::before;

/// Jobs that fail completely: family, day before now, status.
const BROKEN: &[(&str, u64, &str)] = &[
    ("external-cm/refresh", 2, "error"),
    ("aws/bulkjob", 3, "failed"),
    ("google/synchronization-jobs", 1, "failed"),
    ("sap/synchronization-jobs", 5, "failed"),
    ("hsm/luna/refresh", 4, "failed"),
];

/// Items that fail in every job since some days: part of the item's name, days, cause.
fn lasting() -> [(String, u32, &'static str); 3] {
    [
        (account_number(&name(Kind::Kms, 0)), 2, "aws-access-denied"),
        ("kv-hr-weu".into(), 5, "azure-firewall"),
        ("fra-dr-vault".into(), 4, "oci-not-authorized"),
    ]
}

/// Gives a job its failures; `day` counts the days before now.
pub fn assign(mut job: Job, now: Timestamp, day: u64) -> Job {
    let seed = hash(&job.id);
    let path = job.family.path;
    let mut planned = PlannedFailures { seed, ..PlannedFailures::default() };
    let causes: Vec<_> = Cause::of_family(path).collect();
    let broken = BROKEN.iter().find(|(family, broken, _)| *family == path && *broken == day);
    if let Some((.., status)) = broken {
        job.final_status = (*status).into();
        planned.rates = vec![(causes[0], 1000)];
        return job.with_failures(Failures::Planned(planned));
    }
    // The cloud limits requests in the hour in which most schedules are due.
    let three =
        job.created_at.as_second().rem_euclid(24 * 3600).unsigned_abs() / HOUR.as_secs() == 3;
    let rates: &[(&str, u16)] = match path {
        "aws/synchronization-jobs" if three => &[("aws-throttling", 140), ("network-timeout", 20)],
        "azure/bulkjobs" => &[("azure-purge-protection", 110), ("azure-throttled", 40)],
        "aws/bulkjob" if day.is_multiple_of(2) => {
            &[("aws-invalid-state", 90), ("aws-throttling", 30)]
        }
        _ => &[],
    };
    let known = rates.iter().filter_map(|(name, rate)| Some((Cause::by_name(name)?, *rate)));
    planned.rates = known.collect();
    if planned.rates.is_empty() && at(seed, 3).is_multiple_of(9) {
        planned.rates =
            causes.iter().skip(1).take(3).zip([160, 60, 30]).map(|(c, r)| (*c, r)).collect();
    }
    for (part, days, cause) in lasting() {
        let Some(cause) = Cause::by_name(cause) else { continue };
        let cloud = path.split('/').next().unwrap_or_default();
        if cause.name.starts_with(cloud) && job.created_at > before(now, DAY * days) {
            let items = job.items.names().enumerate();
            let matching = items.filter(|(_, item)| item.contains(&part));
            planned.at.extend(matching.map(|(index, _)| (index, cause)));
        }
    }
    job.with_failures(Failures::Planned(planned))
}
