//! Parsing instants, and writing durations, ages, numbers and JSON values for people.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::borrow::Cow;

use cckm_core::format::text::{display, group_digits, parse_list, pluralize};
use cckm_core::format::time::{Timestamp, format_age, format_duration};
use proptest::prelude::*;

/// Asserts that `text` parses to `ms`, or not at all.
fn check(text: &str, ms: Option<i64>) {
    assert_eq!(text.parse::<Timestamp>().ok().map(Timestamp::as_ms), ms, "{text:?}");
}

#[test]
fn timestamp_of_rfc3339_is_truncated_to_milliseconds() {
    const NOW: i64 = 1_707_211_374_000;
    for (fraction, ms) in [
        ("", 0),
        (".5", 500),
        (".54", 540),
        (".549", 549),
        (".5495", 549),
        (".54953", 549),
        (".549719", 549),
        (".5497199", 549),
        (".54971999", 549),
        (".549999999", 549),
        (".000000000", 0),
        (".001", 1),
        (".1234567890", 123),
        (&format!(".{}", "1".repeat(100_000)), 111),
    ] {
        check(&format!("2024-02-06T09:22:54{fraction}Z"), Some(NOW + ms));
        check(&format!("2024-02-06T14:52:54{fraction}+05:30"), Some(NOW + ms));
        check(&format!("2024-02-05T23:22:54{fraction}-10:00"), Some(NOW + ms));
    }
    for (text, ms) in [
        ("1970-01-01T00:00:00Z", 0),
        ("1969-12-31T23:59:59Z", -1_000),
        ("2024-02-29T00:00:00Z", 1_709_164_800_000),
        ("2024-02-06t09:22:54z", NOW),
        (" 2024-02-06T09:22:54Z\n", NOW),
        ("9999-12-30T00:00:00Z", 253_402_128_000_000),
        ("2024-02-06 09:22:54Z", NOW),
        ("2024-02-06T09:22:54-00:00", NOW),
        ("1969-12-31T23:59:59.9995Z", -1),
        // A leap second.
        ("2016-12-31T23:59:60Z", 1_483_228_799_000),
        // What some servers write for no time at all.
        ("0001-01-01T00:00:00Z", -62_135_596_800_000),
    ] {
        check(text, Some(ms));
    }
}

#[test]
fn timestamp_of_other_text_is_an_error() {
    for text in [
        "",
        " ",
        "now",
        "0",
        "1707211374",
        "null",
        "2024",
        "2024-02-06",
        "09:22:54Z",
        "2024-02-06T09:22:54",
        "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2024-02-06T25:00:00Z",
        "2024-02-06T09:60:00Z",
        "2024-02-06T09:22:54.Z",
        "2024-02-06T09:22:54ZZ",
        // What other parsers of dates accept beyond RFC 3339.
        "2024-02-06T09:22:54Z[UTC]",
        "2024-02-06T09:22:54+01:00[Europe/Paris]",
        "2024-02-06T09:22Z",
        "2024-02-06T09Z",
        "20240206T092254Z",
        "2024-02-06T09:22:54,5Z",
        "2024-02-06T09:22:54+0100",
        "2024-02-06T09:22:54+01",
        "2024-02-06T09:22:54+01:00:00",
        "2024-02-06T09:22:54+24:00",
        "+002024-02-06T09:22:54Z",
        "2024-02-06T24:00:00Z",
        "2024-02-06T09:22:61Z",
        "2024-02-06T09:22:54Z x",
        "2024-02-06T09:22:54+99:00",
        "-2024-02-06T09:22:54Z",
        "02/06/2024 09:22",
        "Tue, 06 Feb 2024 09:22:54 GMT",
        "２０２４-02-06T09:22:54Z",
        "2024-02-06T09:22:54Z\0",
        "\u{feff}2024-02-06T09:22:54Z",
    ] {
        check(text, None);
    }
}

#[test]
fn timestamps_compare_and_subtract_without_overflow() {
    let (first, second) = (Timestamp::from_ms(1_000), Timestamp::from_ms(2_500));
    assert_eq!((second.ms_since(first), first.ms_since(second)), (1_500, -1_500));
    assert!(first < second);
    let ends = (Timestamp::from_ms(i64::MIN), Timestamp::from_ms(i64::MAX));
    assert_eq!((ends.1.ms_since(ends.0), ends.0.ms_since(ends.1)), (i64::MAX, i64::MIN));
}

#[test]
fn timestamps_of_one_millisecond_order_by_nanoseconds() {
    let times: Vec<Timestamp> = [
        "2026-01-01T00:00:00.499999999Z",
        "2026-01-01T00:00:00.5Z",
        "2026-01-01T00:00:00.500000001Z",
        "2026-01-01T01:00:00.500000002+01:00",
        "2026-01-01T00:00:00.501Z",
    ]
    .into_iter()
    .map(|text| text.parse::<Timestamp>().unwrap())
    .collect();
    assert!(times.is_sorted_by(|earlier, later| earlier < later), "{times:?}");
    assert_eq!(times[1], Timestamp::from_ms(times[1].as_ms()));
    assert_eq!(times[3].ms_since(times[1]), 0);
}

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

