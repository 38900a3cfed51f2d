//! How a list shifted while someone paged through it.
//!
//! The API pages by `skip` and `limit` only (CONTRACT.md 8), so each job that is added or removed moves
//! rows from page to page. All rows stay visible: repeated rows are marked, and the shift is reported. If as many jobs
//! are added as removed, the total is unchanged, and only repeated rows show the shift.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::list::difference;

/// What changed between the page on screen and the pages seen before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageShift {
    /// By how many jobs the list grew since a neighbouring page was seen; negative if it shrank. Of the two
    /// neighbours, the one with the larger change counts. Always 0 on the first page, which shows new jobs itself.
    pub change: i64,
    /// The rows of this page, by index, that were on another page and in another place of the list when that page was
    /// seen. Pages that overlap repeat rows in the same place.
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
        // The place of each job in the list; the largest number if it was in several.
        let mut elsewhere: HashMap<&str, usize> = HashMap::new();
        for (&at, seen) in self.pages.iter().filter(|&(&at, _)| at != skip) {
            for (index, id) in seen.ids.iter().enumerate() {
                let place = at.saturating_add(index);
                let known = elsewhere.entry(id).or_insert(place);
                if *known != place {
                    *known = usize::MAX;
                }
            }
        }
        let is_repeated = |index: usize, id: &str| {
            let place = elsewhere.get(id).filter(|_| !id.is_empty());
            place.is_some_and(|&place| place != skip.saturating_add(index))
        };
        let repeated = ids
            .iter()
            .enumerate()
            .filter(|(index, id)| is_repeated(*index, id))
            .map(|(index, _)| index);
        let repeated = repeated.collect();
        let ids = ids.to_vec();
        self.pages.insert(skip, Arc::new(SeenPage { ids, total }));
        PageShift { change, repeated }
    }
}
