//! One list of all jobs, newest first, made page by page of the lists of many families.
//!
//! A row is told only when no list can still bring a newer one, and once told it keeps its place.
//! Where the server sorts, a list is read as far as it is needed; where it does not, whole. Jobs
//! that arrive meanwhile push the rows of a list on: what repeats is dropped, and where the next part
//! does not adjoin what is there, because jobs went, the list is read again. What then comes too late
//! for its place is told next, so that nothing is lost. Nothing here sends.

mod source;

use std::cmp::Ordering;

pub use crate::list::merge::source::Entry;
use crate::list::merge::source::{Horizon, Source, State};

use crate::family::{Family, status_filter};
use crate::job::Job;
use crate::job::page::JobPage;

/// How many jobs a request asks for at the least where the server sorts, since more rows may be
/// wanted soon.
pub const LEAST: usize = 50;
/// How many jobs a request asks for at the most: clients are known to (CONTRACT.md 8).
pub const MOST: usize = 1_000;

/// The lists, each as far as it was read.
#[derive(Clone, Debug, Default)]
pub struct Merge {
    sources: Vec<Source>,
    /// Only jobs of this `overall_status`; of any, if it is empty.
    status: String,
    /// What was told: the list and the job in it, by their indices.
    told: Vec<(usize, u32)>,
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

/// What became of the lists since they were read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// How many jobs were added.
    pub added: usize,
    /// Whether they changed in a way that does not tell how many.
    pub changed: bool,
}

impl Merge {
    /// The lists of `families`, of which only jobs with this `overall_status` count, of any if it is
    /// empty; families that cannot be listed or hold no jobs
    /// are left out.
    pub fn of(families: impl IntoIterator<Item = &'static Family>, status: &str) -> Self {
        let families = families.into_iter();
        let listed = families.filter(|family| family.lists_jobs());
        let sources = listed
            .map(|family| Source::of(family, status.is_empty() || status_filter(family).is_some()));
        Self {
            sources: sources.collect(),
            status: status.to_owned(),
            told: Vec::new(),
        }
    }

    /// What to ask for next so that the first `rows` rows can be told, with at most `most` requests
    /// under way. What is given out counts as asked.
    pub fn next(&mut self, rows: usize, most: usize) -> Option<Ask> {
        let asked = self.sources.iter();
        let asked = asked
            .filter(|source| source.state == State::Requested)
            .count();
        if asked >= most || self.covers(rows) {
            return None;
        }
        // The list that holds the others up. While one may still bring anything, no other need go on.
        let blind = self.horizon() == Some(Horizon::Anything);
        let open = self.sources.iter().enumerate().filter(|(_, source)| {
            source.state == State::Open && (!blind || source.horizon() == Horizon::Anything)
        });
        let (at, _) = open.max_by_key(|(at, source)| (source.horizon(), std::cmp::Reverse(*at)))?;
        let missing = rows.saturating_sub(self.told.len());
        Some(self.sources[at].ask(at, missing))
    }

    /// Takes in the answer to `ask`.
    pub fn took(&mut self, ask: &Ask, page: &JobPage) {
        let status = &self.status;
        let wanted = |job: &Job| job.overall_status().as_deref() == Some(status);
        if let Some(source) = self.sources.get_mut(ask.source)
            && source.state == State::Requested
        {
            source.take(ask, page, &wanted);
        }
    }

    /// Takes in that there was no answer to `ask`: the other lists go on without this one, or with
    /// what `earlier`, a reading of the same lists, had of it.
    pub fn failed(&mut self, ask: &Ask, earlier: Option<&Self>) {
        let old = earlier.and_then(|earlier| earlier.sources.get(ask.source));
        if let Some(source) = self.sources.get_mut(ask.source) {
            source.fail(old);
        }
    }

    /// Takes in that `ask` was not sent after all.
    pub fn unasked(&mut self, ask: &Ask) {
        if let Some(source) = self.sources.get_mut(ask.source)
            && source.state == State::Requested
        {
            source.state = State::Open;
        }
    }

