//! Merges the job lists of many families into one list, newest first, page by page.
//!
//! A row is emitted only when no list can still have a newer one, and emitted rows never move. A list that the server
//! sorts is read only as far as needed; any other list is read completely. New jobs shift the rows of a list between
//! two requests, so each range overlaps the one before by one job: repeated jobs are dropped, and if a range does not
//! overlap, because jobs were deleted, the list is read again. A job that is received too late for its position is
//! emitted next, so that none is lost.

mod source;

use std::cmp::Reverse;

use crate::family::Family;
use crate::job::Job;
use crate::job::outcome::{OutcomeCounts, OutcomeFilter, StuckRule};
use crate::job::page::JobPage;
use crate::list::job_row::JobRow;
use crate::list::merge::source::{Source, SourceState, Watermark};

/// The minimum number of jobs in a request to a list that the server sorts: more rows may soon be needed.
pub const MIN_LIMIT: usize = 50;
/// The maximum number of jobs in a request: public clients request as many (CONTRACT.md 8).
pub const MAX_LIMIT: usize = 1_000;

/// The lists, each as far as it has been read.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    sources: Vec<Source>,
    /// Which jobs are merged; all if it is `None`.
    filter: Option<OutcomeFilter>,
    /// The emitted rows: the index of the source, and of the job in it.
    emitted: Vec<(usize, usize)>,
}

/// A request for a range of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RangeRequest {
    /// The index of the list.
    pub source: usize,
    /// The family of the list.
    pub family: &'static Family,
    /// How many jobs to skip.
    pub skip: usize,
    /// How many jobs to request.
    pub limit: usize,
    /// Whether to request the newest jobs first.
    pub sorted: bool,
}

/// How the lists changed on the server since they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// How many jobs were added.
    pub added: usize,
    /// Whether some list changed in a way that does not show how many jobs were added.
    pub changed: bool,
}

impl Merge {
    /// The lists of those of `families` that have a list of jobs. Only jobs that `filter` selects are merged, or all jobs
    /// if it is `None`. The server cannot apply it: it does not know outcomes.
    pub fn new(
        families: impl IntoIterator<Item = &'static Family>,
        filter: Option<OutcomeFilter>,
    ) -> Self {
        let families = families.into_iter().filter(|family| family.has_job_list());
        let sources = families.map(|family| Source::new(family, filter.is_none())).collect();
        Self { sources, filter, emitted: Vec::new() }
    }

    /// The next request towards the first `rows` rows, unless they are emitted or `max_in_flight` requests
    /// are in flight. The request counts as sent.
    pub fn next_request(&mut self, rows: usize, max_in_flight: usize) -> Option<RangeRequest> {
        self.emit(rows);
        let is_requested = |source: &&Source| source.state == SourceState::Requested;
        let in_flight = self.sources.iter().filter(is_requested).count();
        if in_flight >= max_in_flight || self.covers(rows) {
            return None;
        }
        // The list that blocks the others. While some list may have jobs of any time, only such lists block.
        let unknown = self.watermark() == Some(Watermark::Unknown);
        let open = self.sources.iter().enumerate().filter(|(_, source)| {
            source.state == SourceState::Open
                && (!unknown || source.watermark() == Watermark::Unknown)
        });
        let (at, _) = open.max_by_key(|(at, source)| (source.watermark(), Reverse(*at)))?;
        let missing = rows.saturating_sub(self.emitted.len());
        Some(self.sources[at].request(at, missing))
    }

    /// Adds the answer to `request`.
    pub fn receive(&mut self, request: &RangeRequest, page: &JobPage, rule: StuckRule) {
        let filter = self.filter;
        let is_wanted =
            |row: &JobRow| filter.is_none_or(|filter| filter.selects(row.outcome(rule)));
        if let Some(source) = requested(&mut self.sources, request) {
            source.receive(request, page, &is_wanted);
        }
    }

    /// Records that `request` failed: the merge continues without the list, or with its jobs from `earlier`, an earlier
    /// merge of the same lists.
    pub fn fail(&mut self, request: &RangeRequest, earlier: Option<&Self>) {
        let earlier = earlier.and_then(|earlier| earlier.sources.get(request.source));
        if let Some(source) = self.sources.get_mut(request.source) {
            source.fail(earlier);
        }
    }

    /// Records that `request` was not sent, or was aborted.
    pub fn cancel(&mut self, request: &RangeRequest) {
        if let Some(source) = requested(&mut self.sources, request) {
            source.state = SourceState::Open;
        }
    }

    /// Reopens the lists that failed. Their jobs belong between the emitted rows, so all rows become pending again.
    pub fn retry(&mut self) {
        self.emitted.clear();
        self.sources.iter_mut().for_each(Source::retry);
    }

