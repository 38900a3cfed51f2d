//! One family's list as far as it was read: a part of the merge, of which it knows nothing.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::family::Family;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::items_view::sort;
use crate::job::page::JobPage;
use crate::list::job_row::JobRow;
use crate::list::merge::{Ask, LEAST, MOST};

/// How often a list that changes under the reader's hands is read from its start.
const MOST_STARTS: u32 = 5;

#[derive(Clone, Debug)]
pub(super) struct Source {
    pub family: &'static Family,
    /// Whether the server sends newest first.
    sorted: bool,
    /// Whether the server leaves out what is not asked for.
    pub filters: bool,
    /// All that were read, told ones included.
    pub jobs: Vec<Entry>,
    /// Where a job is among them, by its id.
    by_id: HashMap<String, u32>,
    /// Those that are not told yet, the first to be told at the end.
    pending: Vec<u32>,
    /// How many jobs of the server's list were read, and how many of them but once.
    read: usize,
    count: usize,
    /// The numbers of all jobs that the server told: first, and last.
    totals: Option<(usize, usize)>,
    /// From when on the last job is that was read.
    last: Horizon,
    starts: u32,
    pub torn: bool,
    pub state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Requested,
    Over,
    Failed,
    /// It failed, and what it has is from an earlier reading.
    Inherited,
}

impl State {
    pub(super) fn has_failed(self) -> bool {
        matches!(self, Self::Failed | Self::Inherited)
    }
}

/// A job of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What is shown of it, but for the time at which it was created.
    pub row: JobRow,
    /// When it was created.
    pub created: Option<Timestamp>,
    /// At which reading of its list from the start it was last there.
    start: u32,
    told: bool,
}

impl Entry {
    /// Newest first; what tells no time comes last. Equal times are in the order of the ids.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        let created = other.created.cmp(&self.created);
        created.then_with(|| self.row.key.cmp(&other.row.key))
    }
}

/// Up to when a list may still bring jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Horizon {
    /// Jobs created then or earlier, or at no time told.
    From(Option<Timestamp>),
    /// Jobs of any time.
    Anything,
}

impl Horizon {
    /// Whether no job may come any more that was created after `time` or then.
    pub(super) fn is_before(self, time: Option<Timestamp>) -> bool {
        match self {
            // Strictly: a job of the same instant may be to come.
            Self::From(from) => time > from,
            Self::Anything => false,
        }
    }
}

impl Source {
    pub(super) fn of(family: &'static Family, filters: bool) -> Self {
        Self {
            family,
            sorted: family.sorts(),
            filters,
            jobs: Vec::new(),
            by_id: HashMap::new(),
            pending: Vec::new(),
            read: 0,
            count: 0,
            totals: None,
            last: Horizon::Anything,
            starts: 1,
            torn: false,
            state: State::Open,
        }
    }

    pub(super) fn is_complete(&self) -> bool {
        self.state == State::Over || self.state.has_failed()
    }

    pub(super) fn horizon(&self) -> Horizon {
        if self.sorted {
            self.last
        } else {
            Horizon::Anything
        }
    }

    /// The next part, when so many rows are wanted.
    pub(super) fn ask(&mut self, at: usize, rows: usize) -> Ask {
        self.state = State::Requested;
        // One job that is known already, to see that the part adjoins.
        let known = usize::from(self.read > 0);
        let limit = if self.sorted {
            rows.clamp(LEAST, MOST - 1) + known
        } else {
            MOST
        };
        Ask {
            source: at,
            family: self.family,
            skip: self.read - known,
            limit,
            sorted: self.sorted,
        }
    }

    /// Takes in the answer to `ask`, and leaves out what is not `wanted`, unless the server does.
    pub(super) fn take(&mut self, ask: &Ask, page: &JobPage, wanted: &dyn Fn(&Job) -> bool) {
        let (count, total) = (page.jobs.len(), page.number("total"));
        let given = page.number("limit").filter(|&given| given > 0);
        let given = given.map_or(ask.limit, |given| given.min(ask.limit));
        let ids = page.ids();
        let is_known = |id: &String| self.seen(id).is_some_and(|at| self.is_current(at));
        let adjoins = self.read == 0 || ids.iter().any(is_known);
        let kept_back = count == 0 && total.is_some_and(|total| total > ask.skip);
        let ends = count == 0 || total.map_or(count < given, |total| ask.skip + count >= total);
        self.state = State::Open;
        if !adjoins && self.starts < MOST_STARTS {
            self.start_again();
            return;
        }
        self.torn |= !adjoins || kept_back;
        for (job, id) in page.jobs.iter().zip(ids) {
            self.add(job, id, wanted);
        }
        self.read = ask.skip + count;
        if let Some(total) = total {
            self.totals = Some((self.totals.map_or(total, |(first, _)| first), total));
        }
        if ends {
            self.state = State::Over;
        }
        self.order();
    }

