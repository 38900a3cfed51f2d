//! Filters of job lists: equality, and any-of for repeated parameters (CONTRACT.md 3, 8).
//! Parameters that the family does not have are ignored. Must not change or order anything.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::family::{Family, Filter, Item};
use crate::http::Request;
use crate::inventory::{Kind, resolve};
use crate::job::{Items, Job};

/// What a job must have to be listed; empty lists ask for nothing.
#[derive(Debug, Default)]
pub struct Filters {
    ids: Vec<String>,
    statuses: Vec<String>,
    clouds: Vec<String>,
    /// Names of containers, ids resolved: a job matches if it has any of them (I).
    scope: HashSet<String>,
}

/// The filters in a query.
pub fn read(family: &Family, request: &Request) -> Filters {
    let mut filters = Filters::default();
    let kind = match family.item {
        Item::Container(kind) => kind,
        _ => Kind::Kms,
    };
    for (name, value) in request.parameters() {
        let value = value.into_owned();
        match name.as_ref() {
            "id" => filters.ids.push(value),
            "overall_status" => filters.statuses.push(value),
            other => match family.filters.iter().find(|filter| filter.name() == other) {
                Some(Filter::Cloud(_)) => filters.clouds.push(value),
                Some(Filter::Scope(_)) => {
                    filters.scope.insert(resolve(kind, &value).into_owned());
                }
                None => {}
            },
        }
    }
    filters
}

impl Filter {
    fn name(&self) -> &'static str {
        match self {
            Self::Cloud(name) | Self::Scope(name) => name,
        }
    }
}

impl Filters {
    /// Whether a job passes.
    pub fn admit(&self, job: &Job, now: Timestamp) -> bool {
        let one_of =
            |asked: &[String], has: &str| asked.is_empty() || asked.iter().any(|a| a == has);
        one_of(&self.ids, &job.id)
            && one_of(&self.statuses, job.status(now))
            && one_of(&self.clouds, job.family.cloud.unwrap_or_default())
            && (self.scope.is_empty() || self.in_scope(job))
    }

    fn in_scope(&self, job: &Job) -> bool {
        match &job.items {
            Items::Grid { kms, .. } => kms
                .iter()
                .any(|kms| self.scope.contains(resolve(Kind::Kms, kms).as_ref())),
            items => items.names().any(|name| self.scope.contains(name.as_ref())),
        }
    }
}