    /// Asks those lists again that failed. Their jobs belong among what was told, so that all is
    /// told anew.
    pub fn retry(&mut self) {
        self.told.clear();
        self.sources.iter_mut().for_each(Source::retry);
    }

    /// The families whose lists failed: their jobs are missing, or as they were before.
    pub fn missing(&self) -> impl Iterator<Item = &'static Family> {
        let failed = self.sources.iter();
        let failed = failed.filter(|source| source.state.has_failed());
        failed.map(|source| source.family)
    }

    /// The families whose lists changed faster than they could be read: jobs may be missing.
    pub fn torn(&self) -> impl Iterator<Item = &'static Family> {
        let torn = self.sources.iter().filter(|source| source.torn);
        torn.map(|source| source.family)
    }

    /// The families whose lists the server does not filter by status, so that it is done here.
    pub fn filtered_here(&self) -> impl Iterator<Item = &'static Family> {
        let here = self.sources.iter().filter(|source| !source.filters);
        here.map(|source| source.family)
    }

    /// The families whose lists were read, each with its index in an [`Ask`].
    pub fn listed(&self) -> impl Iterator<Item = (usize, &'static Family)> {
        let read = self.sources.iter().enumerate();
        let read = read.filter(|(_, source)| !source.state.has_failed());
        read.map(|(at, source)| (at, source.family))
    }

    /// Whether all that there is can be told.
    pub fn is_over(&self) -> bool {
        self.sources.iter().all(Source::is_complete)
    }

    /// How many rows there are in all, as far as the answers tell it.
    pub fn total(&self) -> Option<usize> {
        self.sources.iter().map(Source::total).sum()
    }

    /// What became of the lists since they were read.
    pub fn growth(&self) -> Growth {
        let mut growth = Growth::default();
        for source in &self.sources {
            match usize::try_from(source.growth()) {
                // Of jobs that are filtered here it is not known which they are.
                Ok(added) if source.filters => growth.added += added,
                Ok(0) => {}
                _ => growth.changed = true,
            }
        }
        growth
    }

    /// Takes in how many jobs the list of this index has by now.
    pub fn counted(&mut self, source: usize, total: usize) {
        if let Some(source) = self.sources.get_mut(source) {
            source.count(total);
        }
    }

    /// Shows a job as it is now. It keeps its place.
    pub fn update(&mut self, family: &'static Family, id: &str, job: &Job) {
        let own = self.sources.iter_mut();
        for source in own.filter(|source| source.family == family) {
            source.update(id, job);
        }
    }

    /// Whether the first `rows` rows are told, or all that there are.
    pub fn covers(&mut self, rows: usize) -> bool {
        self.tell(rows);
        self.told.len() >= rows || self.is_over()
    }

    /// The rows that were told, at most `most`, after the first `skip`.
    pub fn told(&self, skip: usize, most: usize) -> impl Iterator<Item = &Entry> {
        let told = self.told.iter().skip(skip).take(most);
        told.map(|&(source, at)| &self.sources[source].jobs[at as usize])
    }

    /// Tells what is certain, until there are `rows` rows.
    fn tell(&mut self, rows: usize) {
        let horizon = self.horizon();
        while self.told.len() < rows {
            let heads = self.sources.iter().enumerate();
            let heads = heads.filter_map(|(at, source)| Some((at, source.head()?)));
            // Of equal times the first in the order of the families' table, so that there is one
            // order only.
            let first = heads.reduce(|first, next| {
                let newer = next.1.created.cmp(&first.1.created) == Ordering::Greater;
                if newer { next } else { first }
            });
            let certain = first.filter(|(_, entry)| {
                horizon.is_none_or(|horizon| horizon.is_before(entry.created))
            });
            let Some((at, _)) = certain else { return };
            self.told
                .extend(self.sources[at].tell().map(|job| (at, job)));
        }
    }

    /// Up to when some list may still bring jobs, if any may.
    fn horizon(&self) -> Option<Horizon> {
        let open = self.sources.iter().filter(|source| !source.is_complete());
        open.map(Source::horizon).max()
    }
}
