//! Batches in the storage of the browser: ids and settings, no status and no text of the server.

use std::collections::HashSet;

use cckm_core::batch::Batch;

use crate::browser::lease;
use crate::browser::storage::{self, NotStored};

/// The prefix of the storage key of a batch's progress.
const PROGRESS: &str = "batch.";
/// The prefix of the storage key of a batch's keys.
const KEYS: &str = "keys.";

/// The names of the saved batches, newest first.
pub fn names() -> Vec<String> {
    storage::keys(PROGRESS).into_iter().rev().map(|key| key[PROGRESS.len()..].to_owned()).collect()
}

/// The batch `name`, and the saved text of its progress. `None` if no readable batch is saved.
pub fn load(name: &str) -> Option<(Batch, String)> {
    let progress = storage::load(&format!("{PROGRESS}{name}"))?;
    let keys = storage::load(&format!("{KEYS}{name}"))?;
    Some((Batch::load(&progress, &keys)?, progress))
}

/// Saves the keys of a new batch, and its progress as `text`.
///
/// # Errors
/// [`NotStored`].
pub fn save_new(name: &str, batch: &Batch, text: &str) -> Result<(), NotStored> {
    storage::save(&format!("{KEYS}{name}"), &batch.save_keys())?;
    save(name, text)
}

/// Saves the progress of a batch as `text`.
///
/// # Errors
/// [`NotStored`].
pub fn save(name: &str, text: &str) -> Result<(), NotStored> {
    storage::save(&format!("{PROGRESS}{name}"), text)
}

/// Removes everything that is saved of the batch `name`.
pub fn remove(name: &str) {
    storage::remove(&format!("{PROGRESS}{name}"));
    storage::remove(&format!("{KEYS}{name}"));
    lease::remove(name);
}

/// Whether the browser's key `full` holds the progress of any batch.
pub fn is_progress(full: &str) -> bool {
    storage::own_key(full).is_some_and(|key| key.starts_with(PROGRESS))
}

/// Whether the browser's key `full` holds something of the batch `name`: its progress, its keys or its lease.
pub fn is_of(full: &str, name: &str) -> bool {
    let prefixes = [PROGRESS, KEYS, lease::PREFIX];
    storage::own_key(full)
        .is_some_and(|key| prefixes.iter().any(|prefix| key.strip_prefix(prefix) == Some(name)))
}

/// The ids of the jobs that all batches but `name` have started.
pub fn jobs_of_others(name: &str) -> HashSet<String> {
    names()
        .iter()
        .filter(|other| *other != name)
        .filter_map(|other| load(other))
        .flat_map(|(batch, _)| batch.job_ids().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}
