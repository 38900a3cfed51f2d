//! What a job says as a whole: how it stands, how long it took, what it has not reported.
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

/// Runs of schedules have `status` and its own words (CONTRACT.md 3, family 19).
#[test]
fn a_run_stands_as_its_status_says() {
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
    // These are no words for jobs.
    let both = job(r#"{"status":"scheduled","overall_status":"aborted"}"#);
    assert_eq!(both.status(), Unknown);
}

#[test]
fn a_job_stands_as_its_two_members_say() {
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
        // Only `true` is a cancellation, only the exact word is known.
        (r#""in_progress""#, "null", Running),
        (r#""in_progress""#, r#""true""#, Running),
        (r#""completed""#, "1", Completed),
        (r#""in\u005fprogress""#, "false", Running),
        (r#""In_Progress""#, "false", Unknown),
        (r#""in_progress ""#, "false", Unknown),
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
fn a_job_that_ended_took_as_long_as_it_says() {
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
        (
            r#""overall_status":"paused","updatedAt":"2024-02-06T09:00:05Z""#,
            Some(5_000),
            Some(5_000),
        ),
        (r#""overall_status":"completed""#, None, None),
        (r#""updatedAt":"2024-02-06T09:00:05Z""#, None, None),
        (r#""completed_at":"2024-02-06T09:00:05Z""#, Some(5_000), Some(5_000)),
        // An end before the start tells of no time.
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
fn a_running_job_takes_as_long_as_it_has_run() {
    let running = r#""createdAt":"2024-02-06T09:00:00Z","overall_status":"in_progress""#;
    for (members, now, took) in [
        ("", 9_000, 9_000),
        (r#","updatedAt":"2024-02-06T09:00:04Z""#, 9_000, 9_000),
        // The browser's clock is behind: the last sign of life counts.
        (r#","updatedAt":"2024-02-06T09:00:04Z""#, 1_000, 4_000),
        (r#","updatedAt":"2024-02-06T09:00:04Z""#, -99_000, 4_000),
        ("", -99_000, 0),
        (r#","abort":true"#, 9_000, 9_000),
        // While it runs it has not ended, whatever stands there.
        (r#","completed_at":"0001-01-01T00:00:00Z""#, 9_000, 9_000),
        (r#","completed_at":"2024-02-06T09:00:01Z""#, 9_000, 9_000),
    ] {
        check_times(&format!("{running}{members}"), now, None, Some(took));
    }
}

#[test]
fn the_samples_took_as_long_as_they_say() {
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

/// In a job of the family at `path`, `asked` for and `detail` reported, `missing` is unreported,
/// and stands among the items where the question has it.
fn check_unreported(path: &str, asked: &str, detail: &str, missing: &[&str]) {
    let family = family(path);
    let job = job(&format!(r#"{{{asked},"detailed_status":{detail}}}"#));
    let unreported = job.unreported(family);
    assert!(unreported.is_sorted_by_key(|(before, _)| *before));
    let names: Vec<&str> = unreported.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(names, missing, "{path}: {asked} {detail}");
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

/// The items of an AWS bulk job of the keys `asked`, of which `reported` are reported, in order.
fn check_places(asked: &[&str], reported: &[&str], places: &[&str]) {
    let reported: Vec<String> =
        reported.iter().map(|name| format!(r#""{name}":"Success""#)).collect();
    let body = format!(r#"{{"keys":{asked:?},"detailed_status":{{{}}}}}"#, reported.join(","));
    let items = job(&body).with_unreported(family("aws/bulkjob")).items;
    assert_eq!(items.names().collect::<Vec<_>>(), places, "{body}");
}

#[test]
fn items_keep_the_places_that_the_question_gave_them() {
    let asked = ["a", "b", "c", "d"];
    for (reported, places) in [
        (&[][..], ["a", "b", "c", "d"]),
        (&["a"], ["a", "b", "c", "d"]),
        (&["c"], ["a", "b", "c", "d"]),
        (&["b", "d"], ["a", "b", "c", "d"]),
        (&["d"], ["a", "b", "c", "d"]),
        // As received comes first: c was, and a behind it.
        (&["c", "a"], ["b", "c", "a", "d"]),
        (&["d", "c", "b", "a"], ["d", "c", "b", "a"]),
    ] {
        check_places(&asked, reported, &places);
    }
    check_places(&asked, &["x", "c"], &["x", "a", "b", "c", "d"]);
    check_places(&["a", "a", "b"], &["b"], &["a", "a", "b"]);
    // A name that was requested twice stands for its first position, if the job reports in order.
    check_places(&["b", "a", "b"], &["b"], &["b", "a"]);
    check_places(&["b", "a", "b"], &["x", "b"], &["x", "b", "a"]);
    check_places(&["c", "b", "a", "b"], &["b"], &["c", "a", "b"]);
}

#[test]
fn what_was_asked_for_and_not_reported_is_told() {
    for (asked, detail, missing) in [
        (r#""keys":["a","b"]"#, r#"{"a":"Success","b":"Success"}"#, &[][..]),
        (r#""keys":["a","b"]"#, r#"{"b":"Success"}"#, &["a"]),
        (r#""keys":["c","b","a"]"#, r#"{"b":"Success","x":"Success"}"#, &["c", "a"]),
        // Nothing reported yet, or nothing that could be.
        (r#""keys":["a","b"]"#, "{}", &["a", "b"]),
        (r#""keys":["a","b"]"#, "null", &["a", "b"]),
        // Named in another way: nothing can be told.
        (r#""keys":["a","b"]"#, r#"{"x":"Success"}"#, &[]),
        (r#""keys":["A"]"#, r#"{"a":"Success"}"#, &[]),
        // Nothing asked for, or not as a list of names.
        (r#""keys":[]"#, r#"{"a":"Success"}"#, &[]),
        (r#""keys":null"#, "{}", &[]),
        (r#""keys":"a""#, "{}", &[]),
        (r#""keys":[{"id":"a"}]"#, "{}", &[]),
        (r#""regions":["a"]"#, "{}", &[]),
        (r#""keys":[1,2]"#, r#"{"1":"Success"}"#, &["2"]),
    ] {
        check_unreported("aws/bulkjob", asked, detail, missing);
    }
}

#[test]
fn regions_are_found_behind_their_account() {
    for (asked, detail, missing) in [
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
        check_unreported("aws/synchronization-jobs", asked, detail, missing);
    }
}

#[test]
fn key_rings_are_found_by_their_whole_name() {
    let path = "google/synchronization-jobs";
    let rings =
        r#""key_rings":["projects/p/locations/l/keyRings/a","projects/p/locations/l/keyRings/b"]"#;
    let detail = r#"{"projects/p/locations/l/keyRings/a":"in_progress"}"#;
    check_unreported(path, rings, detail, &["projects/p/locations/l/keyRings/b"]);
    check_unreported(path, r#""key_rings":["a","b"]"#, detail, &[]);
}

#[test]
fn where_nothing_is_asked_for_by_name_nothing_is_missing() {
    for path in ["azure/bulkjobs", "google/update-all-versions-jobs"] {
        let asked =
            r#""keys":["a"],"regions":["b"],"key_rings":["c"],"key_id":"d","version_count":2"#;
        check_unreported(path, asked, r#"{"completed":["1"]}"#, &[]);
    }
}