    fn add(&mut self, job: &Job, id: String, wanted: &dyn Fn(&Job) -> bool) {
        let seen = self.seen(&id);
        if seen.is_some_and(|at| self.is_current(at)) {
            return;
        }
        let created = job.started();
        // A server that says it sorts and does not: then the list is read whole.
        let before = std::mem::replace(&mut self.last, Horizon::From(created));
        self.sorted &= before >= self.last;
        self.count += 1;
        let entry = Entry {
            row: JobRow::of(job, self.family, |_| None),
            created,
            start: self.starts,
            told: false,
        };
        if let Some(at) = seen {
            let old = &mut self.jobs[at];
            let told = old.told;
            *old = Entry { told, ..entry };
            if !told {
                self.wait(at);
            }
            return;
        }
        let at = self.jobs.len();
        // A job without an id cannot be told from itself; it is kept.
        if !id.is_empty() {
            self.by_id.insert(id, u32::try_from(at).unwrap_or(u32::MAX));
        }
        self.jobs.push(entry);
        if self.filters || wanted(job) {
            self.wait(at);
        }
    }

    fn wait(&mut self, at: usize) {
        self.pending.push(u32::try_from(at).unwrap_or(u32::MAX));
    }

    fn seen(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).map(|&at| at as usize)
    }

    fn is_current(&self, at: usize) -> bool {
        self.jobs[at].start == self.starts
    }

    fn order(&mut self) {
        let jobs = &self.jobs;
        sort(&mut self.pending, &|a, b| {
            jobs[b as usize].order(&jobs[a as usize])
        });
    }

    /// What was told stays; what was not is told only if it is there once more.
    fn start_again(&mut self) {
        self.pending.clear();
        (self.read, self.count) = (0, 0);
        (self.last, self.totals) = (Horizon::Anything, None);
        self.starts += 1;
    }

    /// The next to be told.
    pub(super) fn head(&self) -> Option<&Entry> {
        self.pending.last().map(|&at| &self.jobs[at as usize])
    }

    /// Tells the next.
    pub(super) fn tell(&mut self) -> Option<u32> {
        let at = self.pending.pop()?;
        self.jobs[at as usize].told = true;
        Some(at)
    }

    /// How many jobs it has, told or not; if the list is not read yet, as many as the server counts.
    pub(super) fn total(&self) -> Option<usize> {
        if self.is_complete() {
            let told = self.jobs.iter().filter(|entry| entry.told).count();
            return Some(told + self.pending.len());
        }
        let (_, total) = self.totals.filter(|_| self.filters)?;
        Some(total)
    }

    /// By how many jobs the server's list has grown since it was read, or shrunk.
    pub(super) fn growth(&self) -> i64 {
        let Some((first, last)) = self.totals else {
            return 0;
        };
        let known = match self.state {
            _ if self.sorted => first,
            State::Over => self.count,
            _ => last,
        };
        let size = i64::try_from(last.abs_diff(known)).unwrap_or(i64::MAX);
        if last < known { -size } else { size }
    }

    /// Takes in what the server counts now.
    pub(super) fn count(&mut self, total: usize) {
        if let Some((_, last)) = &mut self.totals {
            *last = total;
        }
    }

    /// Shows the job `id` as it is now.
    pub(super) fn update(&mut self, id: &str, job: &Job) {
        if let Some(at) = self.seen(id) {
            self.jobs[at].row = JobRow::of(job, self.family, |_| None);
        }
    }

    /// There is no answer. In its place it takes over what an earlier reading had, if it has nothing
    /// of its own.
    pub(super) fn fail(&mut self, old: Option<&Self>) {
        if let Some(old) = old.filter(|_| self.jobs.is_empty()) {
            *self = old.clone();
            self.untell();
            self.state = State::Inherited;
        } else {
            self.state = State::Failed;
        }
    }

    /// Asks again, if it failed, with nothing told.
    pub(super) fn retry(&mut self) {
        self.untell();
        match self.state {
            State::Inherited => *self = Self::of(self.family, self.filters),
            State::Over => {}
            State::Open | State::Requested | State::Failed => self.state = State::Open,
        }
    }

    /// Nothing counts as told any more.
    fn untell(&mut self) {
        let told = (0..).zip(&self.jobs).filter(|(_, entry)| entry.told);
        let told: Vec<u32> = told.map(|(at, _)| at).collect();
        self.pending.extend(told);
        for entry in &mut self.jobs {
            entry.told = false;
        }
        self.order();
    }
}
