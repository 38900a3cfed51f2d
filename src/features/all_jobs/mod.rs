//! The jobs of all families in one list.

use leptos::prelude::*;

/// The page of all jobs.
#[component]
pub fn AllJobsPage() -> impl IntoView {}
