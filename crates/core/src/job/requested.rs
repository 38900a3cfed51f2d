//! Compares what a job was requested for with what it reports.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::family::{Family, NameMatch};
use crate::format::text::{last_segment, parse_list};
use crate::job::Job;

impl Job {
    /// What was requested in a job of `family` and is not reported, in the order of the request. Each name
    /// comes with the index of the item that it precedes: a missing name keeps its position in the request.
    /// Empty if the items are named in another way than in the request, since then nothing can be compared.
    pub fn unreported(&self, family: &Family) -> Vec<(usize, String)> {
        let Some(list) = family.requested else {
            return Vec::new();
        };
        let requested = self.raw(list.member).and_then(parse_list).unwrap_or_default();
        let reported = self.items.names().map(|name| match list.name_match {
            NameMatch::Exact => name,
            NameMatch::LastSegment => last_segment(name),
        });
        let missing = missing(&requested, reported);
        let is_comparable = self.items.is_empty() || missing.len() < requested.len();
        if is_comparable { missing } else { Vec::new() }
    }

    /// The job with the unreported items among the others, in the order of the request. An item that is
    /// reported in that order keeps its position.
    #[must_use]
    pub fn with_unreported(mut self, family: &Family) -> Self {
        let missing = self.unreported(family);
        self.items.insert_unreported(missing);
        self
    }
}

/// The requested names that are not reported, each with the index of the reported one that it precedes.
fn missing<'a>(
    requested: &[Cow<str>],
    reported: impl Iterator<Item = &'a str> + Clone,
) -> Vec<(usize, String)> {
    let positions = positions(requested, reported.clone());
    let mut is_reported = vec![false; requested.len()];
    for position in positions.iter().flatten() {
        is_reported[*position] = true;
    }
    if !is_reported.contains(&false) {
        return Vec::new();
    }
    // A name that was requested twice is reported once.
    let names: HashSet<&str> = reported.collect();
    let mut missing = Vec::new();
    let mut next = 0;
    for (index, position) in positions.into_iter().chain([Some(requested.len())]).enumerate() {
        let position = position.unwrap_or(next).max(next);
        let unreported = (requested[next..position].iter())
            .filter(|name| !names.contains(&***name))
            .map(|name| (index, name.to_string()));
        missing.extend(unreported);
        next = position;
    }
    missing
}

/// The position in the request of each reported name; `None` for one that was not requested.
fn positions<'a>(
    requested: &[Cow<str>],
    reported: impl Iterator<Item = &'a str>,
) -> Vec<Option<usize>> {
    // Most jobs report in the order of the request, for which no map is needed.
    let mut by_name = None;
    let mut expected = 0;
    reported
        .map(|name| {
            let position = if requested.get(expected).is_some_and(|next| next == name) {
                Some(expected)
            } else {
                let by_name = by_name.get_or_insert_with(|| {
                    let names = requested.iter().enumerate();
                    names.map(|(position, name)| (&**name, position)).collect::<HashMap<_, _>>()
                });
                by_name.get(name).copied()
            };
            expected = position.map_or(expected, |position| position + 1);
            position
        })
        .collect()
}
