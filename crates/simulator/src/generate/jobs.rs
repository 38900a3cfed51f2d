//! Jobs from a seed: any number, with any number of items.

use std::time::Duration;

use jiff::Timestamp;

use super::outcome;
use crate::family::{
    AWS_BULK_OPERATIONS, Create, FAMILIES, Family, GOOGLE_VERSION_OPERATIONS, Item,
};
use crate::inventory::{self, Kind, REGIONS, name};
use crate::job::{Items, Job, Precision};
use crate::random::{Random, hash};
use crate::time::before;

/// How often each family occurs relative to the others, in the order of the table; 1 if not listed.
const WEIGHTS: &[u64] = &[30, 20, 3, 10, 3, 3, 8, 14, 5, 3, 2, 1, 2, 1, 1, 1, 1];

/// `count` jobs of all families that start within `span` before `until`, the oldest first. The same seed
/// gives the same jobs.
pub fn jobs(seed: u64, count: usize, until: Timestamp, span: Duration) -> Vec<Job> {
    let mut random = Random::new(seed);
    (0..count).map(|index| random_job(&mut random, start(index, count, until, span))).collect()
}

/// Like [`jobs`] for one family, with `items` items each.
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
        .map(|index| job_of(family, &mut random, start(index, count, until, span), items))
        .collect()
}

/// When the job at `index` of `count` starts: evenly distributed, with different nanoseconds.
fn start(index: usize, count: usize, until: Timestamp, span: Duration) -> Timestamp {
    let left = (count - index) as u128;
    let nanos = span.as_nanos() * left / count as u128;
    let uneven = (index as u64 * 7919) % 1_000_000 * 1000 + (index as u64 * 331) % 1000;
    let back = Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX));
    let back = back.saturating_sub(Duration::from_nanos(uneven));
    before(until, back)
}

/// A job of a random family and of a usual size.
pub(crate) fn random_job(random: &mut Random, created_at: Timestamp) -> Job {
    let weight = |at: usize| WEIGHTS.get(at).copied().unwrap_or(1);
    let mut left = random.below((0..FAMILIES.len()).map(weight).sum());
    let mut chosen = 0;
    while left >= weight(chosen) {
        left -= weight(chosen);
        chosen += 1;
    }
    let family = &FAMILIES[chosen];
    let items = usual_item_count(family, random);
    job_of(family, random, created_at, items)
}

fn usual_item_count(family: &Family, random: &mut Random) -> usize {
    let max = match (family.item, family.create) {
        (_, Create::Keys) => 100,
        (Item::Region, _) => 3 * REGIONS.len(),
        (Item::Uuid, _) => 40,
        (Item::Version, _) => 12,
        (Item::Container(kind), _) => inventory::count(kind),
    };
    // The smaller of two numbers, since small jobs are more frequent than large ones.
    1 + random.index(max).min(random.index(max))
}

/// A job of a family with this many items and a random outcome.
pub fn job_of(
    family: &'static Family,
    random: &mut Random,
    created_at: Timestamp,
    items: usize,
) -> Job {
    let id = random.uuid();
    let items = job_items(family, random, items);
    let mut job = Job::of_family(family, &id, created_at, items);
    job.application = family.kind == "synchronize" && random.chance(300);
    job.precision = precision(&id);
    job.domain = usize::from(random.chance(80));
    match family.create {
        Create::Keys => job.operation = Some((*random.pick(AWS_BULK_OPERATIONS)).into()),
        Create::Backups => job.operation = Some("delete-key-backups".into()),
        Create::Versions => {
            job.operation = Some((*random.pick(GOOGLE_VERSION_OPERATIONS)).into());
            job.key_id = Some(random.uuid());
        }
        _ => {}
    }
    outcome::assign(job, random)
}

/// Mostly the precision of the samples, sometimes another one.
fn precision(id: &str) -> Precision {
    match hash(id) % 10 {
        0 => Precision::Seconds,
        1 | 2 => Precision::Nanos,
        _ => Precision::Micros,
    }
}

fn job_items(family: &Family, random: &mut Random, items: usize) -> Items {
    match family.item {
        Item::Uuid => Items::Uuids { seed: random.number(), count: items },
        Item::Version => {
            let ring = name(Kind::KeyRing, random.index(inventory::count(Kind::KeyRing)));
            let key = format!("{ring}/cryptoKeys/key-{:04}", random.below(10_000));
            Items::Versions { key, count: items }
        }
        Item::Region => grid(random, items),
        Item::Container(kind) => {
            let spare = inventory::count(kind).saturating_sub(items);
            Items::Containers { kind, first: random.index(spare + 1), count: items }
        }
    }
}

/// Accounts with the same regions each, `items` in total: the number of regions is the largest divisor.
fn grid(random: &mut Random, items: usize) -> Items {
    let regions = (1..=REGIONS.len()).rev().find(|width| items.is_multiple_of(*width)).unwrap_or(1);
    let kms = items / regions;
    let spare = inventory::count(Kind::Kms).saturating_sub(kms);
    let first = random.index(spare + 1);
    Items::Grid {
        kms: (first..first + kms).map(|at| name(Kind::Kms, at).into_owned()).collect(),
        regions: REGIONS[..regions].iter().map(|region| (*region).to_owned()).collect(),
    }
}
