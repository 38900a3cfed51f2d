//! The ids of jobs that the API cannot list, as the browser keeps them: ids and nothing else.
//!
//! What is read may have been written by anyone who can write to the browser's storage.

use crate::family::Family;
use crate::format::{json, text};

/// As many ids of a family as are kept; the oldest go first.
pub const MOST: usize = 200;
/// The longest id that is kept, in bytes; those of the samples have 36.
const LONGEST_ID: usize = 500;
/// The longest text that is read, in bytes: a longer one is none of ours.
const LONGEST: usize = MOST * LONGEST_ID * 2;

/// Ids, the one that was last opened first, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownIds(Vec<String>);

/// The name that the ids of `family` are kept under, for the API at the address `base`.
pub fn name(base: &str, family: &Family) -> String {
    format!("ids {base} {}", family.path)
}

impl KnownIds {
    /// Reads what was kept. Of a text that is none of ours nothing is read, of a list only what can
    /// be an id.
    pub fn read(kept: &str) -> Self {
        if kept.len() > LONGEST {
            return Self::default();
        }
        let mut known = Self::default();
        for id in text::plain_list(kept).unwrap_or_default().into_iter().rev() {
            known.remember(id);
        }
        known
    }

    /// The text to keep; empty for none.
    pub fn write(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let ids: Vec<String> = self.0.iter().map(|id| json::quoted(id)).collect();
        format!("[{}]", ids.join(","))
    }

    /// Puts `id` first, and forgets the oldest if there are too many. What cannot be the id of a job
    /// that was found is left out.
    pub fn remember(&mut self, id: String) {
        if ["", ".", ".."].contains(&&*id) || id.len() > LONGEST_ID {
            return;
        }
        self.forget(&id);
        self.0.insert(0, id);
        self.0.truncate(MOST);
    }

    /// Forgets `id`.
    pub fn forget(&mut self, id: &str) {
        self.0.retain(|own| own != id);
    }

    /// The ids, the one that was last opened first.
    pub fn ids(&self) -> &[String] {
        &self.0
    }
}
