//! Schedules: their members, state and next runs.

use cckm_core::api::decode;
use cckm_core::format::time::Timestamp;
use cckm_core::list::job_row::RowNote;
use cckm_core::schedule::{Schedule, ScheduleRow, ScheduleState};

fn at(text: &str) -> Timestamp {
    text.parse::<Timestamp>().ok().unwrap()
}

fn read(members: &str) -> Schedule {
    let body = format!(r#"{{"id":"s"{members}}}"#);
    Schedule::from(&decode::job(body.as_bytes()).unwrap())
}

const NOW: &str = "2026-11-21T10:00:00Z";

#[test]
fn schedule_with_missing_or_odd_members_is_unreadable() {
    for members in [
        "",
        r#","run_at":null,"disabled":null,"job_config_params":null"#,
        r#","run_at":5,"disabled":"true","job_config_params":[1]"#,
        r#","run_at":"* * * *","start_date":"soon","job_config_params":"x""#,
        r#","run_at":"61 * * * *""#,
    ] {
        let schedule = read(members);
        assert_eq!(schedule.state(at(NOW)), ScheduleState::Unreadable, "{members}");
        assert_eq!(schedule.next_runs(at(NOW), 3), [], "{members}");
        assert_eq!(schedule.parameters, [], "{members}");
        assert!(!schedule.description().is_empty(), "{members}");
    }
}

/// The notices above a list speak of marked rows, whatever the list is of.
#[test]
fn rows_of_schedules_are_marked_like_those_of_jobs() {
    let page = br#"{"resources":[{"id":"a"},{"id":"b"},{"id":"c"}]}"#;
    let jobs = decode::job_page(page).unwrap().jobs;
    let rows = ScheduleRow::all(&jobs, at(NOW), &[0, 1], &[1]);
    let notes: Vec<Option<RowNote>> = rows.into_iter().map(|row| row.note).collect();
    assert_eq!(notes, [Some(RowNote::Repeated), Some(RowNote::Unmatched), None]);
}

#[test]
fn schedule_has_description_and_parameters() {
    let schedule = read(
        r#","name":"nightly","operation":"cckm_synchronization","run_at":"30 2 * * *",
        "job_config_params":{"cloud_name":"aws","synchronize_all":false,"kms":["a","b"]}"#,
    );
    assert_eq!(schedule.description(), "at 02:30 UTC every day");
    let parameters: Vec<(&str, &str)> =
        (schedule.parameters.iter()).map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(parameters, [("cloud_name", "aws"), ("synchronize_all", "false"), ("kms", "a, b")]);
}

#[test]
fn next_runs_are_between_start_and_end_unless_disabled() {
    let daily = r#","run_at":"0 0 * * *""#;
    let (first, second, third) =
        (at("2026-11-22T00:00:00Z"), at("2026-11-23T00:00:00Z"), at("2026-11-24T00:00:00Z"));
    for (more, expected, state) in [
        ("", vec![first, second, third], ScheduleState::Enabled),
        (r#","disabled":true"#, vec![], ScheduleState::Disabled),
        (
            r#","start_date":"2026-11-23T00:00:00Z""#,
            vec![second, third, at("2026-11-25T00:00:00Z")],
            ScheduleState::Enabled,
        ),
        (r#","end_date":"2026-11-23T00:00:00Z""#, vec![first, second], ScheduleState::Enabled),
        (r#","end_date":"2026-11-20T00:00:00Z""#, vec![], ScheduleState::Over),
        // A nanosecond after a run.
        (
            r#","start_date":"2026-11-22T00:00:00.000000001Z","end_date":"2026-11-23T00:00:00Z""#,
            vec![second],
            ScheduleState::Enabled,
        ),
        (
            r#","start_date":"2026-11-25T00:00:00Z","end_date":"2026-11-22T00:00:00Z""#,
            vec![],
            ScheduleState::Enabled,
        ),
    ] {
        let schedule = read(&format!("{daily}{more}"));
        assert_eq!(schedule.next_runs(at(NOW), 3), expected, "{more}");
        assert_eq!(schedule.state(at(NOW)), state, "{more}");
    }
}

#[test]
fn schedule_of_a_missing_day_never_runs() {
    let schedule = read(r#","run_at":"0 0 30 2 *""#);
    assert_eq!(schedule.state(at(NOW)), ScheduleState::NeverRuns);
    assert_eq!(schedule.next_runs(at(NOW), 3), []);
}

#[test]
fn schedule_with_undocumented_day_keeps_words_and_runs() {
    let schedule = read(r#","run_at":"0 9 * * 7""#);
    assert_eq!(schedule.description(), "at 09:00 UTC on Sunday");
    assert_eq!(schedule.next_runs(at(NOW), 1), [at("2026-11-22T09:00:00Z")]);
    assert_eq!(
        schedule.remarks(),
        ["The day of the week 7 is not documented: this console assumes Sunday."]
    );
}
