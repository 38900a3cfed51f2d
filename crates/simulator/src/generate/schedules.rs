//! The schedules of the demo: the documented operations, enabled and disabled, with some days of runs of
//! every status.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;

use crate::auth::DOMAINS;
use crate::scheduler::{Run, SYSTEM_OPERATIONS, Schedule, Scheduler};
use crate::time::before;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// The age of the schedules.
const AGE: u64 = 21 * DAY;

/// The period for which runs are created: a few dozen in total.
const HISTORY: u64 = 5 * DAY;

/// The id, the domain and the body of the POST of each schedule.
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
            "end_date": "2099-12-31T23:59:59Z", "database_backup_params": {"retentionCount": 5,
                "tiedToHSM": false, "backupKey": "backup-key-2024", "do_scp": true,
                "connection": "backup-host", "scope": "system",
                "filters": [{"resourceType": "Keys"}]}}"#,
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

/// Runs that were started manually: schedule, age in seconds, seconds as `scheduled`, seconds as
/// `in_progress`, and the final status. Two are in progress, one is scheduled.
const MANUAL_RUNS: &[(&str, u64, u64, u64, &str)] = &[
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

/// The schedules at a time. The first request creates the runs of the last days that `run_at` makes due,
/// and their jobs.
pub fn schedules(now: Timestamp) -> Scheduler {
    let ago = |seconds| before(now, Duration::from_secs(seconds));
    let mut scheduler = Scheduler::default();
    for (id, domain, body) in SCHEDULES {
        // A test checks that no body is refused.
        let schedule = Schedule::create(body.as_bytes(), (*id).to_owned(), *domain, ago(AGE));
        let Ok(schedule) = schedule else { continue };
        let all_runs = MANUAL_RUNS.iter().enumerate();
        let runs = all_runs.filter(|(_, (schedule_id, ..))| schedule_id == id);
        scheduler.add_runs(runs.map(|(index, (_, age, wait, duration, status))| {
            let id = format!("9d41e7b0-6c2f-4d0a-8f35-{index:012}");
            let mut run = Run::new(&schedule, id, ago(*age));
            run.wait = Duration::from_secs(*wait);
            run.duration = Duration::from_secs(*duration);
            run.final_status = Cow::Borrowed(*status);
            run
        }));
        scheduler.add_since(schedule, ago(HISTORY));
    }
    scheduler
}

/// The schedules that the appliance brings with it: a rotation in each domain, off by default, and a
/// notification (CONTRACT.md 11.8). That the notification is in the root domain and off is an assumption.
pub fn system_schedules(created_at: Timestamp) -> impl Iterator<Item = Schedule> {
    let [rotation, notification] = SYSTEM_OPERATIONS;
    let rotations = (0..DOMAINS.len()).map(move |domain| (rotation, domain));
    let all = rotations.chain([(notification, 0)]).enumerate();
    all.filter_map(move |(index, (operation, domain))| {
        let id = format!("00000000-0000-4000-8000-{index:012}");
        Schedule::system(operation, "0 3 * * *", id, domain, created_at).ok()
    })
}
