//! One list of all jobs, newest first, made page by page of the lists of many families.
//!
//! A row is told only when no list can still bring a newer one, so that a page once told stays as it
//! is. Where the server sorts, a list is read as far as it is needed; where it does not, whole. Jobs
//! that arrive meanwhile push the rows of a list on: what repeats is dropped, and where the next part
//! does not adjoin what is there, because jobs went, the list is read again. Nothing here sends.

use std::collections::HashSet;

use super::family::{Family, Resource};
use super::job::Job;
use super::time::Timestamp;

/// How many jobs a request asks for.
pub const PART: usize = 100;
/// How often a list that changes under the reader's hands is read from its start.
const MOST_STARTS: usize = 5;

/// The lists, each as far as it was read.
#[derive(Debug, Default)]
pub struct Merge {
    sources: Vec<Source>,
}

#[derive(Debug)]
struct Source {
    family: &'static Family,
    /// Whether the server sends newest first.
    sorted: bool,
    /// In the order of the server while it sorts, else of no meaning.
    jobs: Vec<Entry>,
    ids: HashSet<String>,
    /// How many jobs of the server's list were read.
    read: usize,
    starts: usize,
    torn: bool,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Asked,
    Over,
    Failed,
}

/// A job of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its family.
    pub family: &'static Family,
    /// The job.
    pub job: Job,
    created: Option<Timestamp>,
}

/// A request for a part of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The list, by its index.
    pub source: usize,
    /// Its family.
    pub family: &'static Family,
    /// How many jobs to skip.
    pub skip: usize,
    /// How many to ask for.
    pub limit: usize,
    /// Whether to ask for the newest first.
    pub sorted: bool,
}

impl Entry {
    /// Newest first; what tells no time comes last. Equal times are in the order of the families'
    /// table and of the ids, so that there is one order only.
    fn rank(&self, source: usize) -> (std::cmp::Reverse<Option<Timestamp>>, usize, Option<String>) {
        (std::cmp::Reverse(self.created), source, self.job.id())
    }
}

impl Merge {
    /// The lists of `families`; those that cannot be listed or hold no jobs are left out.
    pub fn of(families: impl IntoIterator<Item = &'static Family>) -> Self {
        let families = families.into_iter();
        let listed =
            families.filter(|family| family.list.is_some() && family.resource == Resource::Jobs);
        let sources = listed.map(|family| Source {
            family,
            sorted: family.sorts(),
            jobs: Vec::new(),
            ids: HashSet::new(),
            read: 0,
            starts: 1,
            torn: false,
            state: State::Open,
        });
        Self {
            sources: sources.collect(),
        }
    }

    /// What to ask for next so that the first `rows` rows can be told, with at most `most` requests
    /// under way. What is given out counts as asked.
    pub fn next(&mut self, rows: usize, most: usize) -> Option<Ask> {
        let asked = self
            .sources
            .iter()
            .filter(|source| source.state == State::Asked)
            .count();
        if asked >= most || self.told(rows).len() >= rows {
            return None;
        }
        // The list that holds the others up. While one may still bring anything, no other need go on.
        let incomplete = self.sources.iter().filter(|source| !source.is_complete());
        let blind = incomplete.map(Source::horizon).max() == Some(Horizon::Anything);
        let open = self.sources.iter().enumerate().filter(|(_, source)| {
            source.state == State::Open && (!blind || source.horizon() == Horizon::Anything)
        });
        let (at, _) = open.max_by_key(|(at, source)| (source.horizon(), std::cmp::Reverse(*at)))?;
        let source = &mut self.sources[at];
        source.state = State::Asked;
        // One job that is known already, to see that the part adjoins.
        let known = usize::from(source.read > 0);
        Some(Ask {
            source: at,
            family: source.family,
            skip: source.read - known,
            limit: PART + known,
            sorted: source.sorted,
        })
    }

    /// Takes in the answer to `ask`; `total` is the number of all jobs as the server tells it.
    pub fn took(&mut self, ask: &Ask, jobs: Vec<Job>, total: Option<usize>) {
        if let Some(source) = self.sources.get_mut(ask.source)
            && source.state == State::Asked
        {
            source.take(ask, jobs, total);
        }
    }

