//! The list of the jobs of one family.

use cckm_core::family::Family;
use leptos::prelude::*;

/// The page of the jobs of `family`.
#[component]
pub fn JobListPage(
    /// The family.
    family: &'static Family,
) -> impl IntoView {
    _ = family;
}
