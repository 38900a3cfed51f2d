//! The five fields of a schedule: read, told in words, and their instants.
#![allow(clippy::unwrap_used)]

use cckm_core::format::time::{Timestamp, date_of_day};
use cckm_core::schedule::cron::Cron;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    Timestamp::read(text).unwrap()
}

fn words(fields: &str) -> String {
    Cron::read(fields).unwrap().words()
}

#[test]
fn told_in_words() {
    for (fields, expected) in [
        ("* * * * *", "every minute"),
        ("*/15 * * * *", "every 15 minutes"),
        ("0 * * * *", "every hour"),
        ("5 * ? * ?", "every hour at minute 5"),
        ("0 0 * * *", "at 00:00 every day"),
        ("30 2 * * MON-FRI", "at 02:30 on Monday to Friday"),
        ("30 2,14 * * *", "at 02:30 and 14:30 every day"),
        ("0 9 ? * sat,Sun", "at 09:00 on Sunday and Saturday"),
        ("0 0 1 jan ?", "at 00:00 on day 1 in January"),
        ("0 0 1,15 * *", "at 00:00 on day 1 and 15"),
        ("0 0 13 * 5", "at 00:00 on day 13 or on Friday"),
        (
            "*/7 * * * *",
            "every hour at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56",
        ),
        ("* 2-4 * * *", "every minute of hours 2 to 4"),
        (
            "*/10 8-18 * * 1-5",
            "at minutes 0, 10, 20, 30, 40 and 50 of hours 8 to 18 on Monday to Friday",
        ),
        ("0 0 * 6-8 *", "at 00:00 in June to August"),
        ("10-12 * * * *", "every hour at minutes 10 to 12"),
        ("0 12 * * 7", "at 12:00 on Sunday"),
    ] {
        assert_eq!(words(fields), expected, "{fields}");
    }
}

#[test]
fn next_runs() {
    for (fields, after, expected) in [
        (
            "* * * * *",
            "2026-11-21T10:00:00Z",
            Some("2026-11-21T10:01:00Z"),
        ),
        (
            "* * * * *",
            "2026-11-21T10:00:59.999Z",
            Some("2026-11-21T10:01:00Z"),
        ),
        (
            "0 0 * * *",
            "2026-12-31T10:00:00Z",
            Some("2027-01-01T00:00:00Z"),
        ),
        (
            "30 2 * * MON-FRI",
            "2026-11-20T02:30:00Z",
            Some("2026-11-23T02:30:00Z"),
        ),
        (
            "0 0 29 2 *",
            "2026-11-21T00:00:00Z",
            Some("2028-02-29T00:00:00Z"),
        ),
        // 2100 is no leap year, so that eight years pass.
        (
            "0 0 29 2 *",
            "2096-02-29T00:00:00Z",
            Some("2104-02-29T00:00:00Z"),
        ),
        ("0 0 30 2 *", "2026-11-21T00:00:00Z", None),
        // Either the day of the month or that of the week.
        (
            "0 0 13 * 5",
            "2026-11-13T00:00:00Z",
            Some("2026-11-20T00:00:00Z"),
        ),
        (
            "0 0 13 * 5",
            "2026-12-11T00:00:00Z",
            Some("2026-12-13T00:00:00Z"),
        ),
        (
            "50/5 23 * * *",
            "2026-11-21T23:55:00Z",
            Some("2026-11-22T23:50:00Z"),
        ),
        (
            "0 0 1 * *",
            "1960-02-10T00:00:00Z",
            Some("1960-03-01T00:00:00Z"),
        ),
    ] {
        let next = Cron::read(fields).unwrap().next(at(after));
        assert_eq!(next, expected.map(at), "{fields} after {after}");
    }
}

#[test]
fn wrong_fields_are_named() {
    for (fields, expected) in [
        ("", "not 0"),
        ("0 0 * *", "not 4"),
        ("0 0 0 * * *", "not 6"),
        ("60 0 * * *", "“60” is no minute"),
        ("0 24 * * *", "“24” is no hour"),
        ("0 0 0 * *", "“0” is no day of the month"),
        ("0 0 32 * *", "“32” is no day of the month"),
        ("0 0 * 13 *", "“13” is no month"),
        ("0 0 * januar *", "“januar” is no month"),
        ("0 0 * * 8", "“8” is no day of the week"),
        ("? 0 * * *", "“?” is no minute"),
        ("5-1 0 * * *", "“5-1” is no minute"),
        ("*/0 0 * * *", "“*/0” is no minute"),
        ("1, 0 * * *", "“1,” is no minute"),
        ("+1 0 * * *", "“+1” is no minute"),
        ("0 0 * * @", "“@” is no day of the week"),
    ] {
        let error = Cron::read(fields).unwrap_err();
        assert!(error.contains(expected), "{fields}: {error}");
    }
}

#[test]
fn days_of_the_calendar() {
    for (text, date) in [
        ("1970-01-01T00:00:00Z", (1970, 1, 1)),
        ("1969-12-31T00:00:00Z", (1969, 12, 31)),
        ("2000-02-29T00:00:00Z", (2000, 2, 29)),
        ("2026-12-31T00:00:00Z", (2026, 12, 31)),
        ("0001-01-01T00:00:00Z", (1, 1, 1)),
        ("9999-12-31T00:00:00Z", (9999, 12, 31)),
    ] {
        assert_eq!(date_of_day(at(text).ms() / 86_400_000), date);
    }
}

fn part(first: u32, last: u32) -> impl Strategy<Value = String> {
    let value = first..=last;
    prop_oneof![
        Just("*".to_owned()),
        value.clone().prop_map(|value| value.to_string()),
        (value.clone(), value.clone()).prop_map(|(one, other)| format!(
            "{}-{}",
            one.min(other),
            one.max(other)
        )),
        (1..=last).prop_map(|step| format!("*/{step}")),
        (value.clone(), value).prop_map(|(one, other)| format!("{one},{other}")),
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[0-9a-zA-Z*/,?@ \\-]{0,30}|\\PC{0,20}") {
        let _ = Cron::read(&text).map(|cron| cron.words());
    }

    /// The next run is the first minute, and the only one on the way, that the fields name.
    #[test]
    fn nothing_runs_between(
        minute in part(0, 59), hour in part(0, 23), day in part(1, 31), month in part(1, 12), weekday in part(0, 6),
        after in 1_700_000_000i64..1_900_000_000,
    ) {
        let cron = Cron::read(&format!("{minute} {hour} {day} {month} {weekday}")).unwrap();
        let after = Timestamp::from_ms(after * 1_000);
        let Some(next) = cron.next(after) else { return Ok(()) };
        prop_assert!(next > after);
        prop_assert_eq!(next.ms() % 60_000, 0);
        // Requested from any instant before it, the answer is the same.
        let halfway = Timestamp::from_ms(i64::midpoint(after.ms(), next.ms() - 1));
        prop_assert_eq!(cron.next(halfway), Some(next));
        // One run and not two: the minute itself is not after itself.
        prop_assert!(cron.next(next).is_none_or(|later| later > next));
    }
}
