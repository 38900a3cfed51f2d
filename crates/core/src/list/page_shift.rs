//! How a list shifted while someone paged through it.
//!
//! The API pages by `skip` and `limit` only (CONTRACT.md 8), so each job that is added or removed moves
//! rows from page to page. All rows stay visible: repeated rows are marked, and the shift is reported. If as many jobs
//! are added as removed, the total is unchanged, and only repeated rows show the shift.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::list::difference;

/// What changed between the page on screen and the pages seen before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageShift {
    /// By how many jobs the list grew since a neighbouring page was seen; negative if it shrank. Of the two
    /// neighbours, the one with the larger change counts. Always 0 on the first page, which shows new jobs itself.
    pub change: i64,
    /// The rows of this page, by index, that were on another page when that page was seen.
    pub repeated: Vec<usize>,
}

impl PageShift {
    /// Whether no shift was found.
    pub fn is_none(&self) -> bool {
        self.change == 0 && self.repeated.is_empty()
    }
}

/// The pages of one list that were seen, each in its latest state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenPages {
    pages: BTreeMap<usize, Arc<SeenPage>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct SeenPage {
    ids: Vec<String>,
    total: Option<usize>,
}

impl SeenPages {
    /// Records the page at `skip` with the `ids` of its jobs, and compares it with the other pages. A page
    /// that was recorded before is replaced.
    pub fn visit(&mut self, skip: usize, ids: &[String], total: Option<usize>) -> PageShift {
        let before = self.pages.range(..skip).next_back();
        let after = self.pages.range(skip + 1..).next();
        // The neighbours may date from different times. The larger change counts; on a tie, that of the previous page.
        let change = [after, before]
            .into_iter()
            .flatten()
            .filter_map(|(_, seen)| Some(difference(total?, seen.total?)))
            .filter(|_| skip > 0)
            .max_by_key(|change| change.abs())
            .unwrap_or_default();
        let elsewhere: HashSet<&str> = self
            .pages
            .iter()
            .filter(|&(&at, _)| at != skip)
            .flat_map(|(_, seen)| &seen.ids)
            .map(String::as_str)
            .collect();
        let repeated = ids
            .iter()
            .enumerate()
            .filter(|(_, id)| !id.is_empty() && elsewhere.contains(id.as_str()))
            .map(|(index, _)| index)
            .collect();
        let ids = ids.to_vec();
        self.pages.insert(skip, Arc::new(SeenPage { ids, total }));
        PageShift { change, repeated }
    }
}
