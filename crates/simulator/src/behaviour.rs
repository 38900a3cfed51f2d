//! Switches for everything that the contract leaves open, and the lifetimes of tokens.

use std::time::Duration;

use http::Method;
use serde::{Deserialize, Serialize};

use crate::duration_ms;
use crate::error::ApiError;

/// How the simulated appliance behaves where the sources are silent or disagree.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools, reason = "they are independent switches")]
pub struct Behaviour {
    /// Whether cancelling a finished job returns 200 with `abort: true` (as the AWS bulk sample does)
    /// or 409 (the pages of Google and Salesforce allow it for running jobs only).
    pub cancel_finished: bool,
    /// Whether a second synchronization of a family is refused with 409 while one is in progress.
    pub one_sync_at_a_time: bool,
    /// The status for a verb that a resource does not have: 404 or 405.
    pub missing_verb_status: u16,
    /// Whether lists without `sort` show the newest job first; otherwise the oldest.
    pub newest_first: bool,
    /// Whether an empty list has `"resources": null`.
    pub null_when_empty: bool,
    /// Whether a refresh without rotation repeats the refresh token in its reply.
    pub repeat_refresh_token: bool,
    /// Whether every refresh replaces the refresh token, and one that is used again ends its session.
    pub detect_token_reuse: bool,
    /// The tenants of CDSPaaS. If there are any, a sign-in must name one, as `auth_domain` or as
    /// `auth_domain_path` with a slash before it (CONTRACT.md 11.10).
    pub tenants: Vec<String>,
    /// How long before `createdAt` the first `updatedAt` of a job started by a POST is (CONTRACT.md 11.21).
    #[serde(rename = "early_update_ms", with = "duration_ms")]
    pub early_update: Duration,
    /// Whether AWS bulk requires `days` and `policy_template_id` where they have a meaning (as Thales'
    /// Ansible module does); otherwise they are optional (as on the page).
    pub strict_bulk: bool,
    /// Whether a synchronization started by a POST has `application` and `devAccount`, as those of 2020
    /// to 2022 do.
    pub legacy_members: bool,
    /// The status of a successful POST that starts a job.
    pub create_status: u16,
    /// How long each item of a job started by a POST takes.
    #[serde(rename = "item_ms", with = "duration_ms")]
    pub item_duration: Duration,
    /// How many of a thousand items of a job started by a POST fail.
    pub failures_per_mille: u16,
    /// How long a run of a schedule stays `scheduled`.
    #[serde(rename = "run_wait_ms", with = "duration_ms")]
    pub run_wait: Duration,
    /// How long a run is `in_progress` after that, unless it waits for the jobs that it starts.
    #[serde(rename = "run_ms", with = "duration_ms")]
    pub run_duration: Duration,
    /// How many of a thousand runs fail.
    pub run_failures_per_mille: u16,
    /// Pairs of a part of a name and a text: items of a job started by a POST whose names contain the
    /// part fail with the text.
    pub item_failures: Vec<(String, String)>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            cancel_finished: true,
            one_sync_at_a_time: false,
            missing_verb_status: 405,
            newest_first: true,
            null_when_empty: false,
            repeat_refresh_token: true,
            detect_token_reuse: false,
            tenants: Vec::new(),
            early_update: Duration::ZERO,
            strict_bulk: false,
            legacy_members: false,
            create_status: 201,
            item_duration: Duration::from_secs(2),
            failures_per_mille: 0,
            run_wait: Duration::from_secs(2),
            run_duration: Duration::from_secs(20),
            run_failures_per_mille: 0,
            item_failures: Vec::new(),
        }
    }
}

impl Behaviour {
    /// The error for a verb that a resource does not have.
    pub(crate) fn missing_verb(&self, method: &Method) -> ApiError {
        match self.missing_verb_status {
            404 => ApiError::unknown_path(),
            _ => ApiError::method_not_allowed(method),
        }
    }
}

/// How long tokens live (CONTRACT.md 6).
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Lifetimes {
    /// The lifetime of a JWT.
    #[serde(rename = "jwt_ms", with = "duration_ms")]
    pub jwt: Duration,
    /// The lifetime of an unused refresh token, unless the request sets another.
    #[serde(rename = "unused_ms", with = "duration_ms")]
    pub unused: Duration,
    /// The total lifetime of a refresh token, unless the request sets another.
    #[serde(rename = "refresh_ms", with = "duration_ms")]
    pub refresh: Duration,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            jwt: Duration::from_secs(300),
            unused: Duration::from_secs(30 * 60),
            refresh: Duration::from_secs(24 * 60 * 60),
        }
    }
}
