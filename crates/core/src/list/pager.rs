//! The position of a page in its list, and the positions of its neighbours.

use crate::api::request::Request;
use crate::format::text::group_digits;
use crate::job::page::JobPage;
use crate::route::DEFAULT_LIMIT;

/// The position of a page in its list. All numbers count jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pager {
    /// How many jobs come before this page.
    pub skip: usize,
    /// How many jobs a page has: as many as the server sends, if that is certain, which may be fewer than requested.
    pub limit: usize,
    /// By how many jobs the previous page begins earlier.
    pub back: usize,
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
    /// The position of `page`, the answer to `request`, in its list.
    pub fn of(page: &JobPage, request: &Request) -> Self {
        let number = |name| request.parameter(name)?.parse().ok();
        let (skip, limit) = (number("skip"), number("limit"));
        Self::new(page, skip.unwrap_or(0), limit.unwrap_or(DEFAULT_LIMIT))
    }

    /// The position of `page`, which was requested with `skip` and `limit`.
    pub fn new(page: &JobPage, skip: usize, limit: usize) -> Self {
        let shown = page.received();
        let total = page.total(skip);
        let reported = page.number("limit").filter(|&limit| limit > 0);
        let limit = reported.map_or(limit, |reported| reported.min(limit)).max(1);
        let (size, back) = match total {
            // A server may send fewer jobs than it reports.
            Some(total) if shown > 0 && skip.saturating_add(shown) < total => {
                (limit.min(shown), limit.min(shown))
            }
            None => cut_size(skip, limit, shown),
            Some(_) => (limit, limit),
        };
        Self { skip, limit: size, back, shown, total }
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
        (self.skip > 0).then(|| self.skip.saturating_sub(self.back))
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

/// The size of a page of at most `limit` jobs, and how far the page before is, where the server sends no total: nothing
/// tells whether a page with few jobs is the last, or whether the server cuts every page (CONTRACT.md 11.1, 11.2).
fn cut_size(skip: usize, limit: usize, shown: usize) -> (usize, usize) {
    let beyond = skip % limit;
    if beyond == 0 || shown >= limit {
        // The pages before were full, because each page begins where the one before ends.
        (limit, limit)
    } else if shown == 0 {
        (limit, beyond)
    } else if skip < limit {
        // There are jobs after the first page, so the server has cut it. The page before may be another one.
        (shown.max(skip), shown)
    } else {
        (shown, shown)
    }
}
