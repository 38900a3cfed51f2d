//! The stored ids of jobs that the API cannot list. Nothing but ids is stored.
//!
//! The stored text is not trusted: anyone with access to the browser's storage may have written it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::family::Family;

/// The maximum number of ids for each family; the oldest are dropped.
pub const MAX_IDS: usize = 200;
/// The maximum length of an id, in bytes. The ids in the documentation have 36.
const MAX_ID_LENGTH: usize = 500;
/// The maximum length of the stored text, in bytes. This console never writes a longer one.
const MAX_LENGTH: usize = MAX_IDS * MAX_ID_LENGTH * 2;

/// Ids without duplicates. The id that was opened last comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownIds(Vec<String>);

/// What is stored.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Versioned {
        version: u32,
        ids: Vec<String>,
    },
    /// Version 0 was a plain list.
    Unversioned(Vec<String>),
}

const VERSION: u32 = 1;

/// The key under which the ids of `family` are stored, for the API at the address `base`.
pub fn storage_key(base: &str, family: &Family) -> String {
    format!("ids {base} {}", family.path)
}

impl From<&str> for KnownIds {
    /// Parses the stored text. Ignores a text of another format, and entries that cannot be ids.
    fn from(stored: &str) -> Self {
        let mut known = Self::default();
        if stored.len() > MAX_LENGTH {
            return known;
        }
        let ids = match serde_json::from_str(stored) {
            Ok(Stored::Versioned { version, ids }) if version == VERSION => ids,
            Ok(Stored::Unversioned(ids)) => ids,
            _ => return known,
        };
        for id in ids.into_iter().rev() {
            known.remember(id);
        }
        known
    }
}

impl fmt::Display for KnownIds {
    /// The text to store; empty if there are no ids.
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        let stored = Stored::Versioned { version: VERSION, ids: self.0.clone() };
        formatter.write_str(&serde_json::to_string(&stored).map_err(|_| fmt::Error)?)
    }
}

impl KnownIds {
    /// Puts `id` first, and drops the oldest id if there are too many. Ignores a text that cannot be an id.
    pub fn remember(&mut self, id: String) {
        if ["", ".", ".."].contains(&&*id) || id.len() > MAX_ID_LENGTH {
            return;
        }
        self.forget(&id);
        self.0.insert(0, id);
        self.0.truncate(MAX_IDS);
    }

    /// Removes `id`.
    pub fn forget(&mut self, id: &str) {
        self.0.retain(|known| known != id);
    }

    /// The ids. The one that was opened last comes first.
    pub fn ids(&self) -> &[String] {
        &self.0
    }
}
