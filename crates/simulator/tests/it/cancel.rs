//! Cancelling and deleting (CONTRACT.md 2.3 and 9).

use serde_json::{Value, json};

use crate::support::Client;

const SYNC: &str = "aws/synchronization-jobs";

/// A client that has started a job of four regions, 2 s each, and the path of the job.
fn started() -> (Client, String) {
    let mut client = Client::admin();
    let regions = ["us-east-1", "us-east-2", "eu-west-1", "eu-west-2"];
    let (_, path) = client.start(SYNC, &json!({"kms": ["kms"], "regions": regions}));
    (client, path)
}

fn cancel(client: &mut Client, path: &str) -> (u16, Value) {
    client.post(&format!("{path}/cancel"), &Value::Null)
}

fn state(job: &Value) -> (bool, &str) {
    (job["abort"].as_bool().unwrap(), job["overall_status"].as_str().unwrap())
}

#[test]
fn cancelled_running_job_is_aborted_at_once_and_completes_3_seconds_later() {
    let (mut client, path) = started();
    client.advance(5);
    let (status, job) = cancel(&mut client, &path);
    assert_eq!((status, state(&job)), (200, (true, "in_progress")));
    assert!(job.get("completed_at").is_none());
    client.advance(3);
    let job = client.read(&path);
    assert_eq!(state(&job), (true, "completed"));
    assert!(job["completed_at"].is_string());
    let items = &job["detailed_status"];
    assert_eq!(items["123456789012/us-east-2"], "region synchronized successfully");
    assert_eq!(items["123456789012/eu-west-1"], "aborted");
}

#[test]
fn second_cancellation_does_not_postpone_the_end() {
    let (mut client, path) = started();
    client.advance(1);
    cancel(&mut client, &path);
    client.advance(2);
    let (status, job) = cancel(&mut client, &path);
    assert_eq!((status, state(&job)), (200, (true, "in_progress")));
    client.advance(1);
    assert_eq!(state(&client.read(&path)), (true, "completed"));
}

#[test]
fn cancelled_finished_job_only_gets_the_flag() {
    let (mut client, path) = started();
    client.advance(60);
    let before = client.read(&path);
    let (status, mut after) = cancel(&mut client, &path);
    assert_eq!((status, &after["abort"]), (200, &true.into()));
    after["abort"] = false.into();
    assert_eq!(after, before);
}

#[test]
fn cancelling_a_finished_job_is_409_if_so_configured() {
    let (mut client, path) = started();
    client.sim.behaviour.cancel_finished = false;
    client.advance(60);
    assert_eq!(cancel(&mut client, &path).0, 409);
    assert_eq!(client.read(&path)["abort"], false);
}

#[test]
fn cancelling_an_unknown_job_is_404() {
    assert_eq!(cancel(&mut Client::admin(), "aws/bulkjob/none").0, 404);
}

#[test]
fn azure_bulk_job_is_deleted_only_when_it_has_ended() {
    let mut client = Client::admin();
    let (_, path) = client.start("azure/bulkjobs", &json!({}));
    let target = format!("/api/v1/cckm/{path}");
    assert_eq!(client.status("DELETE", &target), 409);
    client.advance(60);
    assert_eq!(client.status("DELETE", &target), 204);
    assert_eq!(client.status("DELETE", &target), 404);
}
