//! Where a page stands in its list, and where its neighbours are.

use crate::format::text::grouped;
use crate::job::page::JobPage;

/// Where a page stands in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pager {
    /// How many jobs come before this page.
    pub skip: usize,
    /// How many jobs a page holds: what the server gave, which may be less than asked.
    pub limit: usize,
    /// How many jobs this page shows.
    pub shown: usize,
    /// How many jobs match in all, if the server said so.
    pub total: Option<usize>,
}

impl Pager {
    /// The place of `page`, which was asked for with `skip` and `limit`.
    pub fn of(page: &JobPage, skip: usize, limit: usize) -> Self {
        let shown = page.jobs.len();
        let total = page.number("total");
        let told = page.number("limit").filter(|&told| told > 0);
        // A short page with more behind it: the server gives less than it says.
        let cut = (shown > 0 && total.is_some_and(|total| skip + shown < total)).then_some(shown);
        let given = [told, cut].into_iter().flatten();
        Self {
            skip,
            limit: given.fold(limit, usize::min).max(1),
            shown,
            total,
        }
    }

    /// `21–40 of 1,234`, `0 of 0`, or `21–40` where the total is unknown.
    pub fn range(&self) -> String {
        let of = (self.total).map_or(String::new(), |total| format!(" of {}", grouped(total)));
        if self.shown == 0 {
            return format!("0{of}");
        }
        let last = grouped(self.skip + self.shown);
        format!("{}–{last}{of}", grouped(self.skip + 1))
    }

    /// The `skip` of the first page, unless this is it.
    pub fn first(&self) -> Option<usize> {
        (self.skip > 0).then_some(0)
    }

    /// The `skip` of the page before, unless this is the first.
    pub fn previous(&self) -> Option<usize> {
        (self.skip > 0).then(|| self.skip.saturating_sub(self.limit))
    }

    /// The `skip` of the page behind, if there is or may be one.
    pub fn next(&self) -> Option<usize> {
        let next = self.skip.checked_add(self.limit.max(self.shown))?;
        let more = match self.total {
            Some(total) => next < total,
            None => self.shown >= self.limit,
        };
        more.then_some(next)
    }

    /// The `skip` of the last page, unless this one reaches the end or it is unknown.
    pub fn last(&self) -> Option<usize> {
        self.next().and(self.last_skip())
    }

    /// The `skip` of the last page, if this page lies behind it.
    pub fn past_end(&self) -> Option<usize> {
        if self.shown > 0 || self.skip == 0 {
            return None;
        }
        match self.total {
            Some(total) if total > self.skip => None,
            Some(_) => self.last_skip().or(Some(0)),
            None => Some(0),
        }
    }

    /// How many jobs the server counts, if some of them should be on this page and none is.
    pub fn kept_back(&self) -> Option<usize> {
        let total = self.total.filter(|&total| total > self.skip);
        total.filter(|_| self.shown == 0)
    }

    fn last_skip(&self) -> Option<usize> {
        let total = self.total.filter(|&total| total > 0)?;
        Some((total - 1) / self.limit * self.limit)
    }
}
