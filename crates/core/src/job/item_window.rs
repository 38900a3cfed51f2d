//! Which rows of a long list are on screen. All lengths are whole CSS pixels.

use std::ops::Range;

/// The height that a list may have on the page: Firefox cuts what is higher than 17.9 million.
pub const MAX_HEIGHT: usize = 16_000_000;

/// A list of rows of one height, scrolled in a window.
///
/// A list of more rows than fit into [`MAX_HEIGHT`] is on the page only so high. Scrolling it by
/// one pixel then moves its rows by several, so that the whole way leads past all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VirtualWindow {
    /// How many rows there are.
    pub count: usize,
    /// How high each is.
    pub row_height: usize,
    /// How far the page has scrolled the list.
    pub scroll_top: usize,
    /// The height of what can be seen.
    pub viewport_height: usize,
}

impl VirtualWindow {
    /// How high the list is on the page.
    pub fn scroll_height(self) -> usize {
        self.all().min(MAX_HEIGHT)
    }

    /// The rows to draw: those that can be seen, and `margin` more on either side.
    pub fn visible_rows(self, margin: usize) -> Range<usize> {
        let top = self.scroll_top + self.offset();
        let first = (top / self.row_height).saturating_sub(margin);
        let last = (top + self.viewport_height).div_ceil(self.row_height) + margin;
        first.min(self.count)..last.min(self.count)
    }

    /// The same scrolled by whole rows, where the rows are drawn in the same places all the same.
    #[must_use]
    pub fn snapped(self) -> Self {
        if self.all() > MAX_HEIGHT {
            return self;
        }
        let top = self.scroll_top - self.scroll_top % self.row_height;
        Self {
            scroll_top: top,
            ..self
        }
    }

    /// How much higher up than behind all rows before it a row is drawn.
    pub fn offset(self) -> usize {
        let (page, rows) = self.ways();
        scale(self.scroll_top.min(page), rows, page) - self.scroll_top.min(page)
    }

    /// Where to scroll so that row `index` can be seen, moving as little as possible.
    pub fn scroll_to(self, index: usize) -> usize {
        let (page, rows) = self.ways();
        let row_top = index * self.row_height;
        let least = (row_top + self.row_height).saturating_sub(self.viewport_height);
        let most = scale(row_top.min(rows), page, rows);
        // Up to the next whole pixel, or the row would end below the window.
        let least = scale(least, page, rows) + usize::from(page < rows && least > 0);
        self.scroll_top.min(most).max(least.min(page))
    }

    /// How far the page, and how far the rows, can be scrolled.
    fn ways(self) -> (usize, usize) {
        let page = self.scroll_height().saturating_sub(self.viewport_height);
        (page, self.all().saturating_sub(self.viewport_height))
    }

    fn all(self) -> usize {
        self.count * self.row_height
    }
}

/// `length` of `from` as a length of `to`.
fn scale(length: usize, to: usize, from: usize) -> usize {
    let scaled = length as u64 * to as u64 / from.max(1) as u64;
    usize::try_from(scaled).unwrap_or(usize::MAX)
}

/// The row that a key leads to from the active one; `None` for other keys and empty lists.
pub fn target_row(key: &str, active: Option<usize>, count: usize, page: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    let target = match (key, active) {
        ("End", _) => last,
        ("Home", _) | ("ArrowDown" | "ArrowUp" | "PageDown" | "PageUp", None) => 0,
        ("ArrowDown", Some(at)) => at + 1,
        ("ArrowUp", Some(at)) => at.saturating_sub(1),
        ("PageDown", Some(at)) => at + page,
        ("PageUp", Some(at)) => at.saturating_sub(page),
        _ => return None,
    };
    Some(target.min(last))
}
