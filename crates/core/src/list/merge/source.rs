//! The list of one family, as far as it has been read.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::family::Family;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::page::JobPage;
use crate::list::difference;
use crate::list::job_row::JobRow;
use crate::list::merge::{MAX_LIMIT, MIN_LIMIT, RangeRequest};

/// How often a list is read from its start if it changes while it is read.
const MAX_PASSES: u32 = 5;
/// The largest number of jobs that are read of one list.
const MAX_JOBS: usize = 1_000_000;
/// How many ranges in a row may hold no new job with an id, but other elements. A server that ignores the position may
/// repeat them without end.
const MAX_PAGES_WITHOUT_NEW: u32 = 10;

#[derive(Clone, Debug)]
pub(super) struct Source {
    pub family: &'static Family,
    /// Whether the server sends the newest jobs first.
    is_sorted: bool,
    /// Whether all jobs of the list are wanted.
    pub is_unfiltered: bool,
    /// All jobs that were read.
    pub jobs: Vec<SourceJob>,
    /// The index of a job in `jobs`, by its id.
    by_id: HashMap<String, usize>,
    /// The jobs that are not emitted yet, by their index, the next one at the end.
    pending: Vec<usize>,
    /// How many elements of the server's list were read, with repetitions.
    read: usize,
    /// The position of the job with which the next range begins. `None` if the last range ended with other elements.
    anchor: Option<usize>,
    /// How many ranges in a row held no new job with an id.
    pages_without_new: u32,
    /// How many jobs of the server's list were read, without repetitions.
    count: usize,
    /// The first and the latest total that the server sent.
    totals: Option<(usize, usize)>,
    /// The time of the job that was read last.
    watermark: Watermark,
    /// How often the list was read from its start.
    passes: u32,
    /// The first row of the last answer. The same row again shows that the server ignores the position.
    first: Option<JobRow>,
    /// How many elements of the server's answers are no jobs.
    pub unreadable: usize,
    /// Whether jobs may be missing, although the server sent what was asked for.
    pub is_inconsistent: bool,
    pub state: SourceState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SourceState {
    Open,
    Requested,
    Complete,
    Failed,
    /// It failed, and its jobs are those of an earlier merge.
    Substituted,
}

impl SourceState {
    pub(super) fn has_failed(self) -> bool {
        matches!(self, Self::Failed | Self::Substituted)
    }
}

/// A job of the list.
#[derive(Clone, Debug)]
pub(super) struct SourceJob {
    pub row: JobRow,
    /// The pass in which it was last read.
    pass: u32,
    place: Place,
}

/// Where a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In no list, because it is not wanted.
    Hidden,
    Pending,
    Emitted,
}

impl SourceJob {
    /// Newest first, jobs without a time last, equal times in the order of the ids.
    fn order(&self, other: &Self) -> Ordering {
        let created = other.row.created.cmp(&self.row.created);
        created.then_with(|| self.row.key.cmp(&other.row.key))
    }
}

/// The latest creation time of the jobs of a list that are not read yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Watermark {
    /// Jobs created at this time or earlier. `None`: only jobs without a time.
    At(Option<Timestamp>),
    /// Jobs of any time.
    Unknown,
}

impl Watermark {
    /// Whether all jobs created at `time` or later are read.
    pub(super) fn is_before(self, time: Option<Timestamp>) -> bool {
        match self {
            // Not `>=`: there may be another job with the same time.
            Self::At(at) => time > at,
            Self::Unknown => false,
        }
    }
}

