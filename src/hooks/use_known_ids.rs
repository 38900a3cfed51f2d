//! The ids of jobs that the API cannot list. The browser's storage keeps them.

use cckm_core::family::Family;
use cckm_core::start::known_ids::{KnownIds, storage_key};
use leptos::prelude::*;

use super::use_config;
use crate::browser::storage::{self, NotStored};
use crate::browser::url;

/// The stored ids of one family at the API of this page. They are read and written at each call, since another tab
/// may have changed them.
#[derive(Clone, Copy)]
pub struct KnownIdStore(StoredValue<String>);

/// The stored ids of `family`.
pub fn use_known_ids(family: &Family) -> KnownIdStore {
    let base = use_config().with_value(|config| url::absolute(&config.api_base));
    KnownIdStore(StoredValue::new(storage_key(&base, family)))
}

impl KnownIdStore {
    /// The ids, the newest first.
    pub fn load(self) -> KnownIds {
        let stored = self.0.with_value(|key| storage::load(key));
        KnownIds::from(stored.unwrap_or_default().as_str())
    }

    /// The key of the storage, for [`remember_at`] after the end of the owner.
    pub fn key(self) -> String {
        self.0.get_value()
    }

    /// Stores `id` as the newest.
    ///
    /// # Errors
    /// [`NotStored`] if the browser does not store it.
    pub fn remember(self, id: String) -> Result<(), NotStored> {
        self.update(|known| known.remember(id))
    }

    /// Removes `id`.
    ///
    /// # Errors
    /// [`NotStored`] if the browser does not store the change.
    pub fn forget(self, id: &str) -> Result<(), NotStored> {
        self.update(|known| known.forget(id))
    }

    /// Removes all ids.
    pub fn forget_all(self) {
        self.0.with_value(|key| storage::remove(key));
    }

    fn update(self, update: impl FnOnce(&mut KnownIds)) -> Result<(), NotStored> {
        self.0.with_value(|key| update_at(key, update))
    }
}

/// Stores `id` as the newest under [`KnownIdStore::key`].
///
/// # Errors
/// [`NotStored`] if the browser does not store it.
pub fn remember_at(key: &str, id: String) -> Result<(), NotStored> {
    update_at(key, |known| known.remember(id))
}

fn update_at(key: &str, update: impl FnOnce(&mut KnownIds)) -> Result<(), NotStored> {
    let stored = storage::load(key).unwrap_or_default();
    let mut known = KnownIds::from(stored.as_str());
    update(&mut known);
    storage::save(key, &known.to_string())
}
