//! Nodes of a cluster that show the state before a change (CONTRACT.md 11.11).

use std::time::Duration;

use cckm_simulator::fault::Fault;
use serde_json::json;

use crate::support::{CONFIGS, Client, create, job_body, nightly, one_schedule};

const FAMILY: &str = "google/synchronization-jobs";

#[test]
fn new_job_is_unknown_for_the_configured_number_of_reads() {
    let mut client = Client::admin_with(Fault::stale_for(2).path(&format!("{FAMILY}/")));
    assert_eq!(client.total(FAMILY), 1, "nothing has changed yet");
    let (_, path) = client.start(FAMILY, &job_body(FAMILY));
    assert_eq!([(); 4].map(|()| client.get(&path).0), [404, 404, 200, 200]);
    assert!(client.sim.faults.is_empty());
}

#[test]
fn list_lacks_a_new_job_until_the_reads_are_used_up() {
    let mut client = Client::admin_with(Fault::stale_for(1).path(&format!("{FAMILY}?")));
    client.start(FAMILY, &job_body(FAMILY));
    assert_eq!([(); 2].map(|()| client.total(FAMILY)), [1, 2]);
}

#[test]
fn cancelled_job_is_shown_as_before_the_cancellation() {
    let mut client = Client::admin_with(Fault::stale_for(1).after(1).path(&format!("{FAMILY}/")));
    let (_, path) = client.start(FAMILY, &job_body(FAMILY));
    let (status, cancelled) = client.post(&format!("{path}/cancel"), &json!({}));
    assert_eq!((status, &cancelled["abort"]), (200, &json!(true)));
    let aborts = [(); 3].map(|()| client.read(&path)["abort"].as_bool());
    assert_eq!(aborts, [Some(true), Some(false), Some(true)]);
    client.advance(60);
    assert_eq!(client.read(&path)["overall_status"], "completed");
}

#[test]
fn lagging_node_shows_each_change_after_the_lag() {
    let mut client = Client::admin_with(Fault::stale_by(Duration::from_secs(10)).path(FAMILY));
    let (_, first) = client.start(FAMILY, &job_body(FAMILY));
    client.advance(6);
    let (_, second) = client.start(FAMILY, &job_body(FAMILY));
    let seen =
        |client: &mut Client| (client.get(&first).0, client.get(&second).0, client.total(FAMILY));
    assert_eq!(seen(&mut client), (404, 404, 1));
    client.advance(4);
    assert_eq!(seen(&mut client), (200, 404, 2));
    client.advance(6);
    assert_eq!(seen(&mut client), (200, 200, 3));
}

#[test]
fn changed_schedule_is_shown_as_before_the_change() {
    let mut client = Client::admin();
    let schedule = one_schedule(&create(&mut client, &nightly("a")));
    client.sim.faults.push(Fault::stale_for(1).path(CONFIGS));
    let body = json!({"description": "new"});
    assert_eq!(client.send("PATCH", &schedule, Some(&body)).0, 200);
    assert!(client.read_target(&schedule).get("description").is_none());
    assert_eq!(client.read_target(&schedule)["description"], "new");
}

#[test]
fn refused_change_leaves_nothing_to_be_stale() {
    let mut client = Client::admin_with(Fault::stale_for(1));
    assert_eq!(client.post(FAMILY, &json!({"synchronize_all": 1})).0, 400);
    client.total(FAMILY);
    assert_eq!(client.sim.faults.len(), 1);
}
