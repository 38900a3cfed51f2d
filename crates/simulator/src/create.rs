//! Starts jobs from the bodies of POST requests (CONTRACT.md 3).

mod bulk;
mod content;
mod scope;

use jiff::Timestamp;

use crate::behaviour::Behaviour;
use crate::body::{self, Object};
use crate::error::ApiError;
use crate::family::{Create, Family};
use crate::job::{Failures, Items, Job};
use crate::random::Random;
use content::JobContent;
pub use scope::containers;

/// The job that a body starts.
///
/// # Errors
///
/// 400 if the body is invalid.
pub fn create(
    family: &'static Family,
    body: &[u8],
    now: Timestamp,
    random: &mut Random,
    behaviour: &Behaviour,
) -> Result<Job, ApiError> {
    // The pages of Azure bulk and of SAP synchronization show a POST without a body (CONTRACT.md 4.14).
    let object = if body.trim_ascii().is_empty() { None } else { Some(body::object(body)?) };
    let content = content(family, object.as_ref(), random, behaviour)?;
    let mut job = Job::of_family(family, &random.uuid(), now, content.items);
    job.operation = content.operation.map(Into::into);
    job.key_id = content.key_id;
    // Bulk jobs and updates of versions never have these members (CONTRACT.md 2.1).
    job.application = behaviour.legacy_members && family.kind == "synchronize";
    let items = u32::try_from(job.items.count().max(1)).unwrap_or(u32::MAX);
    job.duration = behaviour.item_duration.saturating_mul(items);
    job.early_update = behaviour.early_update;
    job.failures = failures(&job.items, random, behaviour);
    Ok(job)
}

fn content(
    family: &Family,
    object: Option<&Object>,
    random: &mut Random,
    behaviour: &Behaviour,
) -> Result<JobContent, ApiError> {
    let empty = Object::new();
    let body = object.unwrap_or(&empty);
    match family.create {
        Create::Regions => scope::regions(body),
        Create::Scope(name) => scope::job_content(family, name, object),
        Create::Keys => bulk::keys(body, behaviour.strict_bulk),
        Create::Backups => bulk::backups(body, random),
        Create::Versions => bulk::versions(body, random),
        Create::Open => Ok(JobContent::from(Items::Uuids { seed: random.number(), count: 1 })),
    }
}

fn failures(items: &Items, random: &mut Random, behaviour: &Behaviour) -> Failures {
    let text = |name: &str| {
        behaviour
            .item_failures
            .iter()
            .find(|(part, _)| name.contains(part))
            .map(|(_, text)| text.clone())
    };
    if !behaviour.item_failures.is_empty() {
        let names = items.names().enumerate();
        return Failures::At(
            names.filter_map(|(index, name)| Some((index, text(&name)?))).collect(),
        );
    }
    match behaviour.failures_per_mille {
        0 => Failures::None,
        rate => Failures::PerMille { seed: random.number(), rate },
    }
}