    /// Takes in that there was no answer to `ask`: the other lists go on without this one.
    pub fn failed(&mut self, ask: &Ask) {
        if let Some(source) = self.sources.get_mut(ask.source) {
            source.state = State::Failed;
        }
    }

    /// Asks those lists again that failed.
    pub fn retry(&mut self) {
        for source in &mut self.sources {
            if source.state == State::Failed {
                source.state = State::Open;
            }
        }
    }

    /// The families whose lists failed: their jobs are missing.
    pub fn missing(&self) -> impl Iterator<Item = &'static Family> {
        let failed = self
            .sources
            .iter()
            .filter(|source| source.state == State::Failed);
        failed.map(|source| source.family)
    }

    /// The families whose lists changed faster than they could be read: jobs may be missing.
    pub fn torn(&self) -> impl Iterator<Item = &'static Family> {
        self.sources
            .iter()
            .filter(|source| source.torn)
            .map(|source| source.family)
    }

    /// Whether all that there is can be told.
    pub fn is_over(&self) -> bool {
        !self
            .sources
            .iter()
            .any(|source| matches!(source.state, State::Open | State::Asked))
    }

    /// The first rows, at most `most`, as many as are certain.
    pub fn told(&self, most: usize) -> Vec<&Entry> {
        let horizon = self
            .sources
            .iter()
            .filter(|source| !source.is_complete())
            .map(Source::horizon)
            .max();
        let all = self
            .sources
            .iter()
            .enumerate()
            .flat_map(|(at, source)| source.jobs.iter().map(move |entry| (at, entry)));
        let mut rows: Vec<(usize, &Entry)> = match horizon {
            // Strictly newer: a job of the same instant may be to come.
            Some(horizon) => all
                .filter(|(_, entry)| entry.created > horizon.time())
                .collect(),
            None => all.collect(),
        };
        rows.sort_by_cached_key(|(at, entry)| entry.rank(*at));
        rows.into_iter()
            .take(most)
            .map(|(_, entry)| entry)
            .collect()
    }
}

/// Up to when a list may still bring jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Horizon {
    /// Jobs created then or earlier, or at no time told.
    From(Option<Timestamp>),
    /// Jobs of any time.
    Anything,
}

impl Horizon {
    fn time(self) -> Option<Timestamp> {
        match self {
            Self::From(time) => time,
            Self::Anything => Some(Timestamp::from_ms(i64::MAX)),
        }
    }
}

impl Source {
    fn is_complete(&self) -> bool {
        matches!(self.state, State::Over | State::Failed)
    }

    fn horizon(&self) -> Horizon {
        match self.jobs.last() {
            Some(last) if self.sorted => Horizon::From(last.created),
            _ => Horizon::Anything,
        }
    }

    fn take(&mut self, ask: &Ask, jobs: Vec<Job>, total: Option<usize>) {
        let count = jobs.len();
        let adjoins = self.read == 0
            || jobs
                .iter()
                .any(|job| job.id().is_some_and(|id| self.ids.contains(&id)));
        let ends = count == 0 || total.map_or(count < ask.limit, |total| ask.skip + count >= total);
        self.state = State::Open;
        if !adjoins && self.starts < MOST_STARTS {
            self.start_again();
            return;
        }
        self.torn |= !adjoins;
        for job in jobs {
            let id = job.id();
            // A job without an id cannot be told from itself; it is kept.
            if id.is_some_and(|id| !self.ids.insert(id)) {
                continue;
            }
            let created = job.started();
            // A server that says it sorts and does not: then the list is read whole.
            let disordered = self.jobs.last().is_some_and(|last| last.created < created);
            self.sorted &= !disordered;
            self.jobs.push(Entry {
                family: self.family,
                job,
                created,
            });
        }
        self.read = ask.skip + count;
        if ends {
            self.state = State::Over;
        }
    }

    fn start_again(&mut self) {
        self.jobs.clear();
        self.ids.clear();
        self.read = 0;
        self.starts += 1;
    }
}
