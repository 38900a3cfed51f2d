//! Decoding of documented answers of the job APIs: each sample, each member, each item.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;

use cckm_core::api::decode;
use cckm_core::api::error::ApiError;
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::page::JobPage;

fn fixture(name: &str) -> Vec<u8> {
    fs::read(format!("tests/data/{name}.json")).expect("a fixture")
}

fn job(name: &str) -> Job {
    decode::job(&fixture(name)).expect("a job")
}

fn page(name: &str) -> JobPage {
    decode::job_page(&fixture(name)).expect("a page")
}

/// Asserts that `job` has exactly `members`, in order and as displayed, and exactly `items`, each with its text and
/// status.
fn check(job: &Job, members: &[(&str, &str)], items: &[(&str, &str, ItemStatus)]) {
    let names: Vec<&str> = job.members.iter().map(|m| m.name.as_str()).collect();
    let expected: Vec<&str> = members.iter().map(|&(name, _)| name).collect();
    assert_eq!(names, expected);
    for &(name, shown) in members {
        assert_eq!(job.text(name).as_deref(), Some(shown), "{name}");
    }
    assert_eq!(job.unexpected_detail, None);
    let read: Vec<(&str, &str, ItemStatus)> = (0..job.items.len())
        .map(|index| {
            let text = job.items.text(index).expect("an item has a text");
            (job.items.name(index), &*text.text, text.status)
        })
        .collect();
    assert_eq!(read, items);
}

#[test]
fn aws_bulk_job_is_decoded() {
    let job = job("samples/aws-bulk-get");
    check(
        &job,
        &[
            ("id", "e612b64f-6364-48ce-92ec-c6dd608d7ad0"),
            ("uri", "kylo:kylo:cckm:bulkjob:e612b64f-6364-48ce-92ec-c6dd608d7ad0"),
            ("account", "kylo:kylo:admin:accounts:kylo"),
            ("createdAt", "2023-02-10T08:19:48.558869Z"),
            ("updatedAt", "2023-02-10T08:19:48.970377Z"),
            ("completed_at", "2023-02-10T08:19:48.970204Z"),
            ("overall_status", "completed"),
            ("abort", "false"),
            ("cloud", "aws"),
            ("keys", "2387500d-bcac-4055-a48d-19592c3332ff, 2387500d-bcac-4055-a48d-19592c3332fg"),
            ("operation", "enablekey"),
        ],
        &[
            ("2387500d-bcac-4055-a48d-19592c3332ff", "Success", ItemStatus::Done),
            ("2387500d-bcac-4055-a48d-19592c3332fg", "Success", ItemStatus::Done),
        ],
    );
    assert_eq!(job.items.texts().len(), 1);
    assert_eq!(job.items.texts()[0].count, 2);
}

#[test]
fn aws_synchronization_is_decoded() {
    check(
        &job("samples/aws-sync-get"),
        &[
            ("id", "afef70ff-311e-46c1-8ead-e1999e8c6d46"),
            ("uri", "kylo:kylo:cckm:synchronize:afef70ff-311e-46c1-8ead-e1999e8c6d46"),
            ("account", "kylo:kylo:admin:accounts:kylo"),
            ("application", "ncryptify:gemalto:admin:apps:kylo"),
            ("devAccount", "ncryptify:gemalto:admin:accounts:gemalto"),
            ("createdAt", "2020-11-05T06:38:25.308834Z"),
            ("updatedAt", "2020-11-05T06:38:29.248338Z"),
            ("completed_at", "2020-11-05T06:38:29.248173Z"),
            ("overall_status", "completed"),
            ("cloud", "aws"),
            ("regions", "ap-south-1"),
            ("kms", "kms"),
            ("abort", "false"),
        ],
        &[("123456789012/ap-south-1", "region synchronized successfully", ItemStatus::Done)],
    );
}

#[test]
fn azure_bulk_job_is_decoded() {
    check(
        &job("samples/azure-bulk-get"),
        &[
            ("id", "ee4482eb-0b97-4702-8ef6-7e86df66eaa5"),
            ("uri", "kylo:kylo:cckm:azure-bulkjob:ee4482eb-0b97-4702-8ef6-7e86df66eaa5"),
            ("account", "kylo:kylo:admin:accounts:kylo"),
            ("createdAt", "2024-02-06T09:22:54.517569Z"),
            ("updatedAt", "2024-02-06T09:22:54.549719Z"),
            ("completed_at", "2024-02-06T09:22:54.54953Z"),
            ("overall_status", "completed"),
            ("abort", "false"),
            ("cloud", "AzureCloud"),
            ("operation", "delete-key-backups"),
        ],
        &[("f60070f8-5ef8-4685-9121-9ca732cffcbd", "Success", ItemStatus::Done)],
    );
}

