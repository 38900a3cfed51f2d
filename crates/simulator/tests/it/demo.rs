//! The demo: the jobs that the documentation's commands name, and the schedules.

use std::collections::BTreeSet;

use cckm_simulator::generate::{documented, schedules};
use cckm_simulator::{Simulator, Timestamp};
use serde_json::Value;

use crate::support::{CONFIGS, Client, RUNS, credentials, noon, strings};

/// The jobs that a page cancels.
const CANCELLED: &[&str] = &[
    "aws/synchronization-jobs/0ea5d52e-387c-44fa-b079-21c8b768f77b",
    "google/synchronization-jobs/c48cdf05-3752-400f-ae3e-41826dedd862",
    "sap/synchronization-jobs/bf27cde1-e2ed-4244-9d5a-8a4e12ad1837",
    "sfdc/keys/synchronization-jobs/c8d2f27b-fb4f-4557-b63c-00d4a1439c4a",
    "dsm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc",
    "external-cm/refresh/8155fe39-570a-4132-92ca-e40b7640c7dc",
];

/// The jobs that a page only reads.
const READ: &[&str] = &[
    "azure/synchronization-jobs/2321c6fb-acde-4b94-a00b-949c85968af3",
    "azure/certificates/synchronization-jobs/1f413972-499e-498c-9543-77c2da7d71e4",
];

fn demo() -> Client {
    let mut client = Client::anonymous();
    client.sim = Simulator::demo(1, 30, 10, noon());
    client.sim.behaviour.cancel_finished = false;
    client.sign_in(&credentials());
    client
}

#[test]
fn jobs_that_a_page_cancels_are_in_progress_and_can_be_cancelled() {
    let mut client = demo();
    for path in CANCELLED {
        assert_eq!(client.read(path)["overall_status"], "in_progress", "{path}");
        let (status, job) = client.post(&format!("{path}/cancel"), &Value::Null);
        assert_eq!((status, &job["abort"]), (200, &true.into()), "{path}");
        assert_eq!(job["overall_status"], "in_progress");
    }
    client.advance(10);
    for path in CANCELLED {
        assert_eq!(client.read(path)["overall_status"], "completed", "{path}");
    }
}

#[test]
fn jobs_that_a_page_reads_have_completed() {
    let mut client = demo();
    for path in READ {
        let job = client.read(path);
        assert_eq!(job["overall_status"], "completed", "{path}");
        assert!(job["application"].is_string() && job["completed_at"].is_string());
        let (family, id) = path.rsplit_once('/').unwrap();
        assert_eq!(client.ids(&format!("{family}?id={id}")), [id]);
    }
}

#[test]
fn documented_jobs_are_only_in_the_demo() {
    let mut client = Client::admin();
    assert_eq!(documented(noon()).len(), CANCELLED.len() + READ.len());
    for path in CANCELLED.iter().chain(READ) {
        assert_eq!(client.get(path).0, 404, "{path}");
    }
    assert_eq!(client.sim.jobs.count(), 5);
}

#[test]
fn demo_has_schedules_and_runs_of_every_status() {
    let mut client = demo();
    let configs = client.read_target(CONFIGS);
    assert_eq!(configs["total"], 7, "every prepared body is accepted");
    let mut total = |query: &str| {
        let list = client.read_target(&format!("{CONFIGS}?{query}"));
        list["total"].as_u64().unwrap()
    };
    for operation in ["cckm_synchronization", "cckm_key_rotation", "database_backup"] {
        assert_ne!(total(&format!("operation={operation}")), 0, "{operation}");
    }
    assert_eq!(total("disabled=true"), 3, "and those of the system");
    let runs = client.read_target(&format!("{RUNS}?limit=-1"));
    let count = runs["total"].as_u64().unwrap();
    assert!((24..80).contains(&count), "{count}");
    let statuses: BTreeSet<_> = strings(&runs, "status").into_iter().collect();
    let all = ["aborted", "completed", "failed", "in_progress", "scheduled"];
    assert_eq!(Vec::from_iter(statuses), all);
    let known = strings(&configs, "id");
    assert!(strings(&runs, "job_config_id").iter().all(|id| known.contains(id)));
    let newest: Timestamp = strings(&runs, "createdAt")[0].parse().unwrap();
    assert!(newest <= noon());
    client.sign_in_to("emea");
    assert_eq!(client.read_target(CONFIGS)["total"], 2);
    assert_ne!(client.read_target(RUNS)["total"], 0);
}

#[test]
fn schedules_of_the_demo_can_be_added_to_any_simulator() {
    let mut client = Client::admin();
    client.sim.scheduler = schedules(noon());
    assert_eq!(client.read_target(CONFIGS)["total"], 5);
    let nightly = client.total("aws/synchronization-jobs?limit=-1");
    assert_eq!(nightly, 6, "the sample and one of each night");
}
