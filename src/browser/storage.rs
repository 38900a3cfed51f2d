//! The browser's storage for this page, which outlasts a visit: ids and settings.
//!
//! Callers must never store a token, a password, a status or a text of the server. gloo-storage is not used, because it
//! panics where the browser forbids storage.

use leptos::prelude::window;
use web_sys::Storage;

/// The prefix of each key, since a host may serve other pages as well.
const PREFIX: &str = "cckm-jobs.";

/// The browser did not store a value: its storage is full, or it forbids storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotStored;

/// The value of `key`; `None` if there is none or the browser forbids storage.
pub fn load(key: &str) -> Option<String> {
    storage()?.get_item(&format!("{PREFIX}{key}")).ok()?
}

/// Stores `value` under `key`.
///
/// # Errors
/// [`NotStored`], and what was stored before stays.
pub fn save(key: &str, value: &str) -> Result<(), NotStored> {
    let storage = storage().ok_or(NotStored)?;
    storage.set_item(&format!("{PREFIX}{key}"), value).map_err(|_| NotStored)
}

/// Removes `key`. Nothing happens if it is not there or the browser forbids storage.
pub fn remove(key: &str) {
    if let Some(storage) = storage() {
        _ = storage.remove_item(&format!("{PREFIX}{key}"));
    }
}

/// The keys that begin with `start`, sorted.
pub fn keys(start: &str) -> Vec<String> {
    let Some(storage) = storage() else {
        return Vec::new();
    };
    let mut keys: Vec<String> = (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok()?)
        .filter_map(|key| own_key(&key).map(str::to_owned))
        .filter(|key| key.starts_with(start))
        .collect();
    keys.sort_unstable();
    keys
}

/// The key as this file takes it that the browser calls `full`; `None` if it belongs to another page of the host.
pub fn own_key(full: &str) -> Option<&str> {
    full.strip_prefix(PREFIX)
}

/// Whether the browser allows storage at all.
pub fn is_allowed() -> bool {
    storage().is_some()
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}
