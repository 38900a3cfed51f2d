//! Builders for the tests of batches.
#![allow(dead_code, reason = "not every test needs all of it")]

use std::collections::HashSet;

use cckm_core::api::decode;
use cckm_core::batch::{Batch, PauseReason, Task};
use cckm_core::format::json::quote;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;

pub fn keys(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("key {at}")).collect()
}

pub fn pause(title: &str) -> PauseReason {
    PauseReason::here(title, "")
}

pub fn at(ms: i64) -> Timestamp {
    Timestamp::from_ms(ms)
}

pub fn enable() -> Task {
    Task { operation: "enablekey".to_owned(), value: String::new() }
}

/// A plan whose first start may be sent.
pub fn ready(keys: Vec<String>, most: usize) -> Batch {
    let mut batch = Batch::plan(enable(), keys, most);
    batch.set_baseline("2026-11-21T10:01:00Z".parse::<Timestamp>().ok(), &[]);
    batch
}

pub fn none() -> HashSet<String> {
    HashSet::new()
}

/// A job as the server lists it.
pub fn job(id: &str, operation: &str, keys: &[String], created: &str) -> Job {
    let keys: Vec<String> = keys.iter().map(|key| quote(key)).collect();
    let body = format!(
        r#"{{"id":"{id}","operation":{},"createdAt":"{created}","keys":[{}]}}"#,
        quote(operation),
        keys.join(",")
    );
    decode::job(body.as_bytes()).unwrap()
}
