//! One reading of the lists, and what is shown of it. Must not decide what is asked, nor when.

use crate::api::error::ApiError;
use crate::family::Family;
use crate::list::all_jobs::PAGE;
use crate::list::merge::{Entry, Growth, Merge};
use crate::list::pager::Pager;
use crate::route::AllRoute;

/// The lists as they are read for one choice of them.
#[derive(Clone)]
pub(super) struct Reading {
    /// What it is a reading of; its `skip` says nothing.
    pub of: AllRoute,
    pub merge: Merge,
    pub failures: Vec<Failure>,
}

/// A list that was not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The family.
    pub family: &'static Family,
    /// Why.
    pub error: ApiError,
    /// Whether jobs of it are on the page all the same, as they were before.
    pub kept: bool,
}

/// A page of the list of all jobs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllPage {
    /// Its jobs.
    pub rows: Vec<Entry>,
    /// Where it stands.
    pub pager: Pager,
    /// Whether this is what was asked for, and all of it.
    pub is_whole: bool,
    /// The lists that were not answered.
    pub failures: Vec<Failure>,
    /// The families whose lists changed while they were read, so that jobs may be missing.
    pub torn: Vec<&'static Family>,
    /// The families that are filtered by status here.
    pub filtered_here: Vec<&'static Family>,
    /// What became of the lists since they were read.
    pub growth: Growth,
}

impl Reading {
    pub fn of(route: &AllRoute) -> Self {
        Self {
            of: route.at(0),
            merge: Merge::of(route.families(), &route.status),
            failures: Vec::new(),
        }
    }

    /// Whether none of its lists was answered.
    pub fn is_void(&self) -> bool {
        self.merge.is_over() && self.merge.listed().next().is_none() && !self.failures.is_empty()
    }

    /// The page from `skip` on.
    pub fn page(&mut self, skip: usize) -> AllPage {
        let merge = &mut self.merge;
        let is_whole = merge.covers(skip.saturating_add(PAGE));
        let rows: Vec<Entry> = merge.told(skip, PAGE).cloned().collect();
        AllPage {
            pager: Pager {
                skip,
                limit: PAGE,
                shown: rows.len(),
                total: merge.total(),
            },
            rows,
            is_whole,
            failures: self.failures.clone(),
            torn: merge.torn().collect(),
            filtered_here: merge.filtered_here().collect(),
            growth: merge.growth(),
        }
    }
}
