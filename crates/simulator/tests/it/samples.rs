//! The documented samples are returned as printed.

use serde_json::Value;

use crate::support::{Client, request};

const SAMPLES: &[(&str, &str)] = &[
    (
        "aws/bulkjob/e612b64f-6364-48ce-92ec-c6dd608d7ad0",
        include_str!("../../samples/aws-bulk-get.json"),
    ),
    (
        "aws/synchronization-jobs/afef70ff-311e-46c1-8ead-e1999e8c6d46",
        include_str!("../../samples/aws-sync-get.json"),
    ),
    (
        "azure/bulkjobs/ee4482eb-0b97-4702-8ef6-7e86df66eaa5",
        include_str!("../../samples/azure-bulk-get.json"),
    ),
    (
        "google/update-all-versions-jobs/778a1024-dc18-49cb-833b-cfd6c000c090",
        include_str!("../../samples/google-update-all-versions-get.json"),
    ),
    ("google/synchronization-jobs", include_str!("../../samples/google-sync-list.json")),
];

const STALLED: &str = "google/synchronization-jobs/1f1d1b1b-a17c-486f-b864-db894af6efac";

/// JSON text without the white space between its parts.
fn compact(text: &str) -> String {
    let mut quoted = false;
    let keep = |character: &char| {
        quoted ^= *character == '"';
        quoted || !character.is_whitespace()
    };
    text.chars().filter(keep).collect()
}

fn text(method: &str, path: &str) -> String {
    let response = Client::admin().raw(request(method, &format!("/api/v1/cckm/{path}"), ""));
    assert_eq!(response.status(), 200, "{path}");
    String::from_utf8(response.into_body()).unwrap()
}

#[test]
fn each_sample_is_returned_member_for_member_as_printed() {
    for (path, printed) in SAMPLES {
        assert_eq!(compact(&text("GET", path)), compact(printed), "{path}");
    }
}

#[test]
fn generated_text_has_the_members_and_order_of_the_samples() {
    // After a cancellation the simulator writes the job itself; only `abort` may differ.
    for (path, printed) in &SAMPLES[..3] {
        let cancelled = compact(&text("POST", &format!("{path}/cancel")));
        let expected = compact(printed).replace("\"abort\":false", "\"abort\":true");
        assert_eq!(cancelled, expected, "{path}");
    }
}

#[test]
fn listable_samples_are_listed() {
    for (path, _) in &SAMPLES[..3] {
        let (family, id) = path.rsplit_once('/').unwrap();
        assert_eq!(Client::admin().ids(family), [id]);
    }
    let mut client = Client::admin();
    let list = client.read("google/synchronization-jobs");
    assert_eq!(client.read(STALLED), list["resources"][0]);
}

#[test]
fn stalled_sample_can_be_cancelled() {
    let mut client = Client::admin();
    assert_eq!(client.read(STALLED)["overall_status"], "in_progress");
    let (status, job) = client.post(&format!("{STALLED}/cancel"), &Value::Null);
    assert_eq!((status, &job["abort"]), (200, &true.into()));
    assert_eq!(job["overall_status"], "in_progress");
    client.advance(10);
    assert_eq!(client.read(STALLED)["overall_status"], "completed");
}