    /// The families whose lists failed: their jobs are missing or from an earlier merge.
    pub fn failed(&self) -> impl Iterator<Item = &'static Family> {
        self.families(|source| source.state.has_failed())
    }

    /// The families whose lists changed faster than they could be read, or are too long to read: jobs may be missing.
    pub fn inconsistent(&self) -> impl Iterator<Item = &'static Family> {
        self.families(|source| source.is_inconsistent)
    }

    /// How many of the jobs that were read have each outcome, whether the filter selects them or not.
    pub fn outcomes(&self, rule: StuckRule) -> OutcomeCounts {
        let mut counts = OutcomeCounts::default();
        let jobs = self.sources.iter().flat_map(|source| &source.jobs);
        jobs.for_each(|job| counts.add(job.row.outcome(rule)));
        counts
    }

    /// How many jobs each list has on the server, whether they are read or not. `None` while that is unknown of a list
    /// that did not fail.
    pub fn sizes(&self) -> impl Iterator<Item = (&'static Family, Option<usize>)> {
        self.sources.iter().map(|source| (source.family, source.size()))
    }

    /// How many elements of the lists are no jobs, by family, without those that have none.
    pub fn unreadable(&self) -> impl Iterator<Item = (&'static Family, usize)> {
        let counts = self.sources.iter().map(|source| (source.family, source.unreadable));
        counts.filter(|&(_, count)| count > 0)
    }

    fn families(&self, which: fn(&Source) -> bool) -> impl Iterator<Item = &'static Family> {
        self.sources.iter().filter(move |source| which(source)).map(|source| source.family)
    }

    /// The lists that did not fail, by index and family.
    pub fn loaded(&self) -> impl Iterator<Item = (usize, &'static Family)> {
        self.sources
            .iter()
            .enumerate()
            .filter(|(_, source)| !source.state.has_failed())
            .map(|(at, source)| (at, source.family))
    }

    /// Whether every list is read completely or has failed.
    pub fn is_complete(&self) -> bool {
        self.sources.iter().all(Source::is_complete)
    }

    /// How many rows there are in all, if every list has a total.
    pub fn total(&self) -> Option<usize> {
        self.sources.iter().map(Source::total).sum()
    }

    /// How the lists changed on the server since they were read.
    pub fn growth(&self) -> Growth {
        let mut growth = Growth::default();
        for source in &self.sources {
            match usize::try_from(source.growth()) {
                // It is unknown which of the new jobs pass a local filter.
                Ok(added) if source.is_unfiltered => growth.added += added,
                Ok(0) => {}
                _ => growth.changed = true,
            }
        }
        growth
    }

    /// Records that the list with index `source` now has `total` jobs on the server.
    pub fn set_total(&mut self, source: usize, total: usize) {
        if let Some(source) = self.sources.get_mut(source) {
            source.set_total(total);
        }
    }

    /// Replaces the content of a job. Its row does not move.
    pub fn update(&mut self, family: &'static Family, id: &str, job: &Job) {
        let mut sources = self.sources.iter_mut();
        if let Some(source) = sources.find(|source| source.family == family) {
            source.update(id, job);
        }
    }

    /// Takes over what `earlier`, an earlier merge, knows of the same jobs and this one does not. No row moves.
    pub fn remember(&mut self, earlier: &Self) {
        for source in &mut self.sources {
            let mut others = earlier.sources.iter();
            if let Some(earlier) = others.find(|other| other.family == source.family) {
                source.remember(earlier);
            }
        }
    }

    /// Whether the first `rows` rows are emitted, or all rows if there are fewer. Call [`emit`](Self::emit) first.
    pub fn covers(&self, rows: usize) -> bool {
        self.emitted.len() >= rows || self.is_complete()
    }

    /// The emitted rows after the first `skip`, at most `max`. Their keys are unique within a family only.
    pub fn rows(&self, skip: usize, max: usize) -> impl Iterator<Item = &JobRow> {
        let emitted = self.emitted.iter().skip(skip).take(max);
        emitted.map(|&(source, at)| &self.sources[source].jobs[at].row)
    }

    /// Emits the rows that no outstanding answer can precede, until there are `rows` rows.
    pub fn emit(&mut self, rows: usize) {
        let watermark = self.watermark();
        while self.emitted.len() < rows {
            let heads = self.sources.iter().enumerate();
            let heads = heads.filter_map(|(at, source)| Some((at, source.peek()?.row.created)));
            // Equal times are ordered as in the family table, so that the order is total.
            let newest = heads.min_by_key(|&(_, created)| Reverse(created));
            let certain = newest.filter(|&(_, created)| {
                watermark.is_none_or(|watermark| watermark.is_before(created))
            });
            let Some((at, _)) = certain else { return };
            let job = self.sources[at].emit();
            self.emitted.extend(job.map(|job| (at, job)));
        }
    }

    /// The latest creation time of jobs that are not read yet. `None` if all lists are complete.
    fn watermark(&self) -> Option<Watermark> {
        let open = self.sources.iter().filter(|source| !source.is_complete());
        open.map(Source::watermark).max()
    }
}

/// The source that `request` was made for, if it still waits for the answer.
fn requested<'a>(sources: &'a mut [Source], request: &RangeRequest) -> Option<&'a mut Source> {
    let source = sources.get_mut(request.source);
    source.filter(|source| source.state == SourceState::Requested)
}
