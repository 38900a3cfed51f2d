//! The jobs that a run of a synchronization schedule starts, created from bodies like those of a POST.

use jiff::Timestamp;

use super::operation::{Cloud, SYNCHRONIZATION};
use super::schedule::Schedule;
use crate::behaviour::Behaviour;
use crate::body::Object;
use crate::create::create;
use crate::error::ApiError;
use crate::family::{Create, Family, by_path};
use crate::job::Job;
use crate::random::Random;

/// The jobs that start at a time; none for other operations. A job that is already in progress does not
/// prevent them.
pub fn jobs(
    schedule: &Schedule,
    created_at: Timestamp,
    seed: u64,
    behaviour: &Behaviour,
) -> Result<Vec<Job>, ApiError> {
    if schedule.operation.name != SYNCHRONIZATION {
        return Ok(Vec::new());
    }
    let cloud = Cloud::from_params(&schedule.params)?;
    let mut random = Random::new(seed);
    cloud
        .families(&schedule.params)?
        .into_iter()
        .filter_map(by_path)
        .map(|family| {
            let body = body(schedule, cloud, family);
            let job = create(family, body.as_bytes(), created_at, &mut random, behaviour)?;
            Ok(job.with_domain(schedule.domain))
        })
        .collect()
}

/// The body of the POST; its name for the containers may differ (CONTRACT.md 4.11).
fn body(schedule: &Schedule, cloud: &Cloud, family: &Family) -> String {
    let containers = match family.create {
        Create::Scope(name) => name,
        _ => cloud.containers,
    };
    let members = [
        (containers, cloud.containers),
        ("synchronize_all", "synchronize_all"),
        ("take_cloud_key_backup", "take_cloud_key_backup"),
    ];
    let body: Object = members
        .into_iter()
        .filter_map(|(job_member, schedule_member)| {
            let value = schedule.params.get(schedule_member)?;
            Some((job_member.to_owned(), value.clone()))
        })
        .collect();
    serde_json::Value::Object(body).to_string()
}
