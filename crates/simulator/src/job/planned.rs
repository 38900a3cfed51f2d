//! Failures by cause: which items of a job fail, and for which cause.

use std::collections::BTreeMap;

use super::causes::Cause;
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
