//! Which rows of a long list are rendered. All lengths are whole CSS pixels.

use std::ops::Range;

/// The largest height of a list on the page: Firefox truncates elements above 17.9 million pixels.
pub const MAX_HEIGHT: usize = 16_000_000;

/// A virtual list: rows of equal height, scrolled in a viewport.
///
/// If all rows together are higher than [`MAX_HEIGHT`], the list has that height. Scrolling by one pixel then moves the
/// rows by several, so that every row can be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VirtualWindow {
    /// How many rows there are.
    pub count: usize,
    /// The height of a row.
    pub row_height: usize,
    /// The scroll position of the list.
    pub scroll_top: usize,
    /// The height of the viewport.
    pub viewport_height: usize,
}

impl VirtualWindow {
    /// The height of the list on the page.
    pub fn scroll_height(self) -> usize {
        self.full_height().min(MAX_HEIGHT)
    }

    /// The rows to render: the visible ones, and `margin` more on either side.
    pub fn visible_rows(self, margin: usize) -> Range<usize> {
        let top = self.scroll_top + self.offset();
        let first = (top / self.row_height).saturating_sub(margin);
        let last = (top + self.viewport_height).div_ceil(self.row_height) + margin;
        first.min(self.count)..last.min(self.count)
    }

    /// The same list with the scroll position rounded down to a whole row, if that does not move the rows.
    #[must_use]
    pub fn snapped(self) -> Self {
        if self.full_height() > MAX_HEIGHT {
            return self;
        }
        let top = self.scroll_top - self.scroll_top % self.row_height;
        Self { scroll_top: top, ..self }
    }

    /// How far a row is moved up from its position in the full list.
    pub fn offset(self) -> usize {
        let (page, rows) = self.scroll_ranges();
        scale(self.scroll_top.min(page), rows, page) - self.scroll_top.min(page)
    }

    /// Where to scroll so that row `index` can be seen, moving as little as possible.
    pub fn scroll_to(self, index: usize) -> usize {
        let (page, rows) = self.scroll_ranges();
        let row_top = index * self.row_height;
        let row_end = (row_top + self.row_height).saturating_sub(self.viewport_height);
        let max = scale(row_top.min(rows), page, rows);
        // Rounded up, because otherwise the row would end below the viewport.
        let min = scale(row_end, page, rows) + usize::from(page < rows && row_end > 0);
        self.scroll_top.min(max).max(min.min(page))
    }

    /// The maximum scroll position of the list on the page, and of the full list.
    fn scroll_ranges(self) -> (usize, usize) {
        let page = self.scroll_height().saturating_sub(self.viewport_height);
        (page, self.full_height().saturating_sub(self.viewport_height))
    }

    fn full_height(self) -> usize {
        self.count * self.row_height
    }
}

/// `length` on the scale of `from`, converted to the scale of `to`.
fn scale(length: usize, to: usize, from: usize) -> usize {
    let scaled = length as u64 * to as u64 / from.max(1) as u64;
    usize::try_from(scaled).unwrap_or(usize::MAX)
}

/// The row that a key activates from the active one; `None` for other keys and empty lists.
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
