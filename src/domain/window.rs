//! Which rows of a long list are on screen. All lengths are whole CSS pixels.

use std::ops::Range;

/// The rows to draw in a list of `count` rows of `row_height` each, scrolled by `top` in a window
/// `height` high: those that can be seen, and `margin` more on either side.
pub fn rows_in_view(
    count: usize,
    row_height: usize,
    top: usize,
    height: usize,
    margin: usize,
) -> Range<usize> {
    let first = (top / row_height).saturating_sub(margin);
    let last = (top + height).div_ceil(row_height).saturating_add(margin);
    first.min(count)..last.min(count)
}

/// Where to scroll so that row `index` can be seen, moving as little as possible.
pub fn scroll_to_row(index: usize, row_height: usize, top: usize, height: usize) -> usize {
    let row_top = index * row_height;
    let least = (row_top + row_height).saturating_sub(height);
    top.min(row_top).max(least)
}

/// The row that a key leads to from the active one; `None` for other keys and empty lists.
pub fn step(key: &str, active: Option<usize>, count: usize, page: usize) -> Option<usize> {
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
