//! What happened to a list while someone paged through it.
//!
//! The API pages by `skip` and `limit` only (CONTRACT.md 8), so a job that arrives or goes moves
//! rows from page to page. Nothing is hidden for it: rows seen before are marked, and movement is
//! told. A job that arrives while another goes leaves the total as it was, so it shows only by
//! the rows that it repeats.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What the reader should know of the page on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageShift {
    /// By how many jobs the list grew (or shrank, negative) since a neighbouring page was seen;
    /// of two neighbours the larger change. Always 0 on the first page, which shows what is new.
    pub change: i64,
    /// The rows of this page, by index, that stood on another page when it was seen.
    pub repeated: Vec<usize>,
}

impl PageShift {
    /// Whether there is nothing to tell.
    pub fn is_still(&self) -> bool {
        self.change == 0 && self.repeated.is_empty()
    }
}

/// The pages of one list that were seen, each as it was last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenPages {
    pages: BTreeMap<usize, Arc<Seen>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    ids: Vec<String>,
    total: Option<usize>,
}

impl SeenPages {
    /// Takes in the page at `skip` and tells how it fits the others. A page taken in again
    /// replaces what it was.
    pub fn visit(&mut self, skip: usize, ids: &[String], total: Option<usize>) -> PageShift {
        let before = self.pages.range(..skip).next_back();
        let after = self.pages.range(skip + 1..).next();
        // The two may have been seen at different times; the one before wins a tie.
        let changes = [after, before].into_iter().flatten();
        let change = changes
            .filter_map(|(_, seen)| Some(difference(total?, seen.total?)))
            .filter(|_| skip > 0)
            .max_by_key(|change| change.abs())
            .unwrap_or_default();
        let others = self.pages.iter().filter(|&(&at, _)| at != skip);
        let elsewhere: HashSet<&str> = (others.flat_map(|(_, seen)| &seen.ids))
            .map(String::as_str)
            .collect();
        let repeated = (ids.iter().enumerate())
            .filter(|(_, id)| !id.is_empty() && elsewhere.contains(id.as_str()))
            .map(|(index, _)| index)
            .collect();
        let ids = ids.to_vec();
        self.pages.insert(skip, Arc::new(Seen { ids, total }));
        PageShift { change, repeated }
    }
}

fn difference(now: usize, then: usize) -> i64 {
    let size = i64::try_from(now.abs_diff(then)).unwrap_or(i64::MAX);
    if now < then { -size } else { size }
}
