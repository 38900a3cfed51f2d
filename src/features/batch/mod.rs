//! Batches.

use cckm_core::config::Config;
use leptos::prelude::*;

/// Gives the batches of this browser to all components.
pub fn provide_batches(config: &Config) {
    _ = config;
}

/// The page of batches.
#[component]
pub fn BatchPage(
    /// The name of a batch, or nothing for the list of them.
    name: String,
    /// What a new one is made from.
    from: Option<String>,
) -> impl IntoView {
    _ = (name, from);
}
