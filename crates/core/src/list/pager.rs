//! The position of a page in its list, and the positions of its neighbours.

use crate::format::text::group_digits;
use crate::job::page::JobPage;

/// The position of a page in its list. All numbers count jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pager {
    /// How many jobs come before this page.
    pub skip: usize,
    /// How many jobs a page has: as many as the server sends, which may be fewer than requested.
    pub limit: usize,
    /// How many jobs this page shows, with the elements that are no jobs.
    pub shown: usize,
    /// How many jobs match in all, if the server sent a total that its rows do not contradict.
    pub total: Option<usize>,
}

/// A page after the end of its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastEnd {
    /// The number of the page, from 1.
    pub page: usize,
    /// The number of the last page, from 1, if the length of the list is known.
    pub last_page: Option<usize>,
    /// The `skip` of the last page, or of the first page if the last is unknown.
    pub skip: usize,
}

impl Pager {
    /// The position of `page`, which was requested with `skip` and `limit`.
    pub fn new(page: &JobPage, skip: usize, limit: usize) -> Self {
        let shown = page.received();
        let total = page.total(skip);
        let reported = page.number("limit").filter(|&limit| limit > 0);
        // A server may send fewer jobs than it reports. Without a total, the first page tells how many it sends.
        let is_last = total.map_or(skip > 0, |total| skip.saturating_add(shown) >= total);
        let sent = (shown > 0 && !is_last).then_some(shown);
        Self {
            skip,
            limit: [reported, sent].into_iter().flatten().fold(limit, usize::min).max(1),
            shown,
            total,
        }
    }

    /// `21–40 of 1,234`, `0 of 0`, or `21–40` where the total is unknown.
    pub fn range(&self) -> String {
        let of = self.total.map(|total| format!(" of {}", group_digits(total))).unwrap_or_default();
        if self.shown == 0 {
            return format!("0{of}");
        }
        let last = group_digits(self.skip + self.shown);
        format!("{}–{last}{of}", group_digits(self.skip + 1))
    }

    /// The `skip` of the first page, unless this is the first.
    pub fn first(&self) -> Option<usize> {
        (self.skip > 0).then_some(0)
    }

    /// The `skip` of the previous page, unless this is the first.
    pub fn previous(&self) -> Option<usize> {
        (self.skip > 0).then(|| self.skip.saturating_sub(self.limit))
    }

    /// The `skip` of the next page, if there is one or may be one. Without a total only an empty page is the last, since
    /// servers cut pages silently (CONTRACT.md 11.1).
    pub fn next(&self) -> Option<usize> {
        let step = if self.shown == 0 { self.limit } else { self.shown };
        let next = self.skip.checked_add(step)?;
        self.total.map_or(self.shown > 0, |total| next < total).then_some(next)
    }

    /// The `skip` of the last page, unless this page reaches the end or the end is unknown.
    pub fn last(&self) -> Option<usize> {
        self.next().and(self.last_skip())
    }

    /// Where the list ends, if this page comes after its end.
    pub fn past_end(&self) -> Option<PastEnd> {
        if self.shown > 0 || self.skip == 0 || self.total.is_some_and(|total| total > self.skip) {
            return None;
        }
        let skip = self.last_skip().unwrap_or(0);
        let number = |skip: usize| skip.div_ceil(self.limit).saturating_add(1);
        Some(PastEnd { page: number(self.skip), last_page: self.total.map(|_| number(skip)), skip })
    }

    /// The total, if this page should have jobs but has none.
    pub fn withheld(&self) -> Option<usize> {
        self.total.filter(|&total| self.shown == 0 && total > self.skip)
    }

    fn last_skip(&self) -> Option<usize> {
        let total = self.total.filter(|&total| total > 0)?;
        Some((total - 1) / self.limit * self.limit)
    }
}
