//! The jobs that a run of a synchronization schedule starts, by the way of every other POST. Must
//! not know what a synchronization is beyond what it is called where.

use jiff::Timestamp;
use serde_json::{Map, Value as Json};

use super::operation::{Cloud, SYNCHRONIZATION};
use super::schedule::Schedule;
use crate::behaviour::Behaviour;
use crate::create::{Body, create};
use crate::error::ApiError;
use crate::family::{Create, Family, by_path};
use crate::job::Job;
use crate::random::Random;

/// The jobs that begin at a time; none where the operation is another. That one runs already does not
/// keep them from it.
pub fn jobs(
    config: &Schedule,
    begin: Timestamp,
    seed: u64,
    behaviour: &Behaviour,
) -> Result<Vec<Job>, ApiError> {
    if config.operation.name != SYNCHRONIZATION {
        return Ok(Vec::new());
    }
    let params = Json::Object(config.params.clone());
    let params = Body::of(&params)?;
    let cloud = Cloud::of(&params)?;
    let mut random = Random::new(seed);
    let families = cloud.families(&params)?.into_iter().filter_map(by_path);
    let jobs = families.map(|family| {
        let body = body(config, cloud, family).to_string();
        let mut job = create(family, body.as_bytes(), begin, &mut random, behaviour)?;
        job.domain = config.domain;
        Ok(job)
    });
    jobs.collect()
}

/// The body of the POST: containers have other names there (CONTRACT.md 4.11).
fn body(config: &Schedule, cloud: &Cloud, family: &Family) -> Json {
    let containers = match family.create {
        Create::Scope(name) => name,
        _ => cloud.containers,
    };
    let mut body = Map::new();
    for (theirs, ours) in [
        (containers, cloud.containers),
        ("synchronize_all", "synchronize_all"),
        ("take_cloud_key_backup", "take_cloud_key_backup"),
    ] {
        if let Some(value) = config.params.get(ours) {
            body.insert(theirs.to_owned(), value.clone());
        }
    }
    Json::Object(body)
}