#[test]
fn google_update_of_all_versions_is_decoded() {
    let job = job("samples/google-update-all-versions-get");
    check(
        &job,
        &[
            ("id", "778a1024-dc18-49cb-833b-cfd6c000c090"),
            ("uri", "kylo:kylo:cckm:update_all_versions:778a1024-dc18-49cb-833b-cfd6c000c090"),
            ("account", "kylo:kylo:admin:accounts:kylo"),
            ("createdAt", "2021-05-05T07:33:44.183784Z"),
            ("updatedAt", "2021-05-05T07:33:48.323112Z"),
            ("completed_at", "2021-05-05T07:33:48.322905Z"),
            ("overall_status", "completed"),
            ("job_id", "778a1024-dc18-49cb-833b-cfd6c000c090"),
            ("key_id", "ecc73bfb-7605-4263-abb8-84fe431d35fb"),
            ("version_count", "2"),
            ("operation", "disable"),
            ("abort", "false"),
        ],
        &[
            ("completed", "2, 1", ItemStatus::List),
            (
                "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring/cryptoKeys/doc-test",
                "Successfully updated all key versions state.",
                ItemStatus::Done,
            ),
        ],
    );
    let versions = job.items.text(0).and_then(|text| text.list.as_deref());
    assert_eq!(versions, Some(&["2".to_owned(), "1".to_owned()][..]));
}

#[test]
fn google_page_is_decoded() {
    let page = page("samples/google-sync-list");
    assert!(page.has_resources && page.has_running());
    let numbers = ["skip", "limit", "total", "resources"].map(|name| page.number(name));
    assert_eq!(numbers, [Some(0), Some(10), Some(1), None]);
    assert_eq!(page.members.len(), 3);
    assert_eq!(page.ids(), ["1f1d1b1b-a17c-486f-b864-db894af6efac"]);
    let ring = "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring";
    check(
        &page.jobs[0],
        &[
            ("id", "1f1d1b1b-a17c-486f-b864-db894af6efac"),
            ("uri", "kylo:kylo:cckm:synchronize:1f1d1b1b-a17c-486f-b864-db894af6efac"),
            ("account", "kylo:kylo:admin:accounts:kylo"),
            ("application", "ncryptify:gemalto:admin:apps:kylo"),
            ("devAccount", "ncryptify:gemalto:admin:accounts:gemalto"),
            ("createdAt", "2021-05-05T08:36:36.676642Z"),
            ("updatedAt", "2021-05-05T08:36:47.779786Z"),
            ("overall_status", "in_progress"),
            ("cloud", "gcp"),
            ("key_rings", ring),
            ("abort", "false"),
        ],
        &[(ring, "in_progress", ItemStatus::Running)],
    );
}

#[test]
fn undocumented_members_and_types_are_preserved() {
    let job = job("wire/unforeseen");
    for (name, raw, shown) in [
        ("overall_status", "\"paused_by_quorum\"", Some("paused_by_quorum")),
        ("abort", "\"true\"", Some("true")),
        (
            "version_count",
            "123456789012345678901234567890.50",
            Some("123456789012345678901234567890.50"),
        ),
        ("tiny", "-1.0e-999", Some("-1.0e-999")),
        ("keys", "[1, \"2\", 3.0]", Some("1, 2, 3.0")),
        ("regions", "[\"a\", null]", Some("[\"a\", null]")),
        ("cloud", "{\"name\": \"aws\"}", Some("{\"name\": \"aws\"}")),
        ("operation", "null", None),
        ("__proto__", "{\"polluted\": true}", Some("{\"polluted\": true}")),
        ("", "\"no name\"", Some("no name")),
        ("naïve 🔑", "true", Some("true")),
    ] {
        assert_eq!(job.raw(name), Some(raw), "{name}");
        assert_eq!(job.text(name).as_deref(), shown, "{name}");
    }
    assert_eq!(job.members.len(), 11);
    assert!(!job.is_abort_requested() && !job.status().is_running());
}

#[test]
fn items_of_every_type_keep_order_and_repetitions() {
    let job = job("wire/items");
    check(
        &job,
        &[("overall_status", "completed")],
        &[
            ("b", "Success", ItemStatus::Done),
            ("a", "in_progress", ItemStatus::Running),
            ("b", "AccessDenied: no", ItemStatus::Failed),
            ("completed", "10, 9", ItemStatus::List),
            ("failed", "8", ItemStatus::List),
            ("odd list", "[\"1\", {}]", ItemStatus::Other),
            ("null", "null", ItemStatus::Other),
            ("true", "true", ItemStatus::Other),
            ("number", "12345678901234567890123", ItemStatus::Other),
            ("object", "{\"state\": \"Success\"}", ItemStatus::Other),
            ("", "\"\"", ItemStatus::Other),
            ("tab\tand \"quote\" / 🔑 é", "line\nbreak 🔑", ItemStatus::Other),
            ("__proto__", "Success", ItemStatus::Done),
            ("b", "Success", ItemStatus::Done),
        ],
    );
    assert_eq!(job.items.count(ItemStatus::Done), 3);
}

