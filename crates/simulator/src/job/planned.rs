//! Failures by cause: which items of a job fail, and for which cause.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::causes::Cause;
use super::failures::Failures;
use super::plan::Job;
use crate::random::at;

/// The failures of a job by cause.
#[derive(Clone, Debug, Default)]
pub struct PlannedFailures {
    /// Selects the items of `rates`, and the variables of all messages.
    pub seed: u64,
    /// How many of a thousand items fail for each cause; the sum is at most 1000.
    pub rates: Vec<(&'static Cause, u16)>,
    /// The items with these indexes fail for these causes.
    pub at: BTreeMap<usize, &'static Cause>,
}

impl PlannedFailures {
    /// The cause for which the item at `index` fails; none if it succeeds.
    pub fn cause(&self, index: usize) -> Option<&'static Cause> {
        if let Some(cause) = self.at.get(&index) {
            return Some(cause);
        }
        let mut left = at(self.seed, index as u64) % 1000;
        for (cause, rate) in &self.rates {
            match left.checked_sub(u64::from(*rate)) {
                Some(rest) => left = rest,
                None => return Some(cause),
            }
        }
        None
    }
}

impl Job {
    /// The causes of the failures so far with the number of items of each, the most frequent first; causes
    /// with the same number by name. Empty if the failures of the job are not planned by cause.
    pub fn causes(&self, now: Timestamp) -> Vec<(&'static Cause, usize)> {
        let Failures::Planned(planned) = &self.failures else { return Vec::new() };
        let mut counts: BTreeMap<&str, (&'static Cause, usize)> = BTreeMap::new();
        for cause in (0..self.progress(now).done).filter_map(|index| planned.cause(index)) {
            counts.entry(cause.name).or_insert((cause, 0)).1 += 1;
        }
        let mut causes: Vec<_> = counts.into_values().collect();
        causes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        causes
    }
}
