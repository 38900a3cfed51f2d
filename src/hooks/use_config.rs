//! The configuration of this page, read once from `config.json`.

use cckm_core::config::Config;
use leptos::prelude::*;

/// Gives `config` to all components.
pub fn provide_config(config: Config) {
    provide_context(StoredValue::new(config));
}

/// The configuration. Cheap to copy; read it with `read_value`.
///
/// # Panics
/// If `app.rs` has not provided it: a mistake in the program, found at its first run.
pub fn use_config() -> StoredValue<Config> {
    expect_context()
}
