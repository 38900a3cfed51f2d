//! Reads behaviour and lifetimes that somebody sets over HTTP. Must not invent switches that the
//! Rust values do not have.

use std::time::Duration;

use crate::behaviour::{Behaviour, Lifetimes};
use crate::create::Body;
use crate::error::ApiError;

/// A number of milliseconds.
pub fn millis(body: &Body, name: &str) -> Result<Option<Duration>, ApiError> {
    match body.integer(name)?.map(u64::try_from) {
        None => Ok(None),
        Some(Ok(millis)) => Ok(Some(Duration::from_millis(millis))),
        Some(Err(_)) => Err(ApiError::validation(name, "must not be negative")),
    }
}

/// Changes the switches that the body names.
pub fn behaviour(behaviour: &mut Behaviour, body: &Body) -> Result<(), ApiError> {
    let flags = [
        ("cancel_finished", &mut behaviour.cancel_finished),
        ("one_sync_at_a_time", &mut behaviour.one_sync_at_a_time),
        ("newest_first", &mut behaviour.newest_first),
        ("null_when_empty", &mut behaviour.null_when_empty),
        ("repeat_refresh_token", &mut behaviour.repeat_refresh_token),
        ("strict_bulk", &mut behaviour.strict_bulk),
        ("legacy_members", &mut behaviour.legacy_members),
    ];
    for (name, switch) in flags {
        if body.has(name) {
            *switch = body.flag(name)?;
        }
    }
    let numbers = [
        ("missing_verb_status", &mut behaviour.missing_verb_status),
        ("create_status", &mut behaviour.create_status),
        ("failures_per_mille", &mut behaviour.failures_per_mille),
        (
            "run_failures_per_mille",
            &mut behaviour.run_failures_per_mille,
        ),
    ];
    for (name, switch) in numbers {
        if let Some(number) = body.integer(name)? {
            let bad = |_| ApiError::validation(name, "is out of range");
            *switch = u16::try_from(number).map_err(bad)?;
        }
    }
    durations(
        [
            ("item_ms", &mut behaviour.item_duration),
            ("run_wait_ms", &mut behaviour.run_wait),
            ("run_ms", &mut behaviour.run_duration),
        ],
        body,
    )
}

/// Changes the lifetimes that the body names.
pub fn lifetimes(lifetimes: &mut Lifetimes, body: &Body) -> Result<(), ApiError> {
    let all = [
        ("jwt_ms", &mut lifetimes.jwt),
        ("unused_ms", &mut lifetimes.unused),
        ("refresh_ms", &mut lifetimes.refresh),
    ];
    durations(all, body)
}

fn durations(all: [(&str, &mut Duration); 3], body: &Body) -> Result<(), ApiError> {
    for (name, duration) in all {
        if let Some(given) = millis(body, name)? {
            *duration = given;
        }
    }
    Ok(())
}
