//! Starts jobs: what a POST must hold, family by family (CONTRACT.md 3). Must not keep the job.

mod body;
mod bulk;
mod scope;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::behaviour::Behaviour;
use crate::error::ApiError;
use crate::family::{Create, Family};
use crate::job::{Failures, Items, Job};
use crate::random::Random;
pub use body::{Body, parse};
pub use scope::choice;

/// A body that was accepted: what the job is about.
struct Order {
    items: Items,
    operation: Option<String>,
    key_id: Option<String>,
}

impl Order {
    fn about(items: Items) -> Self {
        Self {
            items,
            operation: None,
            key_id: None,
        }
    }
}

/// The job that a body starts.
pub fn create(
    family: &'static Family,
    body: &[u8],
    now: Timestamp,
    random: &mut Random,
    behaviour: &Behaviour,
) -> Result<Job, ApiError> {
    // The pages of Azure bulk and of SAP synchronization print a POST without any body
    // (CONTRACT.md 4.14).
    let nothing = body.trim_ascii().is_empty();
    let value = if nothing {
        Value::Object(Map::new())
    } else {
        parse(body)?
    };
    let body = Body::of(&value)?;
    let order = match family.create {
        Create::Regions => scope::regions(&body)?,
        Create::Scope(_) if nothing => scope::everything(family),
        Create::Scope(name) => scope::containers(family, name, &body)?,
        Create::Keys => bulk::keys(&body, behaviour.strict_bulk)?,
        Create::Backups => bulk::backups(&body, random)?,
        Create::Versions => bulk::versions(&body, random)?,
        Create::Open => Order::about(Items::Uuids {
            seed: random.number(),
            count: 1,
        }),
    };
    let mut job = Job::of(family, &random.uuid(), now, order.items);
    job.operation = order.operation.map(Into::into);
    job.key_id = order.key_id;
    // Bulk jobs and updates of versions never had them (CONTRACT.md 2.1).
    job.application = behaviour.legacy_members && family.kind == "synchronize";
    let items = u32::try_from(job.items.count().max(1)).unwrap_or(u32::MAX);
    job.duration = behaviour.item_duration.saturating_mul(items);
    job.failures = failures(&job, random, behaviour);
    Ok(job)
}

fn failures(job: &Job, random: &mut Random, behaviour: &Behaviour) -> Failures {
    let text = |name: &str| {
        let rule = behaviour
            .item_failures
            .iter()
            .find(|(part, _)| name.contains(part));
        rule.map(|(_, text)| text.clone())
    };
    if !behaviour.item_failures.is_empty() {
        let names = job.items.names().enumerate();
        return Failures::At(
            names
                .filter_map(|(at, name)| Some((at, text(&name)?)))
                .collect(),
        );
    }
    match behaviour.failures_per_mille {
        0 => Failures::None,
        rate => Failures::PerMille {
            seed: random.number(),
            rate,
        },
    }
}
