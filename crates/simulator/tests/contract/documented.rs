//! The ids in the documentation's own commands are there in the shop that the program shows.

use cckm_simulator::Simulator;
use cckm_simulator::generate::documented;
use serde_json::Value;

use crate::client::{Client, noon};

/// Those that a page cancels.
const CANCELLED: &[&str] = &[
    "aws/synchronization-jobs/0ea5d52e-387c-44fa-b079-21c8b768f77b",
    "google/synchronization-jobs/c48cdf05-3752-400f-ae3e-41826dedd862",
    "sap/synchronization-jobs/bf27cde1-e2ed-4244-9d5a-8a4e12ad1837",
    "sfdc/keys/synchronization-jobs/c8d2f27b-fb4f-4557-b63c-00d4a1439c4a",
    "dsm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc",
    "external-cm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc",
];

/// Those that a page only shows.
const SHOWN: &[&str] = &[
    "azure/synchronization-jobs/2321c6fb-acde-4b94-a00b-949c85968af3",
    "azure/certificates/synchronization-jobs/1f413972-499e-498c-9543-77c2da7d71e4",
];

fn shop() -> Client {
    let mut client = Client::stranger();
    client.sim = Simulator::demo(1, 30, 10, noon());
    client.sim.behaviour.cancel_finished = false;
    client.sign_in(
        &serde_json::json!({"name": "admin", "password": cckm_simulator::auth::ADMIN_PASSWORD}),
    );
    client
}

#[test]
fn jobs_that_a_page_cancels_run_and_can_be_cancelled() {
    let mut client = shop();
    for path in CANCELLED {
        let job = client.read(path);
        assert_eq!(job["overall_status"], "in_progress", "{path}");
        let (status, job) = client.post(&format!("{path}/cancel"), &Value::Null);
        assert_eq!(status, 200, "{path}");
        assert_eq!(
            (&job["abort"], &job["overall_status"]),
            (&true.into(), &"in_progress".into())
        );
    }
    client.later(10);
    for path in CANCELLED {
        assert_eq!(client.read(path)["overall_status"], "completed", "{path}");
    }
}

#[test]
fn jobs_that_a_page_shows_have_ended_well() {
    let mut client = shop();
    for path in SHOWN {
        let job = client.read(path);
        assert_eq!(job["overall_status"], "completed", "{path}");
        assert!(job["application"].is_string() && job["completed_at"].is_string());
        let (family, id) = path.rsplit_once('/').unwrap();
        assert_eq!(client.ids(&format!("{family}?id={id}")), [id]);
    }
}

#[test]
fn they_are_not_in_the_world_that_tests_start_from() {
    let mut client = Client::admin();
    assert_eq!(documented(noon()).len(), CANCELLED.len() + SHOWN.len());
    for path in CANCELLED.iter().chain(SHOWN) {
        assert_eq!(client.get(path).0, 404, "{path}");
    }
    assert_eq!(client.sim.jobs.count(), 5);
}
