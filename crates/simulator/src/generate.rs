//! Jobs from a seed, as a real shop would have them: any number, with any number of items. Must
//! not add them anywhere, nor read a clock.

mod demo;
mod documented;
mod outcome;
mod schedules;

use std::time::Duration;

use jiff::Timestamp;

pub use demo::{HUGE_ID, demo};
pub use documented::documented;
pub use schedules::schedules;

use crate::family::{Create, FAMILIES, Family, Item};
use crate::inventory::{self, Kind, REGIONS, name};
use crate::job::{Items, Job, Precision};
use crate::random::{Random, hash};

/// How often each family occurs, in the order of the table; families beyond it occur once.
const WEIGHTS: &[u64] = &[30, 20, 3, 10, 3, 3, 8, 14, 5, 3, 2, 1, 2, 1, 1, 1, 1];

const AWS_OPERATIONS: &[&str] = &[
    "enablekey",
    "disablekey",
    "cancelkeydeletion",
    "schedulekeydeletion",
    "applypolicytemplate",
];
const GOOGLE_OPERATIONS: &[&str] = &["enable", "disable", "schedule_destroy", "cancel_destroy"];

/// `count` jobs of all families that began within `span` before `until`, the oldest first. The
/// same seed gives the same jobs.
pub fn jobs(seed: u64, count: usize, until: Timestamp, span: Duration) -> Vec<Job> {
    let mut random = Random::new(seed);
    (0..count)
        .map(|index| any(&mut random, begin(index, count, until, span)))
        .collect()
}

/// The same for one family, with so many items each.
pub fn jobs_of(
    family: &'static Family,
    seed: u64,
    count: usize,
    items: usize,
    until: Timestamp,
    span: Duration,
) -> Vec<Job> {
    let mut random = Random::new(seed);
    (0..count)
        .map(|index| job_of(family, &mut random, begin(index, count, until, span), items))
        .collect()
}

/// When the `index`th of `count` jobs begins: evenly, with nanoseconds that differ.
fn begin(index: usize, count: usize, until: Timestamp, span: Duration) -> Timestamp {
    let left = (count - index) as u128;
    let nanos = span.as_nanos() * left / count as u128;
    let uneven = (index as u64 * 7919) % 1_000_000 * 1000 + (index as u64 * 331) % 1000;
    let back = Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
    let back = back.saturating_sub(Duration::from_nanos(uneven));
    until.saturating_sub(back).unwrap_or(Timestamp::MIN)
}

/// A job of any family and of a usual size.
pub(crate) fn any(random: &mut Random, created: Timestamp) -> Job {
    let weight = |at: usize| WEIGHTS.get(at).copied().unwrap_or(1);
    let mut left = random.below((0..FAMILIES.len()).map(weight).sum());
    let mut chosen = 0;
    while left >= weight(chosen) {
        left -= weight(chosen);
        chosen += 1;
    }
    let family = &FAMILIES[chosen];
    let items = usual(family, random);
    job_of(family, random, created, items)
}

fn usual(family: &Family, random: &mut Random) -> usize {
    let most = match (family.item, family.create) {
        (_, Create::Keys) => 100,
        (Item::Region, _) => 3 * REGIONS.len(),
        (Item::Uuid, _) => 40,
        (Item::Version, _) => 12,
        (Item::Container(kind), _) => inventory::count(kind),
    };
    // Small jobs are more usual than large ones.
    1 + random.index(most).min(random.index(most))
}

/// A job of a family with so many items, whatever becomes of it.
pub fn job_of(
    family: &'static Family,
    random: &mut Random,
    created: Timestamp,
    items: usize,
) -> Job {
    let id = random.uuid();
    let mut job = Job::of(family, &id, created, content(family, random, items));
    job.application = family.kind == "synchronize" && random.chance(300);
    job.precision = precision(&id);
    job.domain = usize::from(random.chance(80));
    match family.create {
        Create::Keys => job.operation = Some((*random.pick(AWS_OPERATIONS)).into()),
        Create::Backups => job.operation = Some("delete-key-backups".into()),
        Create::Versions => {
            job.operation = Some((*random.pick(GOOGLE_OPERATIONS)).into());
            job.key_id = Some(random.uuid());
        }
        _ => {}
    }
    outcome::assign(job, random)
}

/// Mostly as the samples print times, which is not the only way.
fn precision(id: &str) -> Precision {
    match hash(id) % 10 {
        0 => Precision::Seconds,
        1 | 2 => Precision::Nanos,
        _ => Precision::Micros,
    }
}

fn content(family: &Family, random: &mut Random, items: usize) -> Items {
    match family.item {
        Item::Uuid => Items::Uuids {
            seed: random.number(),
            count: items,
        },
        Item::Version => {
            let ring = name(Kind::KeyRing, random.index(inventory::count(Kind::KeyRing)));
            let key = format!("{ring}/cryptoKeys/key-{:04}", random.below(10_000));
            Items::Versions { key, count: items }
        }
        Item::Region => grid(random, items),
        Item::Container(kind) => {
            let spare = inventory::count(kind).saturating_sub(items);
            Items::Containers {
                kind,
                first: random.index(spare + 1),
                count: items,
            }
        }
    }
}

/// As many accounts as it takes, each with the same regions; the last region may be missing, so
/// that the number is met when it has no better divisors.
fn grid(random: &mut Random, items: usize) -> Items {
    let regions = (1..=REGIONS.len())
        .rev()
        .find(|width| items.is_multiple_of(*width))
        .unwrap_or(1);
    let kms = items / regions;
    let spare = inventory::count(Kind::Kms).saturating_sub(kms);
    let first = random.index(spare + 1);
    Items::Grid {
        kms: (first..first + kms)
            .map(|at| name(Kind::Kms, at).into_owned())
            .collect(),
        regions: REGIONS[..regions]
            .iter()
            .map(|region| (*region).to_owned())
            .collect(),
    }
}
