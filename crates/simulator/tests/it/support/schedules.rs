//! Schedules and their runs.

use serde_json::{Value, json};

use super::{Client, id, strings};

pub const CONFIGS: &str = "/api/v1/scheduler/job-configs";
pub const RUNS: &str = "/api/v1/scheduler/jobs";

/// A body that is accepted: all Google key rings every night.
pub fn nightly(name: &str) -> Value {
    json!({"name": name, "operation": "cckm_synchronization", "run_at": "0 2 * * *",
        "cckm_synchronization_params": {"cloud_name": "gcp", "synchronize_all": true}})
}

/// A schedule that starts no jobs.
pub fn backup(run_at: &str) -> Value {
    json!({"name": "backup", "operation": "database_backup", "run_at": run_at, "database_backup_params": {}})
}

/// The body with these members added or replaced.
pub fn with(mut body: Value, members: &Value) -> Value {
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub fn create(client: &mut Client, body: &Value) -> Value {
    let (status, schedule) = client.send("POST", CONFIGS, Some(body));
    assert_eq!(status, 201, "{body}: {schedule}");
    schedule
}

/// The path of a schedule.
pub fn one_schedule(schedule: &Value) -> String {
    format!("{CONFIGS}/{}", id(schedule))
}

/// The path of a run.
pub fn one_run(run: &Value) -> String {
    format!("{RUNS}/{}", id(run))
}

pub fn run_now(client: &mut Client, schedule: &Value) -> Value {
    let (status, run) = client.send("POST", &(one_schedule(schedule) + "/run-now"), None);
    assert_eq!(status, 201, "{run}");
    run
}

/// When the runs were created, the oldest first.
pub fn run_times(client: &mut Client) -> Vec<String> {
    let list = client.read_target(&format!("{RUNS}?limit=-1&sort=createdAt"));
    strings(&list, "createdAt")
}
