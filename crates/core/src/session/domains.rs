//! The domains that a user can sign in to.

use crate::job::page::JobPage;

/// The id of the root domain (CONTRACT.md 6).
const ROOT_ID: &str = "00000000-0000-0000-0000-000000000000";

/// A domain as the server lists it. The id or the name may be empty, never both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its id, which tokens name.
    pub id: String,
    /// Its name, which people sign in with.
    pub name: String,
}

impl Domain {
    /// The domains of a list. The API lists them as it lists jobs; an entry without id and name is left out.
    pub fn all(page: &JobPage) -> Vec<Self> {
        (page.jobs.iter())
            .map(|entry| Self {
                id: entry.id().unwrap_or_default(),
                name: entry.text("name").unwrap_or_default(),
            })
            .filter(|domain| !domain.label().is_empty())
            .collect()
    }

    /// What people call it.
    pub fn label(&self) -> &str {
        if self.name.is_empty() { &self.id } else { &self.name }
    }

    /// Whether `domain`, an id or a name, means this one.
    pub fn is_named(&self, domain: &str) -> bool {
        !domain.is_empty() && (self.id == domain || self.name == domain)
    }
}

/// What people call `domain`, an id or a name, as far as `listed` tells.
pub fn domain_label(domain: &str, listed: &[Domain]) -> String {
    match listed.iter().find(|listed| listed.is_named(domain)) {
        Some(listed) => listed.label().to_owned(),
        None if domain == ROOT_ID => "root".to_owned(),
        None => domain.to_owned(),
    }
}
