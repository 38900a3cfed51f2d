//! Two runs of the same scope compared, item by item.

use std::collections::{HashMap, HashSet};

use crate::family::Family;
use crate::job::Job;
use crate::job::items::Items;

/// What became of the items of two runs. Each list has the indices of items in the later run, except
/// [`only_before`](Self::only_before).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Problems that the earlier run did not have.
    pub newly_failed: Vec<u32>,
    /// Successes that were problems in the earlier run.
    pub recovered: Vec<u32>,
    /// Problems in both runs.
    pub still_failing: Vec<u32>,
    /// Those of `still_failing` with another message than before.
    pub changed_message: Vec<u32>,
    /// How many items are a problem in neither.
    pub fine: usize,
    /// Items that only the later run has.
    pub only_after: Vec<u32>,
    /// Items that only the earlier run has, by their indices in it.
    pub only_before: Vec<u32>,
}

/// A run to compare: its items, and whether it is finished.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// Its items.
    pub items: &'a Items,
    /// Whether it is finished: then everything that is not a success is a problem.
    pub is_finished: bool,
}

impl<'a> Run<'a> {
    /// The run that is `job`.
    pub fn new(job: &'a Job) -> Self {
        Self { items: &job.items, is_finished: !job.may_run() }
    }

    fn is_problem(self, index: u32) -> bool {
        let text = self.items.text(index as usize);
        text.is_some_and(|text| text.status.is_problem(self.is_finished))
    }

    fn indices(self) -> impl Iterator<Item = u32> {
        (0..self.items.len()).filter_map(|index| u32::try_from(index).ok())
    }
}

impl Comparison {
    /// Compares `after` with `before`. An item is the same if its name is; items with the same name in one run are compared
    /// in their order.
    pub fn new(before: Run, after: Run) -> Self {
        // The indices of each name, the first one last.
        let mut by_name: HashMap<&str, Vec<u32>> = HashMap::with_capacity(before.items.len());
        let indices: Vec<u32> = before.indices().collect();
        for &index in indices.iter().rev() {
            by_name.entry(before.items.name(index as usize)).or_default().push(index);
        }
        let mut comparison = Self::default();
        for index in after.indices() {
            let name = after.items.name(index as usize);
            let earlier = by_name.get_mut(name).and_then(Vec::pop);
            comparison.add(before, after, earlier, index);
        }
        let mut only_before: Vec<u32> = by_name.into_values().flatten().collect();
        only_before.sort_unstable();
        Self { only_before, ..comparison }
    }

    fn add(&mut self, before: Run, after: Run, earlier: Option<u32>, index: u32) {
        let Some(earlier) = earlier else {
            return self.only_after.push(index);
        };
        match (before.is_problem(earlier), after.is_problem(index)) {
            (false, true) => self.newly_failed.push(index),
            (true, false) => self.recovered.push(index),
            (false, false) => self.fine += 1,
            (true, true) => {
                self.still_failing.push(index);
                let text = |run: Run, index: u32| {
                    run.items.text(index as usize).map(|text| text.raw.clone())
                };
                if text(before, earlier) != text(after, index) {
                    self.changed_message.push(index);
                }
            }
        }
    }

    /// Whether no item has another result than before.
    pub fn is_unchanged(&self) -> bool {
        self.newly_failed.is_empty()
            && self.recovered.is_empty()
            && self.only_after.is_empty()
            && self.only_before.is_empty()
    }
}

/// The newest finished job among `jobs`, which are of `family`, that was created before `job` and has the same scope.
pub fn run_before<'a>(job: &Job, jobs: &'a [Job], family: &Family) -> Option<&'a Job> {
    let created = job.created_at()?;
    let scope = scope(job, family);
    jobs.iter()
        .filter(|other| !other.may_run() && other.id() != job.id())
        .filter(|other| other.created_at().is_some_and(|other| other < created))
        .filter(|other| self::scope(other, family) == scope)
        .max_by_key(|other| other.created_at())
}

/// What a job is about: the members of [`Family::scope`] and the requested names, in whatever order, or the names of its
/// items if it has none of them.
fn scope(job: &Job, family: &Family) -> HashMap<&'static str, HashSet<String>> {
    let requested = family.requested.map(|requested| requested.member);
    let members = family.scope.iter().copied().chain(requested);
    let scope: HashMap<_, _> = members
        .filter_map(|name| {
            let list = job.list(name);
            let text = || job.text(name).into_iter().collect();
            let entries: HashSet<String> =
                if list.is_empty() { text() } else { list.into_iter().collect() };
            (!entries.is_empty()).then_some((name, entries))
        })
        .collect();
    let says_what = scope.keys().any(|name| *name != "operation");
    if says_what {
        return scope;
    }
    let names = job.items.names().map(str::to_owned).collect();
    scope.into_iter().chain([("", names)]).collect()
}
