//! A job as a whole: its status, its duration, and the names that it has not reported.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::status::JobStatus;

/// A job of a list, of which nothing is required.
fn job(body: &str) -> Job {
    let page = format!(r#"{{"resources":[{body}]}}"#);
    let page = decode::job_page(page.as_bytes()).expect("a page");
    page.jobs.into_iter().next().expect("a job")
}

fn family(path: &str) -> &'static Family {
    Family::by_path(path).expect("a family")
}

/// Runs of schedules have the member `status` with values of its own (CONTRACT.md 3, family 19).
#[test]
fn status_of_a_run_follows_its_status_member() {
    use JobStatus::{Aborted, Completed, Failed, Running, Scheduled, Unknown};
    for (status, standing) in [
        ("scheduled", Scheduled),
        ("in_progress", Running),
        ("completed", Completed),
        ("failed", Failed),
        ("aborted", Aborted),
        ("cancelled", Unknown),
    ] {
        let run = job(&format!(r#"{{"status":"{status}"}}"#));
        assert_eq!(run.status(), standing, "{status}");
        assert_eq!(run.status_text().as_deref(), Some(status));
        let may_change = matches!(standing, Scheduled | Running);
        assert_eq!(standing.is_running(), may_change, "{status}");
    }
    // These values are not defined for jobs.
    let both = job(r#"{"status":"scheduled","overall_status":"aborted"}"#);
    assert_eq!(both.status(), Unknown);
}

#[test]
fn status_of_a_job_follows_overall_status_and_abort() {
    use JobStatus::{Cancelled, Cancelling, Completed, Failed, Running, Unknown};
    for (status, abort, standing) in [
        (r#""in_progress""#, "false", Running),
        (r#""in_progress""#, "true", Cancelling),
        (r#""completed""#, "false", Completed),
        (r#""completed""#, "true", Cancelled),
        (r#""failed""#, "false", Failed),
        (r#""failed""#, "true", Failed),
        (r#""error""#, "false", Failed),
        (r#""error""#, "true", Failed),
        // Only `true` is a cancellation. The case of the status does not matter.
        (r#""in_progress""#, "null", Running),
        (r#""in_progress""#, r#""true""#, Running),
        (r#""completed""#, "1", Completed),
        (r#""in\u005fprogress""#, "false", Running),
        (r#""In_Progress""#, "false", Running),
        (r#""in_progress ""#, "false", Running),
        (r#""COMPLETED""#, "true", Cancelled),
        (r#""Failed""#, "false", Failed),
        (r#""running""#, "false", Unknown),
        (r#""cancelled""#, "true", Unknown),
        (r#""""#, "false", Unknown),
        ("null", "true", Unknown),
        (r#"["in_progress"]"#, "false", Unknown),
        (r#"{"in_progress":true}"#, "false", Unknown),
        ("0", "false", Unknown),
    ] {
        let job = job(&format!(r#"{{"overall_status":{status},"abort":{abort}}}"#));
        assert_eq!(job.status(), standing, "{status} {abort}");
        assert_eq!(standing.is_running(), matches!(standing, Running | Cancelling));
        assert_eq!(standing.is_derived(), matches!(standing, Cancelled | Cancelling));
        assert_eq!(standing.label().is_none(), standing == Unknown);
    }
    assert_eq!(job("{}").status(), Unknown);
    assert_eq!(job(r#"{"overall_status":"in_progress"}"#).status(), Running);
}

/// The job with `members` ended `ended` ms after its start, and took `took` ms as seen `now` ms
/// after its start.
fn check_times(members: &str, now: i64, ended: Option<i64>, took: Option<i64>) {
    let job = job(&format!("{{{members}}}"));
    let start = "2024-02-06T09:00:00Z".parse::<Timestamp>().expect("a time");
    assert_eq!(job.ended_at().map(|end| end.ms_since(start)), ended, "the end of {members}");
    let now = Timestamp::from_ms(start.as_ms() + now);
    assert_eq!(job.duration().ms(now), took, "the duration of {members}");
}

#[test]
fn duration_of_an_ended_job_is_from_its_start_to_its_end() {
    let created = r#""createdAt":"2024-02-06T09:00:00Z""#;
    for (members, ended, took) in [
        (
            r#""overall_status":"completed","completed_at":"2024-02-06T09:00:04.5Z","updatedAt":"2024-02-06T10:00:00Z""#,
            Some(4_500),
            Some(4_500),
        ),
        (
            r#""overall_status":"completed","updatedAt":"2024-02-06T09:00:05Z""#,
            Some(5_000),
            Some(5_000),
        ),
        (
            r#""overall_status":"completed","completed_at":null,"updatedAt":"2024-02-06T09:00:05Z""#,
            Some(5_000),
            Some(5_000),
        ),
        (
            r#""overall_status":"failed","completed_at":"soon","updatedAt":"2024-02-06T09:00:05Z""#,
            Some(5_000),
            Some(5_000),
        ),
        // It may still run.
        (r#""overall_status":"paused","updatedAt":"2024-02-06T09:00:05Z""#, None, None),
        (r#""overall_status":"completed""#, None, None),
        (r#""updatedAt":"2024-02-06T09:00:05Z""#, None, None),
        (r#""completed_at":"2024-02-06T09:00:05Z""#, Some(5_000), Some(5_000)),
        // An end before the start gives no duration.
        (
            r#""overall_status":"completed","completed_at":"2024-02-06T08:59:59Z""#,
            Some(-1_000),
            None,
        ),
    ] {
        check_times(&format!("{created},{members}"), 9_000, ended, took);
    }
    check_times(
        r#""overall_status":"completed","completed_at":"2024-02-06T09:00:05Z""#,
        0,
        Some(5_000),
        None,
    );
    check_times(r#""createdAt":"yesterday","overall_status":"in_progress""#, 0, None, None);
}

#[test]
fn duration_of_a_running_job_is_from_its_start_to_now() {
    let running = r#""createdAt":"2024-02-06T09:00:00Z","overall_status":"in_progress""#;
    for (members, now, took) in [
        ("", 9_000, 9_000),
        (r#","updatedAt":"2024-02-06T09:00:04Z""#, 9_000, 9_000),
        // The browser's clock is behind: the last sign of life counts.
        (r#","updatedAt":"2024-02-06T09:00:04Z""#, 1_000, 4_000),
        (r#","updatedAt":"2024-02-06T09:00:04Z""#, -99_000, 4_000),
        ("", -99_000, 0),
        (r#","abort":true"#, 9_000, 9_000),
        // A running job has not ended, whatever the member contains.
        (r#","completed_at":"0001-01-01T00:00:00Z""#, 9_000, 9_000),
        (r#","completed_at":"2024-02-06T09:00:01Z""#, 9_000, 9_000),
    ] {
        check_times(&format!("{running}{members}"), now, None, Some(took));
    }
}

#[test]
fn durations_of_the_samples_follow_their_members() {
    for (name, ms) in [
        ("aws-bulk-get", 412),
        ("aws-sync-get", 3_940),
        ("azure-bulk-get", 32),
        ("google-update-all-versions-get", 4_139),
    ] {
        let body =
            std::fs::read_to_string(format!("tests/data/samples/{name}.json")).expect("a sample");
        assert_eq!(job(&body).duration().ms(Timestamp::from_ms(0)), Some(ms), "{name}");
    }
}

/// Asserts that a job of the family at `path` that was requested for `requested` and reports `detail` has not
/// reported `missing`, which keep their positions in the request.
fn check_unreported(path: &str, requested: &str, detail: &str, missing: &[&str]) {
    let family = family(path);
    let job = job(&format!(r#"{{{requested},"detailed_status":{detail}}}"#));
    let unreported = job.unreported(family);
    assert!(unreported.is_sorted_by_key(|(before, _)| *before));
    let names: Vec<&str> = unreported.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, missing, "{path}: {requested} {detail}");
    let items = job.clone().with_unreported(family).items;
    assert_eq!(items.len(), job.items.len() + missing.len());
    assert_eq!(items.count(ItemStatus::Unreported), missing.len());
    let is_reported = |index: &usize| {
        let text = items.text(*index).unwrap();
        text.status != ItemStatus::Unreported
    };
    let reported = (0..items.len()).filter(is_reported);
    let reported: Vec<&str> = reported.map(|index| items.name(index)).collect();
    assert_eq!(reported, job.items.names().collect::<Vec<_>>());
}

/// The items of an AWS bulk job of the keys `requested`, of which `reported` are reported, in order.
fn check_positions(requested: &[&str], reported: &[&str], positions: &[&str]) {
    let reported: Vec<String> =
        reported.iter().map(|name| format!(r#""{name}":"Success""#)).collect();
    let body = format!(r#"{{"keys":{requested:?},"detailed_status":{{{}}}}}"#, reported.join(","));
    let items = job(&body).with_unreported(family("aws/bulkjob")).items;
    assert_eq!(items.names().collect::<Vec<_>>(), positions, "{body}");
}

#[test]
fn unreported_items_keep_their_positions_in_the_request() {
    let requested = ["a", "b", "c", "d"];
    for (reported, positions) in [
        (&[][..], ["a", "b", "c", "d"]),
        (&["a"], ["a", "b", "c", "d"]),
        (&["c"], ["a", "b", "c", "d"]),
        (&["b", "d"], ["a", "b", "c", "d"]),
        (&["d"], ["a", "b", "c", "d"]),
        // As received comes first: c was, and a behind it.
        (&["c", "a"], ["b", "c", "a", "d"]),
        (&["d", "c", "b", "a"], ["d", "c", "b", "a"]),
    ] {
        check_positions(&requested, reported, &positions);
    }
    check_positions(&requested, &["x", "c"], &["x", "a", "b", "c", "d"]);
    check_positions(&["a", "a", "b"], &["b"], &["a", "a", "b"]);
    // A name that was requested twice counts at its first position, if the job reports in order.
    check_positions(&["b", "a", "b"], &["b"], &["b", "a"]);
    check_positions(&["b", "a", "b"], &["x", "b"], &["x", "b", "a"]);
    check_positions(&["c", "b", "a", "b"], &["b"], &["c", "a", "b"]);
}

#[test]
fn names_requested_and_not_reported_are_listed() {
    for (requested, detail, missing) in [
        (r#""keys":["a","b"]"#, r#"{"a":"Success","b":"Success"}"#, &[][..]),
        (r#""keys":["a","b"]"#, r#"{"b":"Success"}"#, &["a"]),
        (r#""keys":["c","b","a"]"#, r#"{"b":"Success","x":"Success"}"#, &["c", "a"]),
        // Nothing reported yet, or nothing that could be.
        (r#""keys":["a","b"]"#, "{}", &["a", "b"]),
        (r#""keys":["a","b"]"#, "null", &["a", "b"]),
        // The items are named in another way, so nothing can be compared.
        (r#""keys":["a","b"]"#, r#"{"x":"Success"}"#, &[]),
        (r#""keys":["A"]"#, r#"{"a":"Success"}"#, &[]),
        // Nothing requested, or not as a list of names.
        (r#""keys":[]"#, r#"{"a":"Success"}"#, &[]),
        (r#""keys":null"#, "{}", &[]),
        (r#""keys":"a""#, "{}", &[]),
        (r#""keys":[{"id":"a"}]"#, "{}", &[]),
        (r#""regions":["a"]"#, "{}", &[]),
        (r#""keys":[1,2]"#, r#"{"1":"Success"}"#, &["2"]),
    ] {
        check_unreported("aws/bulkjob", requested, detail, missing);
    }
}

#[test]
fn regions_match_the_last_segment_of_the_item_name() {
    for (requested, detail, missing) in [
        (
            r#""regions":["eu-west-1","ap-south-1"]"#,
            r#"{"123/eu-west-1":"in_progress"}"#,
            &["ap-south-1"][..],
        ),
        (r#""regions":["eu-west-1"]"#, r#"{"123/eu-west-1":"x","456/eu-west-1":"y"}"#, &[]),
        (r#""regions":["west-1","eu-west-1"]"#, r#"{"123/eu-west-1":"x"}"#, &["west-1"]),
        (r#""regions":["a","b"]"#, r#"{"a":"x"}"#, &["b"]),
        (r#""regions":["a","b"]"#, r#"{"1/2/b":"x"}"#, &["a"]),
        (r#""regions":["a","b"]"#, "{}", &["a", "b"]),
        (r#""regions":["all"]"#, r#"{"123/eu-west-1":"x"}"#, &[]),
        (r#""keys":["a"],"kms":["k"]"#, r#"{"123/eu-west-1":"x"}"#, &[]),
    ] {
        check_unreported("aws/synchronization-jobs", requested, detail, missing);
    }
}

#[test]
fn key_rings_match_their_full_name() {
    let path = "google/synchronization-jobs";
    let rings =
        r#""key_rings":["projects/p/locations/l/keyRings/a","projects/p/locations/l/keyRings/b"]"#;
    let detail = r#"{"projects/p/locations/l/keyRings/a":"in_progress"}"#;
    check_unreported(path, rings, detail, &["projects/p/locations/l/keyRings/b"]);
    check_unreported(path, r#""key_rings":["a","b"]"#, detail, &[]);
}

#[test]
fn family_without_requested_names_has_nothing_unreported() {
    for path in ["azure/bulkjobs", "google/update-all-versions-jobs"] {
        let requested =
            r#""keys":["a"],"regions":["b"],"key_rings":["c"],"key_id":"d","version_count":2"#;
        check_unreported(path, requested, r#"{"completed":["1"]}"#, &[]);
    }
}
