//! The rows of a list that are rendered, and their positions, for lists of any length.

use cckm_core::job::item_window::{MAX_HEIGHT, VirtualWindow};
use proptest::prelude::*;

const ROW: usize = 40;

fn window(count: usize, top: usize, height: usize) -> VirtualWindow {
    VirtualWindow { count, row_height: ROW, scroll_top: top, viewport_height: height }
}

/// The maximum scroll position.
fn max_scroll_top(window: VirtualWindow) -> usize {
    window.scroll_height().saturating_sub(window.viewport_height)
}

/// The position of row `at` below the top of the viewport.
fn viewport_top(window: VirtualWindow, at: usize) -> i64 {
    let pixels = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    pixels(at * ROW) - pixels(window.offset()) - pixels(window.scroll_top)
}

#[test]
fn list_below_the_maximum_height_is_not_scaled() {
    for (count, top, rows, scrolled) in [
        (0, 0, 0..0, 0),
        (3, 0, 0..3, 0),
        (1000, 0, 0..12, 0),
        (1000, 39, 0..13, 39),
        (1000, 4000, 98..112, 240),
        (400_000, 15_999_600, 399_988..400_000, 240),
    ] {
        let window = window(count, top, 400);
        assert_eq!((window.visible_rows(2), window.offset()), (rows, 0), "{window:?}");
        assert_eq!(window.scroll_height(), count * ROW);
        let snapped = window.snapped();
        assert_eq!((snapped.scroll_top, snapped.count), (top / ROW * ROW, count));
        if count > 16 {
            assert_eq!(window.scroll_to(6), scrolled, "{window:?}");
        }
    }
}

#[test]
fn last_row_of_a_scaled_list_is_visible_at_the_end() {
    for count in [400_001, 447_500, 1_000_000, 20_000_000] {
        let start = window(count, 0, 600);
        assert_eq!(start.scroll_height(), MAX_HEIGHT);
        assert_eq!(window(count, 77, 600).snapped().scroll_top, 77);
        let end = window(count, start.scroll_to(count - 1), 600);
        assert_eq!(end.scroll_top, max_scroll_top(end));
        assert_eq!(end.visible_rows(0).end, count);
        assert_eq!(viewport_top(end, count - 1), 600 - 40);
        assert_eq!(end.scroll_to(0), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn viewport_is_covered_by_rows(
        count in 1..3_000_000_usize, part in 0..=1000_usize, height in 200..2000_usize,
    ) {
        let mut window = window(count, 0, height);
        window.scroll_top = max_scroll_top(window) / 1000 * part;
        let rows = window.visible_rows(0);
        prop_assert!(viewport_top(window, rows.start) <= 0);
        let end = viewport_top(window, rows.end);
        prop_assert!(end >= i64::try_from(height).unwrap_or(0) || rows.end == count);
        prop_assert!(rows.len() <= height / ROW + 2);
    }

    #[test]
    fn row_scrolled_to_is_completely_visible(
        count in 1..3_000_000_usize, at in any::<prop::sample::Index>(), part in 0..=1000_usize, height in 200..2000_usize,
    ) {
        let at = at.index(count);
        let mut window = window(count, 0, height);
        window.scroll_top = max_scroll_top(window) / 1000 * part;
        let before = viewport_top(window, at);
        let scrolled = window.scroll_to(at);
        prop_assert!(scrolled <= max_scroll_top(window));
        let after = viewport_top(VirtualWindow { scroll_top: scrolled, ..window }, at);
        let max = i64::try_from(height).unwrap_or(0) - 40;
        prop_assert!((0..=max).contains(&after), "row {} is at {}", at, after);
        if (20..=max - 20).contains(&before) {
            prop_assert_eq!(scrolled, window.scroll_top, "it was visible already");
        }
    }
}
