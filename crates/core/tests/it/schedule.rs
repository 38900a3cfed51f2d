//! Schedules: what is read of them, and when they run next.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::format::time::Timestamp;
use cckm_core::schedule::{Schedule, State};

fn at(text: &str) -> Timestamp {
    Timestamp::read(text).unwrap()
}

fn read(members: &str) -> Schedule {
    let body = format!(r#"{{"id":"s"{members}}}"#);
    Schedule::of(&decode::job(body.as_bytes()).unwrap())
}

const NOW: &str = "2026-11-21T10:00:00Z";

#[test]
fn what_is_missing_or_odd_breaks_nothing() {
    for members in [
        "",
        r#","run_at":null,"disabled":null,"job_config_params":null"#,
        r#","run_at":5,"disabled":"true","job_config_params":[1]"#,
        r#","run_at":"* * * *","start_date":"soon","job_config_params":"x""#,
        r#","run_at":"61 * * * *""#,
    ] {
        let schedule = read(members);
        assert_eq!(schedule.state(at(NOW)), State::Unreadable, "{members}");
        assert_eq!(schedule.next_runs(at(NOW), 3), [], "{members}");
        assert_eq!(schedule.parameters, [], "{members}");
        assert!(!schedule.words().is_empty(), "{members}");
    }
}

#[test]
fn a_schedule_is_told_in_words_with_its_parameters() {
    let schedule = read(
        r#","name":"nightly","operation":"cckm_synchronization","run_at":"30 2 * * *",
        "job_config_params":{"cloud_name":"aws","synchronize_all":false,"kms":["a","b"]}"#,
    );
    assert_eq!(schedule.words(), "at 02:30 every day");
    let parameters: Vec<(&str, &str)> = (schedule.parameters.iter())
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    assert_eq!(
        parameters,
        [
            ("cloud_name", "aws"),
            ("synchronize_all", "false"),
            ("kms", "a, b")
        ]
    );
}

#[test]
fn it_runs_between_its_start_and_its_end_unless_it_is_disabled() {
    let daily = r#","run_at":"0 0 * * *""#;
    let (first, second, third) = (
        at("2026-11-22T00:00:00Z"),
        at("2026-11-23T00:00:00Z"),
        at("2026-11-24T00:00:00Z"),
    );
    for (more, expected, state) in [
        ("", vec![first, second, third], State::Enabled),
        (r#","disabled":true"#, vec![], State::Disabled),
        (
            r#","start_date":"2026-11-23T00:00:00Z""#,
            vec![second, third, at("2026-11-25T00:00:00Z")],
            State::Enabled,
        ),
        (
            r#","end_date":"2026-11-23T00:00:00Z""#,
            vec![first, second],
            State::Enabled,
        ),
        (r#","end_date":"2026-11-20T00:00:00Z""#, vec![], State::Over),
        (
            r#","start_date":"2026-11-25T00:00:00Z","end_date":"2026-11-22T00:00:00Z""#,
            vec![],
            State::Enabled,
        ),
    ] {
        let schedule = read(&format!("{daily}{more}"));
        assert_eq!(schedule.next_runs(at(NOW), 3), expected, "{more}");
        assert_eq!(schedule.state(at(NOW)), state, "{more}");
    }
}
