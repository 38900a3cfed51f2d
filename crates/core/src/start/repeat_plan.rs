//! The plan of the starts that repeat the failed items of a job, and little else.
//!
//! The items of an AWS synchronization are `<account>/<region>`, and one start synchronizes each of its regions in each
//! of its KMS (CONTRACT.md 2.2, 3). Several starts can repeat exactly what failed, if the KMS of the accounts are known.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};

use crate::family::{Family, NameMatch};
use crate::format::json;
use crate::format::text::{group_digits, last_segment, pluralize, truncate};
use crate::job::Job;
use crate::start::Accounts;
use crate::start::accounts::account;
use crate::start::repeat::start_count;
use crate::start::summary::{CONTAINERS, CONTENTS};

/// The maximum number of starts in a plan.
pub const MAX_STARTS: usize = 50;

/// How many of the items that are left out are named.
const NAMED_LEFT_OUT: usize = 5;

/// What one start synchronizes: each of its regions in each of its KMS.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartScope {
    /// The names of the KMS.
    pub kms: Vec<String>,
    /// The names of the regions.
    pub regions: Vec<String>,
}

/// One start of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedStart {
    /// What it synchronizes, in the order of the request that is repeated.
    pub scope: StartScope,
    /// The names of the failed items that it repeats.
    pub failed: Vec<String>,
}

impl StartScope {
    /// The members of a job that report it.
    pub const MEMBERS: [&str; 2] = [CONTAINERS, CONTENTS];

    /// Whether it can be started: it names KMS and regions.
    pub fn is_complete(&self) -> bool {
        !self.kms.is_empty() && !self.regions.is_empty()
    }

    /// The number of items that the start works on. No name may be repeated.
    pub fn count(&self) -> usize {
        start_count(self.kms.len(), self.regions.len())
    }

    /// The body of the request (CONTRACT.md 3, families 1 and 3).
    pub fn body(&self) -> String {
        let list = |list| serde_json::to_string(list).unwrap_or_default();
        let (kms, regions) = (list(&self.kms), list(&self.regions));
        json::write_object(&[(CONTAINERS, kms.as_str()), (CONTENTS, regions.as_str())])
    }

    /// Whether `job` reports exactly this as requested.
    pub fn is_of(&self, job: &Job) -> bool {
        let is_same = |own: &[String], member| {
            let reported = job.list(member);
            own.iter().collect::<HashSet<_>>() == reported.iter().collect::<HashSet<_>>()
        };
        is_same(&self.regions, CONTENTS) && is_same(&self.kms, CONTAINERS)
    }
}

/// How the failed items of a job can be repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepeatPlan {
    /// One start that repeats all of them.
    pub single: PlannedStart,
    /// Several starts that together repeat all of them. Each failed item is in one of these.
    pub starts: Vec<PlannedStart>,
    /// The number of failed items whose KMS is not known.
    pub unknown: usize,
    /// The failed items that no start can repeat, by the reason. Each reason has at least one.
    pub left_out: Vec<LeftOut>,
}

/// Failed items that no start can repeat, for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Why.
    pub reason: LeftOutReason,
    /// How many they are.
    pub count: usize,
    /// The names of the first few, as received.
    pub first: Vec<String>,
}

/// Why no start can repeat a failed item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutReason {
    /// Its region is not in the request that the job reports.
    NotRequested,
    /// Its name is not of an account and a region.
    NoRegion,
}

/// A failed item by its position in the request.
struct Failure<'a> {
    /// The index of its KMS, if that is known.
    kms: Option<usize>,
    region: usize,
    name: &'a str,
}

/// Indices of KMS, and of the regions to synchronize in each of them. Both are sorted.
type Group = (Vec<usize>, Vec<usize>);