impl Source {
    pub(super) fn new(family: &'static Family, is_unfiltered: bool) -> Self {
        Self {
            family,
            is_sorted: family.can_sort(),
            is_unfiltered,
            jobs: Vec::new(),
            by_id: HashMap::new(),
            pending: Vec::new(),
            read: 0,
            anchor: None,
            pages_without_new: 0,
            count: 0,
            totals: None,
            watermark: Watermark::Unknown,
            passes: 1,
            first: None,
            unreadable: 0,
            is_inconsistent: false,
            state: SourceState::Open,
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.state == SourceState::Complete || self.state.has_failed()
    }

    pub(super) fn watermark(&self) -> Watermark {
        if self.is_sorted { self.watermark } else { Watermark::Unknown }
    }

    /// The next range if `rows` more rows are needed.
    pub(super) fn request(&mut self, source: usize, rows: usize) -> RangeRequest {
        self.state = SourceState::Requested;
        let skip = self.next_skip();
        let overlap = self.read - skip;
        let limit =
            if self.is_sorted { rows.clamp(MIN_LIMIT, MAX_LIMIT - 1) + overlap } else { MAX_LIMIT };
        RangeRequest { source, family: self.family, skip, limit, sorted: self.is_sorted }
    }

    /// Where the next range begins: with a known job, which proves that no job is missing before it. Elements without an
    /// id, or that are no jobs, prove nothing.
    fn next_skip(&self) -> usize {
        self.anchor.unwrap_or(self.read)
    }

    /// Adds the answer to `request`, without the jobs that are not wanted.
    pub(super) fn receive(
        &mut self,
        request: &RangeRequest,
        page: &JobPage,
        is_wanted: &dyn Fn(&JobRow) -> bool,
    ) {
        self.state = SourceState::Open;
        // An answer to an earlier request says nothing about the end of the list.
        if request.skip != self.next_skip() {
            return;
        }
        let (ids, positions) = (page.ids(), page.positions());
        let (count, total) = (page.received(), page.total(request.skip));
        let known = ids.iter().rposition(|id| self.current(id).is_some());
        let adjoins = self.anchor.is_none() || known.is_some();
        if !adjoins && self.passes < MAX_PASSES {
            for (job, id) in page.jobs.iter().zip(&ids).filter(|(_, id)| !id.is_empty()) {
                self.add(job, id, is_wanted);
            }
            self.begin_pass();
            self.sort_pending();
            return;
        }
        let first = page.jobs.first().map(|job| JobRow::new(job, self.family));
        let has_new = ids.iter().any(|id| !id.is_empty() && self.current(id).is_none());
        // Jobs without an id, and elements that are no jobs, cannot be compared. They count as new unless the page begins as
        // the one before, or with other known jobs than requested; but only for so many ranges.
        let has_unnamed = ids.iter().any(String::is_empty) && first != self.first;
        let read = request.skip + count;
        let may_continue =
            read > self.read && !page.unreadable.is_empty() && known.is_none_or(|known| known == 0);
        self.pages_without_new = if has_new { 0 } else { self.pages_without_new + 1 };
        let has_progress = has_new
            || (has_unnamed || may_continue) && self.pages_without_new <= MAX_PAGES_WITHOUT_NEW;
        let is_end = total.is_some_and(|total| read >= total);
        // Without a total, the list ends with an answer that has no further job.
        let is_cut = !is_end && !has_progress && total.is_some();
        let is_repeated = !has_progress && read > self.read;
        let is_too_long = !is_end && read >= MAX_JOBS;
        self.is_inconsistent |= !adjoins || is_cut || is_repeated || is_too_long;
        self.first = first;
        // What follows the known jobs on this page was read before, too.
        let old = known.map_or(0, |at| positions[at] + self.read - request.skip);
        let is_new = |at: &usize| has_progress && *at >= old;
        for ((job, id), at) in page.jobs.iter().zip(&ids).zip(&positions) {
            if !id.is_empty() || is_new(at) {
                self.add(job, id, is_wanted);
            }
        }
        self.unreadable += page.unreadable_at.iter().filter(|at| is_new(at)).count();
        // A range that begins where this one did would bring nothing new.
        let last = ids.iter().rposition(|id| !id.is_empty());
        self.anchor = last.map(|at| request.skip + positions[at]).filter(|at| *at > request.skip);
        self.read = read;
        if let Some(total) = total {
            self.totals = Some((self.totals.map_or(total, |(first, _)| first), total));
        }
        if is_end || !has_progress || is_too_long {
            self.state = SourceState::Complete;
        }
        self.sort_pending();
    }

    fn add(&mut self, job: &Job, id: &str, is_wanted: &dyn Fn(&JobRow) -> bool) {
        let row = JobRow::new(job, self.family);
        if let Some(at) = self.current(id) {
            self.jobs[at].row.update(row);
            return self.reveal(at, is_wanted);
        }
        // If the server turns out not to sort, the list is read completely.
        let watermark = Watermark::At(row.created);
        self.is_sorted &= self.watermark >= watermark;
        self.watermark = watermark;
        self.count += 1;
        let known = self.by_id.get(id).copied();
        let at = known.unwrap_or(self.jobs.len());
        if known.is_some() {
            self.jobs[at].row.update(row);
            self.jobs[at].pass = self.passes;
        } else {
            let place = Place::Hidden;
            self.jobs.push(SourceJob { row, pass: self.passes, place });
        }
        // Jobs without an id cannot be compared, so none is dropped.
        if !id.is_empty() {
            self.by_id.insert(id.to_owned(), at);
        }
        self.reveal(at, is_wanted);
    }

    /// Makes the job at the index `at` pending if it is wanted, and neither pending nor emitted.
    fn reveal(&mut self, at: usize, is_wanted: &dyn Fn(&JobRow) -> bool) {
        if self.jobs[at].place == Place::Hidden && is_wanted(&self.jobs[at].row) {
            self.jobs[at].place = Place::Pending;
            self.pending.push(at);
        }
    }

    /// The index of the job `id`, if it was read in this pass.
    fn current(&self, id: &str) -> Option<usize> {
        let at = self.by_id.get(id).copied();
        at.filter(|&at| self.jobs[at].pass == self.passes)
    }

    fn sort_pending(&mut self) {
        let jobs = &self.jobs;
        self.pending.sort_unstable_by(|&a, &b| jobs[b].order(&jobs[a]).then(a.cmp(&b)));
    }

    /// Reads the list from its start again. Emitted and pending jobs stay, so that none is lost if a node of the cluster
    /// lags; those without an id must be read again, because they cannot be compared.
    fn begin_pass(&mut self) {
        let jobs = &self.jobs;
        self.pending.retain(|&at| !jobs[at].row.key.is_empty());
        (self.read, self.count, self.anchor, self.pages_without_new) = (0, 0, None, 0);
        (self.watermark, self.totals, self.first) = (Watermark::Unknown, None, None);
        self.unreadable = 0;
        self.passes += 1;
    }

    /// The next job to be emitted.
    pub(super) fn peek(&self) -> Option<&SourceJob> {
        self.pending.last().map(|&at| &self.jobs[at])
    }

    /// Emits the next job, and returns its index.
    pub(super) fn emit(&mut self) -> Option<usize> {
        let at = self.pending.pop()?;
        self.jobs[at].place = Place::Emitted;
        Some(at)
    }

    /// How many rows the list has, emitted or pending. Before it is complete: the total of the server.
    pub(super) fn total(&self) -> Option<usize> {
        if self.is_complete() {
            let emitted = self.jobs.iter().filter(|job| job.place == Place::Emitted).count();
            return Some(emitted + self.pending.len());
        }
        let (_, total) = self.totals.filter(|_| self.is_unfiltered)?;
        Some(total)
    }

    /// How many jobs the server's list has. 0 if the list failed without an answer.
    pub(super) fn size(&self) -> Option<usize> {
        if self.is_complete() {
            return Some(self.jobs.len());
        }
        self.totals.map(|(_, latest)| latest.max(self.jobs.len()))
    }

    /// By how many jobs the server's list has grown since it was read; negative if it has shrunk.
    pub(super) fn growth(&self) -> i64 {
        let Some((first, latest)) = self.totals else {
            return 0;
        };
        let known = match self.state {
            _ if self.is_sorted => first,
            SourceState::Complete => self.count,
            _ => latest,
        };
        difference(latest, known)
    }

    pub(super) fn set_total(&mut self, total: usize) {
        if let Some((_, latest)) = &mut self.totals {
            *latest = total;
        }
    }

    pub(super) fn update(&mut self, id: &str, job: &Job) {
        if let Some(&at) = self.by_id.get(id) {
            self.jobs[at].row.update(JobRow::new(job, self.family));
        }
    }

    /// Takes over what `earlier` knows of the same jobs and this list does not.
    pub(super) fn remember(&mut self, earlier: &Self) {
        for (id, &at) in &earlier.by_id {
            if let Some(&own) = self.by_id.get(id) {
                let answer = &mut self.jobs[own].row;
                let mut known = earlier.jobs[at].row.clone();
                known.update(answer.clone());
                *answer = known;
            }
        }
    }

    /// Records a failure. A list without jobs is replaced by `earlier`.
    pub(super) fn fail(&mut self, earlier: Option<&Self>) {
        if let Some(earlier) = earlier.filter(|_| self.jobs.is_empty()) {
            *self = earlier.clone();
            self.reset_emitted();
            self.state = SourceState::Substituted;
        } else {
            self.state = SourceState::Failed;
        }
    }

    /// Reopens the list if it failed. All its jobs become pending.
    pub(super) fn retry(&mut self) {
        self.reset_emitted();
        match self.state {
            SourceState::Substituted => *self = Self::new(self.family, self.is_unfiltered),
            SourceState::Complete => {}
            _ => self.state = SourceState::Open,
        }
    }

    /// Makes every emitted job pending again.
    fn reset_emitted(&mut self) {
        for (at, job) in self.jobs.iter_mut().enumerate() {
            if job.place == Place::Emitted {
                job.place = Place::Pending;
                self.pending.push(at);
            }
        }
        self.sort_pending();
    }
}
