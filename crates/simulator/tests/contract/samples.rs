//! The documented samples are there, as printed.

use cckm_simulator::http::Request;
use serde_json::Value;

use crate::client::Client;

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
    (
        "google/synchronization-jobs",
        include_str!("../../samples/google-sync-list.json"),
    ),
];

/// JSON text without the white space between its parts.
fn compact(text: &str) -> String {
    let mut quoted = false;
    let keep = |character: &char| {
        quoted ^= *character == '"';
        quoted || !character.is_whitespace()
    };
    text.chars().filter(keep).collect()
}

#[test]
fn each_sample_is_answered_member_for_member_as_printed() {
    for (path, printed) in SAMPLES {
        let mut client = Client::admin();
        let response = client.raw(Request::new("GET", &format!("/api/v1/cckm/{path}")));
        assert_eq!(response.status, 200, "{path}");
        let text = String::from_utf8(response.body).unwrap();
        assert_eq!(compact(&text), compact(printed), "{path}");
    }
}

#[test]
fn the_listed_google_job_has_a_detail_too() {
    let mut client = Client::admin();
    let list = client.read("google/synchronization-jobs");
    let job = client.read("google/synchronization-jobs/1f1d1b1b-a17c-486f-b864-db894af6efac");
    assert_eq!(job, list["resources"][0]);
    assert_eq!(job["overall_status"], "in_progress");
}

#[test]
fn each_sample_that_can_be_listed_is_listed() {
    for (path, _) in SAMPLES {
        let Some((family, id)) = path
            .rsplit_once('/')
            .filter(|(family, _)| family.contains('/'))
        else {
            continue;
        };
        if !family.contains("versions") {
            assert_eq!(Client::admin().ids(family), [id]);
        }
    }
}

#[test]
fn what_the_simulator_writes_has_the_members_and_order_of_the_samples() {
    // Cancelling makes the simulator write the job itself; only `abort` may differ.
    for (path, printed) in &SAMPLES[..3] {
        let mut client = Client::admin();
        let target = format!("/api/v1/cckm/{path}/cancel");
        let response = client.raw(Request::new("POST", &target));
        let text = String::from_utf8(response.body).unwrap();
        let aborted = compact(printed).replace("\"abort\":false", "\"abort\":true");
        assert_eq!(compact(&text), aborted, "{path}");
    }
}

#[test]
fn the_stuck_sample_can_be_cancelled() {
    let path = "google/synchronization-jobs/1f1d1b1b-a17c-486f-b864-db894af6efac";
    let mut client = Client::admin();
    let (status, job) = client.post(&format!("{path}/cancel"), &Value::Null);
    assert_eq!(status, 200);
    assert_eq!(
        (&job["abort"], &job["overall_status"]),
        (&true.into(), &"in_progress".into())
    );
    client.later(10);
    assert_eq!(client.read(path)["overall_status"], "completed");
}