impl RepeatPlan {
    /// Plans the repetition of the problems of `job`, a job of `family`, with what is known of its accounts: of all, or
    /// of those with the cause of the key `cause`. `None` if the items of the family do not name accounts.
    ///
    /// Failed items of accounts without a known KMS are in one start with all KMS whose account is not known. A KMS is
    /// left out of that start only if its account is among the items of the job.
    pub fn new(
        family: &Family,
        job: &Job,
        accounts: &Accounts,
        cause: Option<&str>,
    ) -> Option<Self> {
        let requested =
            family.requested.filter(|list| list.name_match == NameMatch::LastSegment)?;
        let kms = unique(job.list(CONTAINERS));
        let regions = unique(job.list(requested.member));
        let kms_of = accounts.indices(&kms);
        let (failures, left_out) = failures(job, cause, &regions, &kms_of);
        let is_known = |failure: &&Failure| failure.kms.is_some();
        let unknown = failures.iter().filter(|failure| !is_known(failure)).count();
        let rest = (unknown > 0).then(|| {
            (
                remaining_kms(job, kms.len(), &kms_of),
                failures.iter().filter(|failure| !is_known(failure)),
            )
        });
        let rest =
            rest.map(|(kms, failures)| (kms, sorted(failures.map(|failure| failure.region))));
        let cells = failures.iter().filter_map(|failure| Some((failure.kms?, failure.region)));
        let groups = group(cells.collect(), MAX_STARTS - usize::from(rest.is_some()));
        let start = |(of, within): &Group, is_in: &dyn Fn(&Failure) -> bool| PlannedStart {
            scope: StartScope {
                kms: of.iter().map(|&index| kms[index].clone()).collect(),
                regions: within.iter().map(|&index| regions[index].clone()).collect(),
            },
            failed: failures
                .iter()
                .filter(|failure| is_in(failure))
                .map(|failure| failure.name.to_owned())
                .collect(),
        };
        let known = groups.iter().map(|group| {
            start(group, &|failure| {
                failure.kms.is_some_and(|kms| {
                    group.1.binary_search(&failure.region).is_ok()
                        && group.0.binary_search(&kms).is_ok()
                })
            })
        });
        let rest = rest.iter().map(|group| start(group, &|failure| failure.kms.is_none()));
        let all = ((0..kms.len()).collect(), sorted(failures.iter().map(|failure| failure.region)));
        let (single, starts) = (start(&all, &|_| true), known.chain(rest).collect());
        Some(Self { single, starts, unknown, left_out })
    }

    /// The number of failed items that no start can repeat.
    pub fn left_out_count(&self) -> usize {
        self.left_out.iter().map(|items| items.count).sum()
    }

    /// Whether the KMS of more accounts may make the plan better: one start would repeat more than what failed.
    pub fn needs_accounts(&self) -> bool {
        self.unknown > 0 && self.single.scope.count() > self.single.failed.len()
    }

    /// The number of items that all [`starts`](Self::starts) together work on.
    pub fn count(&self) -> usize {
        self.starts.iter().map(|start| start.scope.count()).fold(0, usize::saturating_add)
    }

    /// Whether several starts are worth it: beyond what failed, they work on at most half as many items as one start
    /// does.
    pub fn is_better(&self) -> bool {
        let beyond = |count: usize| count.saturating_sub(self.single.failed.len());
        let single = beyond(self.single.scope.count());
        single > 0 && beyond(self.count()) <= single / 2
    }

    /// Why one start is offered, as a sentence; `None` if it repeats exactly what failed. `nouns` are those of the items.
    pub fn why_one(&self, (one, many): (&str, &str)) -> Option<String> {
        let (single, several) = (self.single.scope.count(), self.count());
        if single <= self.single.failed.len() {
            return None;
        }
        Some(if self.is_better() {
            "One job takes every KMS and every region in which something failed.".to_owned()
        } else if several < single {
            format!(
                "With what is known of the accounts, {} would work on {}, which is not much less than one job does.",
                pluralize(self.starts.len(), "job", "jobs"),
                pluralize(several, one, many)
            )
        } else {
            "With what is known of the accounts, several jobs would not work on fewer than one job does."
                .to_owned()
        })
    }
}

impl LeftOut {
    /// How many there are, why they are left out, and the names of the first few, as a sentence. `nouns` are those of the
    /// items.
    pub fn text(&self, (one, many): (&str, &str)) -> String {
        let items = pluralize(self.count, &format!("failed {one}"), &format!("failed {many}"));
        let why = match (self.reason, self.count) {
            (LeftOutReason::NotRequested, 1) => {
                "it is not in the request that the job reports".to_owned()
            }
            (LeftOutReason::NotRequested, _) => {
                "they are not in the request that the job reports".to_owned()
            }
            (LeftOutReason::NoRegion, 1) => format!("its name is not of an account and a {one}"),
            (LeftOutReason::NoRegion, _) => {
                format!("their names are not of an account and a {one}")
            }
        };
        let names = truncate(self.first.join(", "));
        let more = self.count - self.first.len();
        let more =
            if more > 0 { format!(" and {} more", group_digits(more)) } else { String::new() };
        format!("{items} cannot be started again, because {why}: {names}{more}")
    }
}