#[test]
fn duration_shows_its_two_largest_units() {
    for (ms, text) in [
        (i64::MIN, "0.00 s"),
        (-5, "0.00 s"),
        (0, "0.00 s"),
        (9, "0.00 s"),
        (10, "0.01 s"),
        (412, "0.41 s"),
        (999, "0.99 s"),
        (SECOND, "1.0 s"),
        (3_939, "3.9 s"),
        (9_999, "9.9 s"),
        (10 * SECOND, "10 s"),
        (MINUTE - 1, "59 s"),
        (MINUTE, "1 min 0 s"),
        (12 * MINUTE + 3_999, "12 min 3 s"),
        (HOUR - 1, "59 min 59 s"),
        (HOUR, "1 h 0 min"),
        (2 * HOUR + 5 * MINUTE, "2 h 5 min"),
        (DAY - 1, "23 h 59 min"),
        (DAY, "1 d 0 h"),
        (3 * DAY + 4 * HOUR, "3 d 4 h"),
        (400 * DAY, "400 d 0 h"),
    ] {
        assert_eq!(format_duration(ms), text, "{ms} ms");
    }
}

#[test]
fn age_shows_one_unit() {
    for (ms, text) in [
        (i64::MIN, "just now"),
        (-MINUTE, "just now"),
        (1_999, "just now"),
        (2 * SECOND, "2 s ago"),
        (12_999, "12 s ago"),
        (MINUTE - 1, "59 s ago"),
        (MINUTE, "1 min ago"),
        (HOUR - 1, "59 min ago"),
        (HOUR, "1 h ago"),
        (DAY - 1, "23 h ago"),
        (DAY, "1 d ago"),
        (9 * DAY, "9 d ago"),
    ] {
        assert_eq!(format_age(ms), text, "{ms} ms");
    }
}

#[test]
fn numbers_show_grouped_digits_and_nouns() {
    for (number, text) in [
        (0, "0"),
        (7, "7"),
        (100, "100"),
        (999, "999"),
        (1_000, "1,000"),
        (12_345, "12,345"),
        (123_456, "123,456"),
        (1_234_567, "1,234,567"),
    ] {
        assert_eq!(group_digits(number), text);
    }
    for (number, text) in [(0, "0 keys"), (1, "1 key"), (2, "2 keys"), (1_200, "1,200 keys")] {
        assert_eq!(pluralize(number, "key", "keys"), text);
    }
}

#[test]
fn json_displays_without_quotes_and_brackets() {
    for (raw, text, list) in [
        (r#""in_progress""#, "in_progress", None),
        (r#""""#, "", None),
        (r#""a\u00e9\n\"b\"""#, "aé\n\"b\"", None),
        (r#"["a", "b,c"]"#, "a, b,c", Some(&["a", "b,c"][..])),
        ("[1, -2.50, 3e99]", "1, -2.50, 3e99", Some(&["1", "-2.50", "3e99"])),
        ("[]", "", Some(&[])),
        ("[true]", "[true]", None),
        ("[\"a\", []]", "[\"a\", []]", None),
        ("{\"a\": 1}", "{\"a\": 1}", None),
        ("1.50", "1.50", None),
        ("null", "null", None),
        ("no JSON", "no JSON", None),
        ("", "", None),
    ] {
        assert_eq!(display(raw), text, "{raw}");
        let list = list.map(|list| list.iter().map(|text| Cow::from(*text)).collect());
        assert_eq!(parse_list(raw), list, "{raw}");
    }
}

/// The milliseconds that the text of a duration names.
fn shown_ms(span: &str) -> i64 {
    let words: Vec<&str> = span.split(' ').collect();
    let parts = words.chunks(2).map(|pair| {
        let unit = match pair[1] {
            "d" => DAY,
            "h" => HOUR,
            "min" => MINUTE,
            _ => SECOND,
        };
        let (whole, fraction) = pair[0].split_once('.').unwrap_or((pair[0], "0"));
        let parts = 10_i64.pow(u32::try_from(fraction.len()).unwrap());
        let [whole, fraction]: [i64; 2] = [whole, fraction].map(|part| part.parse().unwrap());
        whole * unit + fraction * unit / parts
    });
    parts.sum()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn timestamp_of_any_text_never_panics(text in "[0-9TZ:.+\\- ]{0,30}|\\PC*") {
        if let Ok(instant) = text.parse::<Timestamp>() {
            prop_assert!(text.bytes().filter(u8::is_ascii_digit).count() >= 8, "{}", instant.as_ms());
        }
    }

    #[test]
    fn longer_duration_never_shows_as_shorter(one in 0..(3 * DAY), two in 0..(3 * DAY)) {
        let (shorter, longer) = (one.min(two), one.max(two));
        prop_assert!(shown_ms(&format_duration(shorter)) <= shown_ms(&format_duration(longer)));
        prop_assert!(shown_ms(&format_duration(shorter)) <= shorter, "never rounded up");
    }

    #[test]
    fn grouped_digits_keep_the_number(number in any::<usize>()) {
        let text = group_digits(number);
        prop_assert_eq!(text.replace(',', ""), number.to_string());
        let mut groups = text.split(',');
        prop_assert!((1..=3).contains(&groups.next().map_or(0, str::len)));
        prop_assert!(groups.all(|group| group.len() == 3));
    }
}