#[test]
fn wrapped_answer_keeps_the_members_beside_the_wrapper() {
    let page = page("wire/wrapped-list");
    assert_eq!(page.number("total"), Some(1));
    assert_eq!(page.ids(), ["x"]);
    assert_eq!(page.jobs[0].items.name(0), "dom");
    let job = decode::job(
        br#"{"a":1,"application/json":{"id":"x","detailed_status":{"k":"Success"}},"z":2}"#,
    );
    let job = job.expect("a wrapped job");
    check(&job, &[("a", "1"), ("id", "x"), ("z", "2")], &[("k", "Success", ItemStatus::Done)]);
}

#[test]
fn repeated_member_counts_last_and_keeps_all() {
    let body = br#"{"id":"x","id":"y","detailed_status":{"a":"1"},"detailed_status":{"b":"2"}}"#;
    let job = decode::job(body).expect("a job");
    assert_eq!(job.id().as_deref(), Some("y"));
    let raws: Vec<&str> = job.members.iter().map(|member| member.raw.as_str()).collect();
    assert_eq!(raws, ["\"x\"", "\"y\""]);
    assert_eq!(job.items.names().collect::<Vec<_>>(), ["a", "b"]);
}

#[test]
fn page_without_rows_differs_from_page_without_resources() {
    for (body, jobs, has_resources) in [
        (r#"{"total":0,"resources":[]}"#, 0, true),
        (r#"{"total":0,"resources":null}"#, 0, true),
        (r#"{"resources":null}"#, 0, true),
        (r#"{"total":7}"#, 0, false),
        (r#"{"resources":[{},{}]}"#, 2, true),
    ] {
        let page = decode::job_page(body.as_bytes()).expect("a page");
        assert_eq!((page.jobs.len(), page.has_resources), (jobs, has_resources), "{body}");
    }
}

#[test]
fn object_without_members_of_a_job_or_page_is_unreadable() {
    for body in ["{}", r#"{"message":"starting"}"#, r#"{"application/json":{}}"#] {
        for error in [decode::job(body.as_bytes()).err(), decode::job_page(body.as_bytes()).err()] {
            assert!(matches!(error, Some(ApiError::Unreadable { .. })), "{body}");
        }
    }
    for body in [
        r#"{"id":null}"#,
        r#"{"overall_status":"done"}"#,
        r#"{"detailed_status":{"a":"Success"}}"#,
        r#"{"detailed_status":"odd"}"#,
    ] {
        assert!(decode::job(body.as_bytes()).is_ok(), "{body}");
    }
}

#[test]
fn number_of_a_page_is_a_non_negative_integer_or_none() {
    for (raw, number) in [
        ("0", Some(0)),
        ("1234567", Some(1_234_567)),
        ("-1", None),
        ("1.0", None),
        ("1e3", None),
        ("\"7\"", None),
        ("null", None),
        ("[7]", None),
        ("99999999999999999999999999", None),
    ] {
        let body = format!(r#"{{"total":{raw},"resources":[]}}"#);
        let page = decode::job_page(body.as_bytes()).expect("a page");
        assert_eq!(page.number("total"), number, "{raw}");
        assert_eq!(page.members[0].raw, raw);
    }
}

#[test]
fn job_of_a_hundred_thousand_items_has_exact_counts() {
    let texts = ["Success", "in_progress", "AccessDenied: not yours", "scheduled"];
    let items: Vec<String> =
        (0..100_000).map(|n| format!("\"key-{n}\":\"{}\"", texts[n % 1_000 % 7 % 4])).collect();
    let body = format!(r#"{{"id":"big","detailed_status":{{{}}}}}"#, items.join(","));
    let job = decode::job(body.as_bytes()).expect("a job");
    assert_eq!(job.items.len(), 100_000);
    assert_eq!(job.items.name(99_999), "key-99999");
    for (text, status) in texts.iter().zip([
        ItemStatus::Done,
        ItemStatus::Running,
        ItemStatus::Failed,
        ItemStatus::Other,
    ]) {
        let expected = (0..100_000).filter(|n| texts[n % 1_000 % 7 % 4] == *text).count();
        assert_eq!(job.items.count(status), expected, "{text}");
    }
    assert_eq!(job.items.texts().len(), 4);
}
