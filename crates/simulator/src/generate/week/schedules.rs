//! The schedules of the demo world, with eight days of runs and the jobs that they started.

use std::time::Duration;

use jiff::Timestamp;

use super::{DAY, DAYS, causes};
use crate::behaviour::Behaviour;
use crate::job::Job;
use crate::random::{at, hash};
use crate::scheduler::{Schedule, Scheduler};
use crate::time::before;

/// The bodies of the POSTs. `{ended}` is a time three days before now.
const BODIES: &[&str] = &[
    r#"{"name": "aws-every-night", "description": "Payments and core", "run_at": "0 3 * * *",
        "operation": "cckm_synchronization", "cckm_synchronization_params":
        {"cloud_name": "aws", "kms": ["prod-payments", "prod-core"]}}"#,
    r#"{"name": "azure-vaults", "run_at": "30 6 * * *", "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "AzureCloud",
        "key_vaults": ["kv-payments-weu", "kv-core-weu", "kv-hr-weu", "kv-data-frc"]}}"#,
    r#"{"name": "google-key-rings", "run_at": "15 */6 * * ?", "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "gcp", "synchronize_all": true}}"#,
    r#"{"name": "oci-vaults", "run_at": "0 3,15 * * *", "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "oci", "synchronize_all": true}}"#,
    r#"{"name": "sap-groups", "run_at": "0 5 * * *", "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "sap", "groups": ["S4-PROD", "S4-QA"]}}"#,
    r#"{"name": "luna-partitions", "run_at": "15 4 * * *", "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "hsm-luna", "synchronize_all": true}}"#,
    r#"{"name": "salesforce-until-migration", "description": "Ended with the migration",
        "run_at": "0 */12 * * *", "end_date": "{ended}", "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "sfdc", "synchronize_all": true}}"#,
    r#"{"name": "rotate-aging-keys", "description": "Paused until the audit is over",
        "operation": "cckm_key_rotation", "run_at": "0 4 1 * ?", "disabled": true,
        "cckm_key_rotation_params": {"cloud_name": "aws", "expire_in": "30d"}}"#,
    r#"{"name": "dsm-on-a-day-that-never-comes", "run_at": "0 4 31 2 *",
        "operation": "cckm_synchronization",
        "cckm_synchronization_params": {"cloud_name": "dsm", "synchronize_all": true}}"#,
];

/// The schedules with their past runs, and the jobs of those runs. Later runs follow from the clock.
pub fn with_jobs(now: Timestamp) -> (Scheduler, Vec<Job>) {
    let since = before(now, DAY * u32::try_from(DAYS).unwrap_or(0));
    let ended = before(now, 3 * DAY).to_string();
    let behaviour = Behaviour { item_duration: Duration::from_secs(11), ..Behaviour::default() };
    let (mut scheduler, mut jobs) = (Scheduler::default(), Vec::new());
    for (index, body) in BODIES.iter().enumerate() {
        let id = format!("5c4ed01e-0000-4000-8000-{index:012}");
        let body = body.replace("{ended}", &ended);
        // A test checks that no body is refused.
        let Ok(schedule) = Schedule::create(body.as_bytes(), id, 0, before(since, 13 * DAY)) else {
            continue;
        };
        for (mut run, started) in Scheduler::past_runs(&schedule, since, now, &behaviour) {
            let seed = hash(&run.id);
            if at(seed, 5).is_multiple_of(13) {
                // A failed run starts no job, as in the scheduler.
                run.final_status = "failed".into();
                run.duration = Duration::from_secs(7);
            } else {
                let day =
                    now.duration_since(run.created_at).as_secs().unsigned_abs() / DAY.as_secs();
                jobs.extend(started.into_iter().map(|job| causes::assign(job, now, day)));
            }
            scheduler.add_runs([run]);
        }
        scheduler.add_since(schedule, now);
    }
    (scheduler, jobs)
}
