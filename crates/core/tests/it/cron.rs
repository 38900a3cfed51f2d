//! Cron expressions: what is accepted, their description and their next runs.

use cckm_core::format::time::Timestamp;
use cckm_core::schedule::cron::Cron;
use proptest::prelude::*;

fn at(text: &str) -> Timestamp {
    text.parse::<Timestamp>().ok().unwrap()
}

fn description(fields: &str) -> String {
    fields.parse::<Cron>().unwrap().description()
}

#[test]
fn description_names_times_and_days() {
    for (fields, expected) in [
        ("* * * * *", "every minute"),
        ("*/15 * * * *", "every 15 minutes"),
        ("0 * * * *", "every hour"),
        ("5 * ? * ?", "every hour at minute 5"),
        ("0 0 * * *", "at 00:00 UTC every day"),
        ("30 2 * * MON-FRI", "at 02:30 UTC on Monday to Friday"),
        ("30 2,14 * * *", "at 02:30 and 14:30 UTC every day"),
        ("0 9 ? * sat,Sun", "at 09:00 UTC on Sunday and Saturday"),
        ("0 0 1 jan ?", "at 00:00 UTC on day 1 in January"),
        ("0 0 1,15 * *", "at 00:00 UTC on day 1 and 15"),
        ("0 0 13 * 5", "at 00:00 UTC on day 13 or on Friday"),
        ("*/7 * * * *", "every hour at minutes 0, 7, 14, 21, 28, 35, 42, 49 and 56"),
        ("* 2-4 * * *", "every minute of hours 2 to 4 UTC"),
        (
            "*/10 8-18 * * 1-5",
            "at minutes 0, 10, 20, 30, 40 and 50 of hours 8 to 18 UTC on Monday to Friday",
        ),
        ("0 0 * 6-8 *", "at 00:00 UTC in June to August"),
        ("10-12 * * * *", "every hour at minutes 10 to 12"),
        ("0 12 * * 7", "at 12:00 UTC on Sunday"),
        // A field with every value is given if it is written without a star, and adds every day then.
        ("0 0 1-31 * 1", "at 00:00 UTC on day 1 to 31 or on Monday"),
        ("0 0 1-31 * *", "at 00:00 UTC every day"),
        ("0 0 */1 * 1", "at 00:00 UTC on Monday"),
    ] {
        assert_eq!(description(fields), expected, "{fields}");
    }
}

#[test]
fn next_is_the_first_matching_minute() {
    for (fields, after, expected) in [
        ("* * * * *", "2026-11-21T10:00:00Z", Some("2026-11-21T10:01:00Z")),
        ("* * * * *", "2026-11-21T10:00:59.999Z", Some("2026-11-21T10:01:00Z")),
        ("0 0 * * *", "2026-12-31T10:00:00Z", Some("2027-01-01T00:00:00Z")),
        ("30 2 * * MON-FRI", "2026-11-20T02:30:00Z", Some("2026-11-23T02:30:00Z")),
        ("0 0 29 2 *", "2026-11-21T00:00:00Z", Some("2028-02-29T00:00:00Z")),
        // 2100 is not a leap year, so the next 29 February is eight years later.
        ("0 0 29 2 *", "2096-02-29T00:00:00Z", Some("2104-02-29T00:00:00Z")),
        ("0 0 30 2 *", "2026-11-21T00:00:00Z", None),
        ("0 0 31 2,4,6,9,11 *", "2026-11-21T00:00:00Z", None),
        // A day of the week is an alternative to a day that does not exist.
        ("0 0 30 2 1", "2026-11-21T00:00:00Z", Some("2027-02-01T00:00:00Z")),
        // A star restricts nothing. A field that names every value is given, and matches every day.
        ("0 0 * * 5", "2026-11-21T00:00:00Z", Some("2026-11-27T00:00:00Z")),
        ("0 0 1-31 * 5", "2026-11-21T00:00:00Z", Some("2026-11-22T00:00:00Z")),
        ("0 0 13 * 0-6", "2026-11-21T00:00:00Z", Some("2026-11-22T00:00:00Z")),
        ("0 0 30 2 0-6", "2026-11-21T00:00:00Z", Some("2027-02-01T00:00:00Z")),
        ("0 0 13 * */1", "2026-11-21T00:00:00Z", Some("2026-12-13T00:00:00Z")),
        // The week ends with Saturday, so a step from Friday does not reach Sunday.
        ("0 0 * * 5/2", "2026-11-21T00:00:00Z", Some("2026-11-27T00:00:00Z")),
        ("0 0 * * 5-7", "2026-11-21T00:00:00Z", Some("2026-11-22T00:00:00Z")),
        ("0 0 * * sun", "2026-11-21T00:00:00Z", Some("2026-11-22T00:00:00Z")),
        // The day of the month and the day of the week are alternatives.
        ("0 0 13 * 5", "2026-11-13T00:00:00Z", Some("2026-11-20T00:00:00Z")),
        ("0 0 13 * 5", "2026-12-11T00:00:00Z", Some("2026-12-13T00:00:00Z")),
        ("50/5 23 * * *", "2026-11-21T23:55:00Z", Some("2026-11-22T23:50:00Z")),
        ("0 0 1 * *", "1960-02-10T00:00:00Z", Some("1960-03-01T00:00:00Z")),
    ] {
        let next = fields.parse::<Cron>().unwrap().next(at(after));
        assert_eq!(next, expected.map(at), "{fields} after {after}");
    }
}

