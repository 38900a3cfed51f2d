//! The domains that a user can sign in to, and how they are called.

use crate::job::page::JobPage;

/// The id of the root domain (CONTRACT.md 6).
const ROOT: &str = "00000000-0000-0000-0000-000000000000";

/// A domain as the server lists it; one of the two is never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its id, which tokens name.
    pub id: String,
    /// Its name, which people sign in with.
    pub name: String,
}

impl Domain {
    /// What people call it.
    pub fn called(&self) -> &str {
        if self.name.is_empty() {
            &self.id
        } else {
            &self.name
        }
    }

    /// Whether `domain`, as a token or a person names it, is this one.
    pub fn is(&self, domain: &str) -> bool {
        !domain.is_empty() && (self.id == domain || self.name == domain)
    }
}

/// The domains of a list, whose entries have `id` and `name` as those of jobs do; an entry with
/// neither is left out.
pub fn listed(page: &JobPage) -> Vec<Domain> {
    let domains = page.jobs.iter().map(|entry| Domain {
        id: entry.id().unwrap_or_default(),
        name: entry.shown("name").unwrap_or_default(),
    });
    domains
        .filter(|domain| !domain.called().is_empty())
        .collect()
}

/// What people call the domain that a token names.
pub fn name(named: &str, listed: &[Domain]) -> String {
    let known = listed.iter().find(|domain| domain.is(named));
    match known {
        Some(domain) => domain.called().to_owned(),
        None if named == ROOT => "root".to_owned(),
        None => named.to_owned(),
    }
}
