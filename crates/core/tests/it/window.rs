//! Which rows of a list are drawn and where, however long it is.

use cckm_core::job::item_window::{MAX_HEIGHT, VirtualWindow};
use proptest::prelude::*;

const ROW: usize = 40;

fn window(count: usize, top: usize, height: usize) -> VirtualWindow {
    VirtualWindow { count, row_height: ROW, scroll_top: top, viewport_height: height }
}

/// How far the page can scroll it.
fn way(window: VirtualWindow) -> usize {
    window.scroll_height().saturating_sub(window.viewport_height)
}

/// Where row `at` is drawn, from the top of what can be seen.
fn seen_at(window: VirtualWindow, at: usize) -> i64 {
    let pixels = |length: usize| i64::try_from(length).unwrap_or(i64::MAX);
    pixels(at * ROW) - pixels(window.offset()) - pixels(window.scroll_top)
}

#[test]
fn a_list_that_fits_is_as_it_is() {
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
        let by_rows = window.snapped();
        assert_eq!((by_rows.scroll_top, by_rows.count), (top / ROW * ROW, count));
        if count > 16 {
            assert_eq!(window.scroll_to(6), scrolled, "{window:?}");
        }
    }
}

#[test]
fn the_last_row_of_a_million_is_seen_at_the_end() {
    for count in [400_001, 447_500, 1_000_000, 20_000_000] {
        let start = window(count, 0, 600);
        assert_eq!(start.scroll_height(), MAX_HEIGHT);
        assert_eq!(window(count, 77, 600).snapped().scroll_top, 77);
        let end = window(count, start.scroll_to(count - 1), 600);
        assert_eq!(end.scroll_top, way(end));
        assert_eq!(end.visible_rows(0).end, count);
        assert_eq!(seen_at(end, count - 1), 600 - 40);
        assert_eq!(end.scroll_to(0), 0);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_can_be_seen_is_covered_by_rows(
        count in 1..3_000_000_usize, part in 0..=1000_usize, height in 200..2000_usize,
    ) {
        let mut window = window(count, 0, height);
        window.scroll_top = way(window) / 1000 * part;
        let rows = window.visible_rows(0);
        prop_assert!(seen_at(window, rows.start) <= 0);
        let end = seen_at(window, rows.end);
        prop_assert!(end >= i64::try_from(height).unwrap_or(0) || rows.end == count);
        prop_assert!(rows.len() <= height / ROW + 2);
    }

    #[test]
    fn a_row_scrolled_to_is_seen_whole(
        count in 1..3_000_000_usize, at in any::<prop::sample::Index>(), part in 0..=1000_usize, height in 200..2000_usize,
    ) {
        let at = at.index(count);
        let mut window = window(count, 0, height);
        window.scroll_top = way(window) / 1000 * part;
        let before = seen_at(window, at);
        let scrolled = window.scroll_to(at);
        prop_assert!(scrolled <= way(window));
        let seen = seen_at(VirtualWindow { scroll_top: scrolled, ..window }, at);
        let least = i64::try_from(height).unwrap_or(0) - 40;
        prop_assert!((0..=least).contains(&seen), "row {} is seen at {}", at, seen);
        if (20..=least - 20).contains(&before) {
            prop_assert_eq!(scrolled, window.scroll_top, "it was seen already");
        }
    }
}
