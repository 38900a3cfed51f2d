//! Filters of job lists: equality, and any-of for repeated parameters (CONTRACT.md 3, 8). Parameters
//! that the family does not have are ignored.

use std::collections::HashSet;

use jiff::Timestamp;

use crate::family::{Family, Filter, Item};
use crate::inventory::{Kind, resolve};
use crate::job::{Items, Job};
use crate::message::{Request, parameters};

/// What a job must have to be listed; an empty collection matches every job.
#[derive(Debug, Default)]
pub struct JobFilters {
    ids: Vec<String>,
    statuses: Vec<String>,
    clouds: Vec<String>,
    /// Names of containers, resolved from ids: a job matches if it has any of them (I).
    scope: HashSet<String>,
}

impl JobFilters {
    /// The filters in a query.
    pub fn new(family: &Family, request: &Request) -> Self {
        let mut filters = Self::default();
        let kind = match family.item {
            Item::Container(kind) => kind,
            _ => Kind::Kms,
        };
        for (name, value) in parameters(request) {
            match name.as_ref() {
                "id" => filters.ids.push(value.into_owned()),
                "overall_status" => filters.statuses.push(value.into_owned()),
                name => match family.filters.iter().find(|filter| filter.parameter() == name) {
                    Some(Filter::Cloud(_)) => filters.clouds.push(value.into_owned()),
                    Some(Filter::Scope(_)) => {
                        filters.scope.insert(resolve(kind, &value).into_owned());
                    }
                    None => {}
                },
            }
        }
        filters
    }

    /// Whether a job matches all filters.
    pub fn matches(&self, job: &Job, now: Timestamp) -> bool {
        let any_of = |wanted: &[String], actual: &str| {
            wanted.is_empty() || wanted.iter().any(|wanted| wanted == actual)
        };
        any_of(&self.ids, &job.id)
            && any_of(&self.statuses, job.status(now))
            && any_of(&self.clouds, job.family.cloud.unwrap_or_default())
            && (self.scope.is_empty() || self.matches_scope(job))
    }

    fn matches_scope(&self, job: &Job) -> bool {
        match &job.items {
            Items::Grid { kms, .. } => {
                kms.iter().any(|kms| self.scope.contains(resolve(Kind::Kms, kms).as_ref()))
            }
            items => items.names().any(|name| self.scope.contains(name.as_ref())),
        }
    }
}
