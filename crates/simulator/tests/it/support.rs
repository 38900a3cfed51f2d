//! Builders and clients that all tests share.

mod client;
mod schedules;
#[cfg(feature = "server")]
mod wire;

pub use client::{Client, code, header, id, noon, request, strings};
pub use schedules::{
    CONFIGS, RUNS, backup, create, nightly, one_run, one_schedule, run_now, run_times, with,
};
#[cfg(feature = "server")]
pub use wire::{Answer, TestServer, options};

use serde_json::{Value, json};

/// A token request of the administrator.
pub fn credentials() -> Value {
    json!({"username": cckm_simulator::auth::ADMIN_USER, "password": cckm_simulator::auth::ADMIN_PASSWORD})
}

/// A body that a family accepts.
pub fn job_body(path: &str) -> Value {
    match path {
        "aws/bulkjob" => json!({"keys": ["k1", "k2"], "operation": "enablekey"}),
        "azure/bulkjobs" => json!({"operation": "delete-key-backups",
            "delete_key_backups_param": {"backups": ["b1", "b2"]}}),
        "google/update-all-versions-jobs" => json!({"key_id": "k", "operation": "disable"}),
        "sap/keys/jobs" => json!({}),
        _ => json!({"synchronize_all": true}),
    }
}
