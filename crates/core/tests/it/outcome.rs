//! The outcome of a job from its status, its items and the time.

use std::time::Duration;

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::outcome::{Outcome, OutcomeCounts, OutcomeFilter, StuckRule};
use cckm_core::job::status::JobStatus;
use cckm_core::job::tally::Tally;
use cckm_core::list::job_row::JobRow;
use proptest::prelude::*;

const FAILED: &str = "AccessDeniedException: no";
const DONE: &str = "Success";

fn row(path: &str, members: &str, items: &[(&str, &str)]) -> JobRow {
    let items: Vec<String> =
        items.iter().map(|(name, text)| format!(r#""{name}":{text}"#)).collect();
    let job = format!(r#"{{"id":"a",{members},"detailed_status":{{{}}}}}"#, items.join(","));
    JobRow::new(&decode::job(job.as_bytes()).unwrap(), Family::by_path(path).unwrap())
}

fn rule(now: &str) -> StuckRule {
    StuckRule { now: now.parse().unwrap(), after: Duration::from_secs(30 * 60) }
}

/// The outcome with its numbers at noon.
fn describe(row: &JobRow) -> String {
    let rule = rule("2024-02-06T12:00:00Z");
    row.outcome(rule).describe(&row.tally, row.status_text.as_deref(), rule.idle_ms(row.changed()))
}

/// The outcome of an AWS bulk job with these members and item texts.
fn bulk(members: &str, texts: &[&str]) -> String {
    let quoted: Vec<(String, String)> = (texts.iter().enumerate())
        .map(|(at, text)| (format!("key-{at}"), format!("\"{text}\"")))
        .collect();
    let items: Vec<(&str, &str)> =
        quoted.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    describe(&row("aws/bulkjob", members, &items))
}

#[test]
fn outcome_follows_from_status_items_and_time() {
    let created = r#""createdAt":"2024-02-06T09:00:00Z""#;
    let recent = r#""updatedAt":"2024-02-06T11:31:00Z""#;
    let old = r#""updatedAt":"2024-02-06T11:30:00Z""#;
    for (members, texts, expected) in [
        (r#""overall_status":"completed""#, &[][..], "OK"),
        (r#""overall_status":"completed""#, &[DONE, DONE], "OK"),
        (r#""overall_status":" Completed ""#, &[DONE], "OK"),
        (r#""overall_status":"completed""#, &[DONE, FAILED], "Partly failed (1 of 2)"),
        (r#""overall_status":"completed""#, &[FAILED, FAILED], "Failed"),
        // In a finished job everything that is not a success is a problem.
        (r#""overall_status":"completed""#, &[DONE, "in_progress"], "Partly failed (1 of 2)"),
        (r#""overall_status":"completed""#, &[DONE, "queued"], "Partly failed (1 of 2)"),
        (r#""overall_status":"completed","keys":["key-0","b"]"#, &[DONE], "Partly failed (1 of 2)"),
        (r#""overall_status":"completed","keys":["key-0","b"]"#, &[FAILED], "Failed"),
        // Nothing says that these failed.
        (r#""overall_status":"completed""#, &["queued", "queued"], "Partly failed (2 of 2)"),
        (r#""overall_status":"failed""#, &[DONE, DONE], "Failed"),
        (r#""overall_status":"error""#, &[], "Failed"),
        (r#""overall_status":"completed","abort":true"#, &[DONE, FAILED], "Cancelled"),
        (r#""overall_status":"failed","abort":true"#, &[DONE], "Failed"),
        (r#""overall_status":"partially_completed""#, &[DONE], "Other: partially_completed"),
        (r#""overall_status":"""#, &[DONE], "Other: no status"),
        (r#""abort":false"#, &[DONE], "Other: no status"),
        (r#""overall_status":7"#, &[DONE], "Other: 7"),
        (r#""overall_status":"in_progress""#, &[FAILED, DONE], "Running"),
        (&format!(r#""overall_status":"in_progress",{created},{recent}"#), &[FAILED], "Running"),
        (
            &format!(r#""overall_status":"in_progress",{created},{old}"#),
            &[],
            "Stuck (nothing changed for 30 min 0 s)",
        ),
        (
            &format!(r#""overall_status":"in_progress",{created}"#),
            &[],
            "Stuck (nothing changed for 3 h 0 min)",
        ),
        // `updatedAt` may be some milliseconds before `createdAt` (CONTRACT.md 11.21).
        (
            r#""overall_status":"in_progress","createdAt":"2024-02-06T11:30:00.5Z","updatedAt":"2024-02-06T11:29:59Z""#,
            &[],
            "Running",
        ),
        (
            &format!(r#""overall_status":"in_progress","abort":true,{created},{recent}"#),
            &[],
            "Cancelling",
        ),
        (
            &format!(r#""overall_status":"in_progress","abort":true,{created},{old}"#),
            &[],
            "Stuck (nothing changed for 30 min 0 s)",
        ),
        // The clock of the server may be ahead.
        (r#""overall_status":"in_progress","createdAt":"2024-02-06T13:00:00Z""#, &[], "Running"),
        (&format!(r#""status":"scheduled",{created}"#), &[], "Scheduled"),
        (r#""status":"aborted""#, &[], "Cancelled"),
        (r#""status":"failed""#, &[], "Failed"),
        (r#""status":"completed""#, &[], "OK"),
    ] {
        assert_eq!(bulk(members, texts), expected, "{members} {texts:?}");
    }
}

#[test]
fn versions_count_instead_of_their_list() {
    let of = |versions: &str, text: &str| {
        let members = r#""overall_status":"completed","version_count":3"#;
        let items = [("completed", versions), ("projects/p/key", text)];
        describe(&row("google/update-all-versions-jobs", members, &items))
    };
    assert_eq!(of(r#"["3","2","1"]"#, r#""Successfully updated all.""#), "OK");
    assert_eq!(of(r#"["3","1"]"#, r#""Successfully updated all.""#), "Partly failed (1 of 3)");
    assert_eq!(of("[]", r#""Error: denied""#), "Failed");
}

#[test]
fn filter_of_failures_selects_partly_and_completely_failed_jobs() {
    let selected: Vec<Outcome> = Outcome::ALL
        .into_iter()
        .filter(|outcome| OutcomeFilter::Failures.selects(*outcome))
        .collect();
    assert_eq!(selected, [Outcome::Failed, Outcome::PartlyFailed]);
    assert_eq!(OutcomeFilter::Failures.server_status(), "");
}

#[test]
fn names_of_filters_parse_back() {
    let all = Outcome::ALL.map(OutcomeFilter::One).into_iter().chain([OutcomeFilter::Failures]);
    for filter in all {
        assert_eq!(filter.as_str().parse(), Ok(filter));
    }
    assert!("completed".parse::<OutcomeFilter>().is_err());
}

fn statuses() -> impl Strategy<Value = JobStatus> {
    prop::sample::select(vec![
        JobStatus::Scheduled,
        JobStatus::Running,
        JobStatus::Cancelling,
        JobStatus::Completed,
        JobStatus::Cancelled,
        JobStatus::Aborted,
        JobStatus::Failed,
        JobStatus::Unknown,
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Every job has one outcome, is counted once, and is found by the filter of its outcome alone.
    #[test]
    fn job_is_found_by_the_filter_of_its_outcome_and_no_other(
        status in statuses(), numbers in prop::array::uniform5(0..5_usize), idle in 0..90_i64,
    ) {
        let [succeeded, failed, other, running, waiting] = numbers;
        let tally = Tally { succeeded, failed, other, running, waiting };
        let rule = StuckRule {
            now: Timestamp::from_ms(idle * 60_000),
            after: Duration::from_secs(1_800),
        };
        let outcome = Outcome::new(status, &tally, Some(Timestamp::from_ms(0)), rule);
        let mut counts = OutcomeCounts::default();
        counts.add(outcome);
        let found = Outcome::ALL.into_iter().filter(|own| counts.get(OutcomeFilter::One(*own)) == 1);
        prop_assert_eq!(found.collect::<Vec<_>>(), [outcome]);
        prop_assert_eq!(counts.total(), 1);
        let is_narrowed = OutcomeFilter::One(outcome).server_status();
        let is_sent = match is_narrowed {
            "in_progress" => matches!(status, JobStatus::Running | JobStatus::Cancelling),
            "scheduled" => status == JobStatus::Scheduled,
            _ => true,
        };
        prop_assert!(is_sent, "the server filters out a job that has the outcome");
    }
}
