//! The rows of a list.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::list::job_row::JobRow;

/// The rows of a page with `jobs`, of which the second was on another page before.
fn rows(path: &str, jobs: &[&str]) -> Vec<JobRow> {
    let page = format!(r#"{{"resources":[{}]}}"#, jobs.join(","));
    let jobs = decode::job_page(page.as_bytes()).unwrap().jobs;
    JobRow::all(&jobs, Family::by_path(path).unwrap(), &[1], &[])
}

#[test]
fn duration_grows_only_while_the_job_runs() {
    let created = r#""createdAt":"2024-02-06T09:00:00Z""#;
    let times = r#""createdAt":"2024-02-06T09:00:00Z","updatedAt":"2024-02-06T09:00:10Z""#;
    let start = "2024-02-06T09:00:00Z".parse::<Timestamp>().unwrap();
    for (job, [at_60_s, at_90_s, clock_behind]) in [
        (
            format!(r#"{{{times},"overall_status":"in_progress"}}"#),
            [Some(60_000), Some(90_000), Some(10_000)],
        ),
        (
            format!(
                r#"{{{times},"overall_status":"completed","completed_at":"2024-02-06T09:00:09Z"}}"#
            ),
            [Some(9_000); 3],
        ),
        (format!(r#"{{{times},"overall_status":"failed"}}"#), [Some(10_000); 3]),
        (format!("{{{created}}}"), [None; 3]),
        (r#"{"overall_status":"in_progress"}"#.to_owned(), [None; 3]),
    ] {
        let rows = rows("aws/bulkjob", &[&job]);
        let at = |ms: i64| rows[0].duration.ms(Timestamp::from_ms(start.as_ms() + ms));
        assert_eq!(
            [at(60_000), at(90_000), at(-90_000)],
            [at_60_s, at_90_s, clock_behind],
            "{job}"
        );
        let is_created = job.contains("createdAt");
        assert_eq!(rows[0].created, is_created.then_some(start), "{job}");
    }
}

#[test]
fn repeated_rows_are_marked() {
    let rows = rows("aws/bulkjob", &[r#"{"id":"a"}"#, r#"{"id":"b"}"#, "{}"]);
    let repeated: Vec<bool> = rows.iter().map(|row| row.note.is_some()).collect();
    assert_eq!(repeated, [false, true, false]);
}

#[test]
fn keys_are_unique_when_ids_are_not() {
    let rows = rows(
        "aws/bulkjob",
        &[r#"{"id":"a"}"#, "{}", r#"{"id":"a"}"#, r#"{"id":""}"#, r#"{"id":"b"}"#],
    );
    let keys: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, ["a", "1 ", "2 a", "3 ", "b"]);
    let ids: Vec<Option<&str>> = rows.iter().map(|row| row.id.as_deref()).collect();
    assert_eq!(ids, [Some("a"), None, Some("a"), None, Some("b")]);
}

#[test]
fn title_says_what_a_job_does_and_scope_how_much_it_is_about() {
    for (path, job, title, scope) in [
        (
            "aws/synchronization-jobs",
            r#"{"kms":["crm"],"regions":["us-east-1","eu-west-1"]}"#,
            "Sync keys · AWS · crm",
            "2 regions",
        ),
        (
            "aws/synchronization-jobs",
            r#"{"kms":["crm","erp","hr","web"],"regions":["us-east-1"]}"#,
            "Sync keys · AWS · crm, erp +2",
            "us-east-1",
        ),
        (
            "aws/synchronization-jobs",
            r#"{"detailed_status":{"1/us-east-1":"Success","1/eu-west-1":"Success"}}"#,
            "Sync keys · AWS",
            "2 regions",
        ),
        (
            "aws/bulkjob",
            r#"{"operation":"schedulekeydeletion","keys":["a","b","c"]}"#,
            "Schedule key deletion · AWS",
            "3 keys",
        ),
        ("aws/bulkjob", r#"{"operation":"tag"}"#, "Bulk operation · AWS · tag", ""),
        (
            "google/synchronization-jobs",
            r#"{"key_rings":["projects/p/keyRings/payments"]}"#,
            "Sync keys · Google",
            "payments",
        ),
        (
            "google/update-all-versions-jobs",
            r#"{"operation":"enable","key_id":"k1","version_count":9}"#,
            "Enable all versions · Google · k1",
            "9 versions",
        ),
        (
            "scheduler/jobs",
            r#"{"name":"nightly","operation":"cckm_synchronization"}"#,
            "Schedule run · CipherTrust · nightly · cckm_synchronization",
            "",
        ),
        ("azure/synchronization-jobs", r#"{"key_vaults":7}"#, "Sync keys · Azure", ""),
        ("dsm/refresh", "{}", "Refresh · DSM", ""),
    ] {
        let row = &rows(path, &[job])[0];
        assert_eq!((&*row.title, &*row.scope.short), (title, scope), "{path} {job}");
    }
}

/// A job may name as many key rings as it has items.
#[test]
fn scope_of_many_entries_is_shortened() {
    let rings: Vec<String> =
        (0..5_000).map(|at| format!("\"projects/é/keyRings/ring-{at}\"")).collect();
    let job = format!(r#"{{"key_rings":[{}]}}"#, rings.join(","));
    let rows = rows("google/synchronization-jobs", &[&job, r#"{"key_rings":["a/b"]}"#]);
    assert_eq!(rows[0].scope.short, "5,000 key rings");
    assert_eq!(rows[0].scope.full.chars().count(), 301);
    assert!(rows[0].scope.full.ends_with('…'));
    assert_eq!(rows[1].scope.full, "a/b");
}

#[test]
fn row_names_the_main_cause_of_a_finished_or_running_job() {
    let denied = "AccessDeniedException: User: arn:aws:iam::123456789012:role/a is not authorized to perform: kms:DescribeKey";
    let throttled = "ThrottlingException: Rate exceeded";
    let items = |texts: &[&str]| {
        let items: Vec<String> =
            texts.iter().enumerate().map(|(at, text)| format!(r#""k{at}":"{text}""#)).collect();
        format!(r#""detailed_status":{{{}}}"#, items.join(","))
    };
    let of = |members: &str, texts: &[&str]| {
        let job = format!("{{{members},{}}}", items(texts));
        let cause = rows("aws/bulkjob", &[&job])[0].cause.clone();
        cause.map(|cause| (cause.name, cause.count, cause.others))
    };
    let done = r#""overall_status":"completed""#;
    let running = r#""overall_status":"in_progress""#;
    let named = |name: &str, count, others| Some((name.to_owned(), count, others));
    assert_eq!(of(done, &["Success"]), None);
    assert_eq!(
        of(done, &[denied, throttled, throttled, "Success"]),
        named("ThrottlingException", 2, 1)
    );
    assert_eq!(
        of(running, &[denied, "in_progress", "queued"]),
        named("AccessDeniedException", 1, 0)
    );
    let keys = r#""overall_status":"completed","keys":["k0","b","c"]"#;
    assert_eq!(of(keys, &[denied]), named("No result", 2, 1));
    assert_eq!(of(keys, &["Success"]), named("No result", 2, 0));
}
