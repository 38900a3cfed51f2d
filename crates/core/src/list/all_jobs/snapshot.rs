//! The job lists read with one choice of filters, and the page made from them.

use crate::family::Family;
use crate::job::outcome::{OutcomeCounts, OutcomeFilter, StuckRule};
use crate::list::all_jobs::{ListFailure, PAGE_SIZE};
use crate::list::job_row::{JobRow, RowNote};
use crate::list::merge::{Growth, Merge};
use crate::list::pager::Pager;
use crate::route::AllJobsRoute;

/// The lists for one choice of filters.
#[derive(Clone)]
pub(super) struct Snapshot {
    /// The filters. Its `skip` has no meaning.
    pub route: AllJobsRoute,
    pub merge: Merge,
    pub failures: Vec<ListFailure>,
}

/// A page of the list of all jobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MergedPage {
    /// Its rows. Their keys are unique over all families.
    pub rows: Vec<JobRow>,
    /// Its position in the list.
    pub pager: Pager,
    /// Whether this is the page that was requested, with all its rows.
    pub is_complete: bool,
    /// The lists that could not be fetched.
    pub failures: Vec<ListFailure>,
    /// The families whose lists changed while they were read, or are too long to read, so that jobs may be missing.
    pub inconsistent: Vec<&'static Family>,
    /// What was read to find the rows.
    pub coverage: Coverage,
    /// How many jobs the lists have, of those of which all jobs are read.
    pub sizes: Vec<(&'static Family, usize)>,
    /// How many elements of the lists are no jobs, by family.
    pub unreadable: Vec<(&'static Family, usize)>,
    /// How the lists have changed on the server since they were read.
    pub growth: Growth,
}

/// What was read of the lists, and what it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many of the jobs that were read have each outcome.
    pub outcomes: OutcomeCounts,
    /// How many jobs the lists have, as far as the server tells.
    pub size: Option<usize>,
    /// Whether every list was read completely, or failed.
    pub is_complete: bool,
    /// The only `overall_status` that was read; empty if all jobs were.
    pub status: &'static str,
}

impl MergedPage {
    /// Whether any of its jobs is running.
    pub fn has_running(&self) -> bool {
        self.rows.iter().any(|row| row.status.is_running())
    }
}

impl Snapshot {
    pub fn new(route: &AllJobsRoute) -> Self {
        Self {
            route: route.with_skip(0),
            merge: Merge::new(route.families(), route.outcome),
            failures: Vec::new(),
        }
    }

    fn sizes(&self) -> Vec<(&'static Family, usize)> {
        let status = self.route.outcome.map_or("", OutcomeFilter::server_status);
        let is_whole = status.is_empty() && self.route.filters.is_empty();
        let sizes = self.merge.sizes().filter(|_| is_whole);
        let failed: Vec<&Family> = self.merge.failed().collect();
        let sizes = sizes.filter(|(family, _)| !failed.contains(family));
        sizes.filter_map(|(family, size)| Some((family, size?))).collect()
    }

    fn coverage(&self, rule: StuckRule) -> Coverage {
        Coverage {
            outcomes: self.merge.outcomes(rule),
            size: self.merge.sizes().map(|(_, size)| size).sum(),
            is_complete: self.merge.is_complete(),
            status: self.route.outcome.map_or("", OutcomeFilter::server_status),
        }
    }

    /// Whether every list has failed.
    pub fn has_failed(&self) -> bool {
        self.merge.is_complete()
            && self.merge.loaded().next().is_none()
            && !self.failures.is_empty()
    }

    /// The page after the first `skip` rows, as far as its rows are emitted.
    pub fn page(&self, skip: usize, rule: StuckRule) -> MergedPage {
        // What was learned of a job after the lists were read may change its outcome.
        let is_unmatched = |row: &JobRow| {
            self.route.outcome.is_some_and(|filter| !filter.selects(row.outcome(rule)))
        };
        let rows: Vec<JobRow> = self
            .merge
            .rows(skip, PAGE_SIZE)
            .enumerate()
            .map(|(index, row)| JobRow {
                key: merged_key(index, row),
                note: is_unmatched(row).then_some(RowNote::Unmatched),
                ..row.clone()
            })
            .collect();
        MergedPage {
            pager: Pager {
                skip,
                limit: PAGE_SIZE,
                back: PAGE_SIZE,
                shown: rows.len(),
                total: self.merge.total(),
            },
            rows,
            is_complete: self.merge.covers(skip.saturating_add(PAGE_SIZE)),
            failures: self.failures.clone(),
            inconsistent: self.merge.inconsistent().collect(),
            coverage: self.coverage(rule),
            sizes: self.sizes(),
            unreadable: self.merge.unreadable().collect(),
            growth: self.merge.growth(),
        }
    }
}

/// Families may use the same ids, and a job may have none.
fn merged_key(index: usize, row: &JobRow) -> String {
    let path = row.family.path;
    if row.key.is_empty() { format!("{index} {path}") } else { format!("{path}/{}", row.key) }
}
