//! The schedules of the demo.

use std::collections::BTreeSet;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::{Simulator, Timestamp, generate};
use serde_json::{Value, json};

use crate::client::{Client, noon};
use crate::runs::RUNS;
use crate::schedules::{CONFIGS, read};

#[test]
fn the_demo_shows_schedules_and_runs_of_every_status() {
    let mut client = Client::admin();
    client.sim = Simulator::demo(1, 30, 10, noon());
    client.sign_in(&json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD}));
    let configs = read(&mut client, CONFIGS);
    assert_eq!(
        configs["total"], 5,
        "of all that were written down, none was refused"
    );
    let operations = [
        "cckm_synchronization",
        "cckm_key_rotation",
        "database_backup",
    ];
    for operation in operations {
        let list = read(&mut client, &format!("{CONFIGS}?operation={operation}"));
        assert_ne!(list["total"], 0, "{operation}");
    }
    let disabled = read(&mut client, &format!("{CONFIGS}?disabled=true"));
    assert_eq!(disabled["total"], 1);
    let list = read(&mut client, &format!("{RUNS}?limit=-1"));
    let total = list["total"].as_u64().unwrap();
    assert!((24..80).contains(&total), "{total}");
    let runs = list["resources"].as_array().unwrap();
    let words: BTreeSet<_> = runs
        .iter()
        .map(|run| run["status"].as_str().unwrap())
        .collect();
    let every = ["aborted", "completed", "failed", "in_progress", "scheduled"];
    assert_eq!(words.into_iter().collect::<Vec<_>>(), every);
    let known = |run: &&Value| {
        configs["resources"]
            .as_array()
            .unwrap()
            .iter()
            .any(|config| config["id"] == run["job_config_id"])
    };
    assert!(runs.iter().all(|run| known(&run)));
    let newest = runs[0]["createdAt"].as_str().unwrap().parse::<Timestamp>();
    assert!(newest.unwrap() <= noon());
    client.sign_in(&json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD, "domain": "emea"}));
    assert_eq!(read(&mut client, CONFIGS)["total"], 1);
    assert_ne!(read(&mut client, RUNS)["total"], 0);
}

#[test]
fn the_demo_can_be_given_to_any_simulator() {
    let mut client = Client::admin();
    client.sim.scheduler = generate::schedules(noon());
    assert_eq!(read(&mut client, CONFIGS)["total"], 5);
    let nightly = client.read("aws/synchronization-jobs?limit=-1")["total"].as_u64();
    assert_eq!(nightly, Some(6), "the sample and one of each night");
}
