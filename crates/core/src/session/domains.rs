//! The domains that a user can sign in to.

use crate::job::page::JobPage;

/// The id of the root domain (CONTRACT.md 6).
const ROOT_ID: &str = "00000000-0000-0000-0000-000000000000";

/// A domain as the server lists it. The id or the name may be empty, never both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Domain {
    /// Its id, as in the claims of tokens.
    pub id: String,
    /// Its name, as people type it to sign in.
    pub name: String,
}

impl Domain {
    /// Reads the domains of a list, which has the format of a list of jobs. Skips entries without an id and a name.
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

    /// Whether `domain` is the id or the name of this domain.
    pub fn is_named(&self, domain: &str) -> bool {
        !domain.is_empty() && (self.id == domain || self.name == domain)
    }
}

/// The name of `domain`, which is an id or a name. An id that is not in `listed` is returned unchanged.
pub fn domain_label(domain: &str, listed: &[Domain]) -> String {
    match listed.iter().find(|listed| listed.is_named(domain)) {
        Some(listed) => listed.label().to_owned(),
        None if domain == ROOT_ID => "root".to_owned(),
        None => domain.to_owned(),
    }
}
