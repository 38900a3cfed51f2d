//! The schedules that the demo shows, with some days of runs behind them: the documented
//! operations, enabled and disabled, and runs of every status. Must not hold anything that a POST
//! could not make, but for runs that wait, fail or were aborted.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;

use crate::scheduler::{Run, Schedule, Scheduler};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// How long the schedules have been there.
const AGE: u64 = 21 * DAY;

/// For how long back runs are made: a few dozen in all.
const HISTORY: u64 = 5 * DAY;

/// Each with its id, its domain and the body of its POST.
const SCHEDULES: &[(&str, usize, &str)] = &[
    (
        "3f0c2b1a-58d7-4c1e-9a64-0b7d5e21c801",
        0,
        r#"{"name": "aws-every-night", "description": "All accounts and regions",
            "operation": "cckm_synchronization", "run_at": "0 2 * * *",
            "cckm_synchronization_params": {"cloud_name": "aws", "synchronize_all": true}}"#,
    ),
    (
        "3f0c2b1a-58d7-4c1e-9a64-0b7d5e21c802",
        0,
        r#"{"name": "azure-on-working-days", "description": "Keys, secrets and certificates of payments",
            "operation": "cckm_synchronization", "run_at": "30 6,18 * * MON-FRI",
            "cckm_synchronization_params": {"cloud_name": "AzureCloud", "sync_item": "all",
                "key_vaults": ["kv-payments-weu", "kv-core-weu"]}}"#,
    ),
    (
        "3f0c2b1a-58d7-4c1e-9a64-0b7d5e21c803",
        0,
        r#"{"name": "google-key-rings", "operation": "cckm_synchronization", "run_at": "15 */6 * * ?",
            "cckm_synchronization_params": {"cloud_name": "gcp", "synchronize_all": true}}"#,
    ),
    (
        ROTATION,
        0,
        r#"{"name": "rotate-aging-keys", "description": "Paused until the audit is over",
            "operation": "cckm_key_rotation", "run_at": "0 4 1 * ?", "disabled": true,
            "cckm_key_rotation_params": {"cloud_name": "aws", "expire_in": "30d",
                "aws_param": {"retain_alias": true}}}"#,
    ),
    (
        BACKUP,
        0,
        r#"{"name": "backup-of-the-appliance", "operation": "database_backup", "run_at": "0 1 * * SUN",
            "run_on": "cm-node-1", "start_date": "2024-01-01T00:00:00Z",
            "end_date": "2099-12-31T23:59:59Z", "database_backup_params": {}}"#,
    ),
    (
        "3f0c2b1a-58d7-4c1e-9a64-0b7d5e21c806",
        1,
        r#"{"name": "sap-groups", "operation": "cckm_synchronization", "run_at": "0 5 * * *",
            "cckm_synchronization_params": {"cloud_name": "sap", "groups": ["S4-PROD"]}}"#,
    ),
];
const ROTATION: &str = "3f0c2b1a-58d7-4c1e-9a64-0b7d5e21c804";
const BACKUP: &str = "3f0c2b1a-58d7-4c1e-9a64-0b7d5e21c805";

/// Runs that somebody started by hand: schedule, seconds ago, seconds as `scheduled`, seconds as
/// `in_progress`, and the status at the end. Two are under way, one still waits.
const BY_HAND: &[(&str, u64, u64, u64, &str)] = &[
    (ROTATION, 9 * DAY, 4, 70, "completed"),
    (ROTATION, 8 * DAY + 3 * HOUR, 4, 31, "failed"),
    (BACKUP, 4 * DAY + 5 * HOUR, 9, 12 * MINUTE, "aborted"),
    (BACKUP, 4 * DAY + 4 * HOUR, 9, 21 * MINUTE, "completed"),
    (ROTATION, 2 * DAY + HOUR, 3 * HOUR, 0, "aborted"),
    (BACKUP, 3 * HOUR, 5, 40, "failed"),
    (BACKUP, 4 * MINUTE, 6, 30 * MINUTE, "completed"),
    (ROTATION, 2 * MINUTE, 3, 10 * MINUTE, "completed"),
    (ROTATION, MINUTE, 20 * MINUTE, 90, "completed"),
];

/// The schedules as they stand at a time. The runs of the last days that were due by `run_at`, and
/// the jobs of these, are made by the first request, as all others are.
pub fn schedules(now: Timestamp) -> Scheduler {
    let ago = |seconds| {
        let past = now.saturating_sub(Duration::from_secs(seconds));
        past.unwrap_or(now)
    };
    let mut scheduler = Scheduler::default();
    for (id, domain, body) in SCHEDULES {
        let config = Schedule::create(body.as_bytes(), (*id).to_owned(), *domain, ago(AGE));
        // What the bodies hold is tested: none is refused.
        let Ok(config) = config else { continue };
        let by_hand = BY_HAND.iter().enumerate();
        let own = by_hand.filter(|(_, (of, ..))| of == id);
        scheduler.add_runs(own.map(|(index, (_, began, waits, lasts, ending))| {
            let id = format!("9d41e7b0-6c2f-4d0a-8f35-{index:012}");
            let mut run = Run::new(&config, id, ago(*began));
            run.wait = Duration::from_secs(*waits);
            run.duration = Duration::from_secs(*lasts);
            run.final_status = Cow::Borrowed(*ending);
            run
        }));
        scheduler.add_since(config, ago(HISTORY));
    }
    scheduler
}