#[test]
fn invalid_expression_names_the_wrong_field() {
    for (fields, expected) in [
        ("", "not 0"),
        ("0 0 * *", "not 4"),
        ("0 0 0 * * *", "not 6"),
        ("60 0 * * *", "“60” is not a valid minute"),
        ("0 24 * * *", "“24” is not a valid hour"),
        ("0 0 0 * *", "“0” is not a valid day of the month"),
        ("0 0 32 * *", "“32” is not a valid day of the month"),
        ("0 0 * 13 *", "“13” is not a valid month"),
        ("0 0 * januar *", "“januar” is not a valid month"),
        ("0 0 * * 8", "“8” is not a valid day of the week"),
        ("? 0 * * *", "“?” is not a valid minute"),
        ("5-1 0 * * *", "“5-1” is not a valid minute"),
        ("*/0 0 * * *", "“*/0” is not a valid minute"),
        ("1, 0 * * *", "“1,” is not a valid minute"),
        ("+1 0 * * *", "“+1” is not a valid minute"),
        ("0 0 * * @", "“@” is not a valid day of the week"),
        // croner accepts these.
        ("@daily", "not 1"),
        ("0 0 0 * * * *", "not 7"),
        ("0 0 L * *", "“L” is not a valid day of the month"),
        ("0 0 15W * *", "“15W” is not a valid day of the month"),
        ("0 0 LW * *", "“LW” is not a valid day of the month"),
        ("0 0 * * 5L", "“5L” is not a valid day of the week"),
        ("0 0 * * 5#2", "“5#2” is not a valid day of the week"),
        ("0 0 1 * +5", "“+5” is not a valid day of the week"),
        ("0 0 * mon *", "“mon” is not a valid month"),
        ("0 0 * * jan", "“jan” is not a valid day of the week"),
        ("0 0 * * 1mon", "“1mon” is not a valid day of the week"),
        ("0 0 * * ?,1", "“?,1” is not a valid day of the week"),
        ("/5 * * * *", "“/5” is not a valid minute"),
        (",1 * * * *", "“,1” is not a valid minute"),
        ("1,,2 * * * *", "“1,,2” is not a valid minute"),
        ("1-2-3 * * * *", "“1-2-3” is not a valid minute"),
        ("*-5 * * * *", "“*-5” is not a valid minute"),
        ("0 0 * * fri-mon", "“fri-mon” is not a valid day of the week"),
        ("0 0 * * monday", "“monday” is not a valid day of the week"),
        ("0 0 * * 7/2", "“7/2” is not a valid day of the week"),
    ] {
        let error = fields.parse::<Cron>().unwrap_err();
        assert!(error.contains(expected), "{fields}: {error}");
    }
}

#[test]
fn expression_that_leaves_something_open_has_a_remark() {
    let both = "Both the day of the month and the day of the week are given";
    let seven = "The day of the week 7 is not documented";
    for (fields, expected) in [
        ("0 0 * * *", &[][..]),
        ("0 0 13 * ?", &[]),
        ("0 0 */1 * 1", &[]),
        ("0 0 * * */7", &[]),
        ("0 7 7 7 0", &[both]),
        ("0 0 13 * 5", &[both]),
        ("0 0 1-31 * 1", &[both]),
        ("0 0 * * 7", &[seven]),
        ("0 0 * * 5-7/1", &[seven]),
        ("0 0 * * 07", &[seven]),
        ("0 0 1 * 1,7", &[both, seven]),
    ] {
        let remarks = fields.parse::<Cron>().unwrap().remarks();
        assert_eq!(remarks.len(), expected.len(), "{fields}: {remarks:?}");
        let is_expected = remarks.iter().zip(expected).all(|(own, start)| own.starts_with(start));
        assert!(is_expected, "{fields}: {remarks:?}");
    }
}

#[test]
fn expression_without_a_day_never_runs() {
    for (fields, expected) in [
        ("0 0 30 2 *", Some("This never runs: there is no day 30 in February")),
        ("0 0 30,31 2 ?", Some("This never runs: there is no day 30 and 31 in February")),
        ("0 0 31 4,6 *", Some("This never runs: there is no day 31 in April and June")),
        ("0 0 29 2 *", None),
        ("0 0 30 2 1", None),
    ] {
        let never = fields.parse::<Cron>().unwrap().never_runs();
        assert_eq!(never.as_deref(), expected, "{fields}");
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
    fn parse_any_text_does_not_panic(text in "[0-9a-zA-Z*/,?@ \\-]{0,30}|\\PC{0,20}") {
        let _ = text.parse::<Cron>().map(|cron| cron.description());
    }

    /// There is no run between a time and the next run after it.
    #[test]
    fn next_skips_no_run(
        minute in part(0, 59), hour in part(0, 23), day in part(1, 31), month in part(1, 12), weekday in part(0, 6),
        after in 1_700_000_000i64..1_900_000_000,
    ) {
        let cron = format!("{minute} {hour} {day} {month} {weekday}").parse::<Cron>().unwrap();
        let after = Timestamp::from_ms(after * 1_000);
        let Some(next) = cron.next(after) else { return Ok(()) };
        prop_assert!(next > after);
        prop_assert_eq!(next.as_ms() % 60_000, 0);
        // The result is the same from any time in between.
        let halfway = Timestamp::from_ms(i64::midpoint(after.as_ms(), next.as_ms() - 1));
        prop_assert_eq!(cron.next(halfway), Some(next));
        // A run is not its own next run.
        prop_assert!(cron.next(next).is_none_or(|later| later > next));
    }
}