/// The failed items of `job` in these `regions`, each name once, and those that no start can repeat.
fn failures<'a>(
    job: &'a Job,
    cause: Option<&str>,
    regions: &[String],
    kms_of: &HashMap<&str, usize>,
) -> (Vec<Failure<'a>>, Vec<LeftOut>) {
    let regions = regions.iter().enumerate();
    let region_of: HashMap<&str, usize> =
        regions.map(|(index, name)| (name.as_str(), index)).collect();
    let mut seen = HashSet::new();
    let (mut failures, mut not_requested, mut no_region) = (Vec::new(), Vec::new(), Vec::new());
    for name in job.problem_names(cause).filter(|name| seen.insert(*name)) {
        let account = account(name);
        match region_of.get(last_segment(name)) {
            Some(&region) => {
                let kms = account.and_then(|account| kms_of.get(account)).copied();
                failures.push(Failure { kms, region, name });
            }
            None if account.is_some() => not_requested.push(name),
            None => no_region.push(name),
        }
    }
    let groups =
        [(LeftOutReason::NotRequested, not_requested), (LeftOutReason::NoRegion, no_region)];
    let groups = groups.into_iter().filter(|(_, names)| !names.is_empty());
    let left_out = groups.map(|(reason, names)| LeftOut {
        reason,
        count: names.len(),
        first: names.iter().take(NAMED_LEFT_OUT).map(|&name| name.to_owned()).collect(),
    });
    (failures, left_out.collect())
}

/// The KMS that an account may have whose KMS is not known: all of the `count` KMS whose account is not among the items
/// of `job`.
fn remaining_kms(job: &Job, count: usize, kms_of: &HashMap<&str, usize>) -> Vec<usize> {
    let reported = job.items.names().filter_map(|name| kms_of.get(account(name)?));
    let reported: HashSet<usize> = reported.copied().collect();
    let remaining: Vec<usize> = (0..count).filter(|index| !reported.contains(index)).collect();
    // Something of what is known must be wrong, so nothing is left out.
    if remaining.is_empty() { (0..count).collect() } else { remaining }
}

/// Groups the cells of a grid of KMS and regions so that at most `max` groups cover them, with as few other cells as is
/// simple to find.
fn group(cells: Vec<(usize, usize)>, max: usize) -> Vec<Group> {
    let transposed = cells.iter().map(|&(kms, region)| (region, kms)).collect();
    let by_kms = group_rows(cells);
    let by_region = group_rows(transposed).into_iter().map(|(regions, kms)| (kms, regions));
    // Both cover exactly the cells.
    let by_region: Vec<Group> = by_region.collect();
    let mut groups = if by_region.len() < by_kms.len() { by_region } else { by_kms };
    while groups.len() > max.max(1) {
        groups.sort_by_key(|(kms, regions)| Reverse(kms.len() * regions.len()));
        if let (Some(smallest), Some(next)) = (groups.pop(), groups.pop()) {
            let union = |one: Vec<usize>, other: Vec<usize>| sorted(one.into_iter().chain(other));
            groups.push((union(smallest.0, next.0), union(smallest.1, next.1)));
        }
    }
    groups.sort_unstable();
    groups
}

/// Groups the rows that have cells in the same columns: the rows, and the columns.
fn group_rows(mut cells: Vec<(usize, usize)>) -> Vec<Group> {
    cells.sort_unstable();
    let rows = cells.chunk_by(|one, other| one.0 == other.0);
    let mut rows: Vec<(Vec<usize>, usize)> =
        rows.map(|row| (row.iter().map(|cell| cell.1).collect(), row[0].0)).collect();
    rows.sort_unstable();
    let groups = rows.chunk_by(|one, other| one.0 == other.0);
    groups.map(|same| (same.iter().map(|row| row.1).collect(), same[0].0.clone())).collect()
}

fn sorted(indices: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut indices: Vec<usize> = indices.collect();
    indices.sort_unstable();
    indices.dedup();
    indices
}

/// The entries of `list`, each once.
fn unique(mut list: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    list.retain(|entry| seen.insert(entry.clone()));
    list
}
