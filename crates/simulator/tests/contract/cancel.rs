//! Cancelling, CONTRACT.md 2.3 and 9.

use serde_json::{Value, json};

use crate::client::Client;

const SYNC: &str = "aws/synchronization-jobs";

fn started() -> (Client, String) {
    let mut client = Client::admin();
    let regions = ["us-east-1", "us-east-2", "eu-west-1", "eu-west-2"];
    let (_, job) = client.post(SYNC, &json!({"kms": ["kms"], "regions": regions}));
    let path = format!("{SYNC}/{}", job["id"].as_str().unwrap());
    (client, path)
}

fn cancel(client: &mut Client, path: &str) -> (u16, Value) {
    client.post(&format!("{path}/cancel"), &Value::Null)
}

#[test]
fn a_running_job_is_aborted_at_once_and_settles_as_completed() {
    let (mut client, path) = started();
    client.later(5);
    let (status, job) = cancel(&mut client, &path);
    assert_eq!(status, 200);
    assert_eq!(
        (&job["abort"], &job["overall_status"]),
        (&true.into(), &"in_progress".into())
    );
    assert!(job.get("completed_at").is_none());
    client.later(3);
    let job = client.read(&path);
    assert_eq!(
        (&job["abort"], &job["overall_status"]),
        (&true.into(), &"completed".into())
    );
    assert!(job["completed_at"].is_string());
    let items = &job["detailed_status"];
    assert_eq!(
        items["123456789012/us-east-2"],
        "region synchronized successfully"
    );
    assert_eq!(items["123456789012/eu-west-1"], "aborted");
}

#[test]
fn cancelling_twice_changes_nothing_more() {
    let (mut client, path) = started();
    client.later(1);
    cancel(&mut client, &path);
    client.later(2);
    let (status, job) = cancel(&mut client, &path);
    assert_eq!(
        (status, &job["overall_status"]),
        (200, &"in_progress".into())
    );
    client.later(1);
    assert_eq!(client.read(&path)["overall_status"], "completed");
}

#[test]
fn a_finished_job_only_gets_the_flag() {
    let (mut client, path) = started();
    client.later(60);
    let before = client.read(&path);
    let (status, mut after) = cancel(&mut client, &path);
    assert_eq!((status, &after["abort"]), (200, &true.into()));
    after["abort"] = false.into();
    assert_eq!(after, before);
}

#[test]
fn a_finished_job_can_refuse() {
    let (mut client, path) = started();
    client.sim.behaviour.cancel_finished = false;
    client.later(60);
    assert_eq!(cancel(&mut client, &path).0, 409);
    assert_eq!(client.read(&path)["abort"], false);
}

#[test]
fn an_unknown_job_cannot_be_cancelled() {
    assert_eq!(cancel(&mut Client::admin(), "aws/bulkjob/none").0, 404);
}

#[test]
fn a_running_azure_bulk_job_cannot_be_deleted() {
    let mut client = Client::admin();
    let (_, job) = client.post(
        "azure/bulkjobs",
        &json!({"operation": "delete-key-backups"}),
    );
    let path = format!(
        "/api/v1/cckm/azure/bulkjobs/{}",
        job["id"].as_str().unwrap()
    );
    assert_eq!(client.send("DELETE", &path, None).0, 409);
    client.later(60);
    assert_eq!(client.send("DELETE", &path, None).0, 204);
    assert_eq!(client.send("DELETE", &path, None).0, 404);
}
