//! The causes of the failures that a job has reported.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::causes::Cause;
use super::failures::Failures;
use super::plan::Job;

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
