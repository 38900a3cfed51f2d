//! The choices that the contract leaves open, as switches. Must hold no state.

use std::time::Duration;

/// How the simulated appliance behaves where the sources are silent or disagree.
#[derive(Clone, Debug)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "they are independent switches"
)]
pub struct Behaviour {
    /// Whether cancelling a finished job answers 200 with `abort: true` (as the AWS bulk sample
    /// does) or 409 (Google's and Salesforce's pages allow it for running jobs only).
    pub cancel_finished: bool,
    /// Whether a second synchronization of the family is refused with 409 while one runs.
    pub one_sync_at_a_time: bool,
    /// The status of a list or cancel that the family does not have: 404 or 405.
    pub missing_verb_status: u16,
    /// Whether lists without a `sort` show the newest job first; else the oldest.
    pub newest_first: bool,
    /// Whether an empty list says `"resources": null`.
    pub null_when_empty: bool,
    /// Whether a refresh without rotation repeats the refresh token in its answer.
    pub repeat_refresh_token: bool,
    /// Whether AWS bulk requires `days` and `policy_template_id` where they have a meaning (as
    /// Thales' Ansible module does), or takes them as optional (as the page says).
    pub strict_bulk: bool,
    /// Whether a synchronization that a POST starts has `application` and `devAccount`, as those of
    /// 2020 to 2022 have.
    pub legacy_members: bool,
    /// The status of a successful POST that starts a job.
    pub create_status: u16,
    /// How long each item of a job that a POST starts takes.
    pub item_duration: Duration,
    /// How many of a thousand items of a job that a POST starts fail.
    pub failures_per_mille: u16,
    /// How long a run of a schedule stays `scheduled`.
    pub run_wait: Duration,
    /// How long it is `in_progress` after that, unless it lasts as long as the jobs that it starts.
    pub run_duration: Duration,
    /// How many of a thousand runs fail.
    pub run_failures_per_mille: u16,
    /// Items of a job that a POST starts whose names contain the first fail with the second.
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

/// How long tokens live (CONTRACT.md 6).
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    /// Of a JWT.
    pub jwt: Duration,
    /// Of a refresh token that nobody uses, unless the request says otherwise.
    pub unused: Duration,
    /// Of a refresh token altogether, unless the request says otherwise.
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
