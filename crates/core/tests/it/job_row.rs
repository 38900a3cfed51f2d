//! The rows of a list.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::local_time::LocalTime;
use cckm_core::format::time::Timestamp;
use cckm_core::list::job_row::JobRow;

fn rows(path: &str, jobs: &[&str]) -> Vec<JobRow> {
    let page = format!(r#"{{"resources":[{}]}}"#, jobs.join(","));
    let jobs = decode::job_page(page.as_bytes()).unwrap().jobs;
    let when = |instant: Timestamp| {
        let utc = instant.ms().to_string();
        Some(LocalTime {
            local: utc.clone(),
            utc,
        })
    };
    JobRow::all(&jobs, Family::of_path(path).unwrap(), &[1], when)
}

#[test]
fn a_running_job_takes_longer_and_longer_and_a_final_one_does_not() {
    let start = Timestamp::read("2024-02-06T09:00:00Z").unwrap().ms();
    let times = r#""createdAt":"2024-02-06T09:00:00Z","updatedAt":"2024-02-06T09:00:10Z""#;
    let rows = rows(
        "aws/bulkjob",
        &[
            &format!(r#"{{{times},"overall_status":"in_progress"}}"#),
            &format!(
                r#"{{{times},"overall_status":"completed","completed_at":"2024-02-06T09:00:09Z"}}"#
            ),
            &format!(r#"{{{times},"overall_status":"failed"}}"#),
            r#"{"createdAt":"2024-02-06T09:00:00Z"}"#,
            r#"{"overall_status":"in_progress"}"#,
        ],
    );
    let took = |after: i64| -> Vec<Option<i64>> {
        let now = Timestamp::from_ms(start + after);
        rows.iter().map(|row| row.took.ms(now)).collect()
    };
    assert_eq!(
        took(60_000),
        [Some(60_000), Some(9_000), Some(10_000), None, None]
    );
    assert_eq!(took(90_000)[..3], [Some(90_000), Some(9_000), Some(10_000)]);
    // A clock behind the server's: what the job itself tells stands.
    assert_eq!(
        took(-90_000)[..3],
        [Some(10_000), Some(9_000), Some(10_000)]
    );
    assert_eq!(rows[0].started.as_ref().unwrap().utc, start.to_string());
    assert_eq!(rows[4].started, None);
    assert_eq!(
        rows.iter().map(|row| row.repeated).collect::<Vec<_>>(),
        [false, true, false, false, false]
    );
}

#[test]
fn every_row_has_a_key_of_its_own() {
    let rows = rows(
        "aws/bulkjob",
        &[
            r#"{"id":"a"}"#,
            "{}",
            r#"{"id":"a"}"#,
            r#"{"id":""}"#,
            r#"{"id":"b"}"#,
        ],
    );
    let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["a", "1 ", "2 a", "3 ", "b"]);
    let ids: Vec<Option<&str>> = rows.iter().map(|row| row.id.as_deref()).collect();
    assert_eq!(ids, [Some("a"), None, Some("a"), None, Some("b")]);
}

/// A list may name as many key rings as the job has items; a row keeps what a person reads.
#[test]
fn what_a_job_is_about_is_short() {
    let rings: Vec<String> = (0..5_000)
        .map(|at| format!("\"projects/é/keyRings/ring-{at}\""))
        .collect();
    let job = format!(r#"{{"key_rings":[{}]}}"#, rings.join(","));
    let rows = rows(
        "google/synchronization-jobs",
        &[&job, r#"{"key_rings":["a/b"]}"#],
    );
    assert_eq!(rows[0].scope[0].short, "ring-0, ring-1 +4998");
    assert_eq!(rows[0].scope[0].full.chars().count(), 301);
    assert!(rows[0].scope[0].full.ends_with('…'));
    assert_eq!(rows[1].scope[0].full, "a/b");
}
