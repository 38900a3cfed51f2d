//! One job and its items.

use cckm_core::route::JobRoute;
use leptos::prelude::*;

/// The page of the job that `named` names.
#[component]
pub fn JobDetailPage(
    /// The job.
    named: JobRoute,
) -> impl IntoView {
    _ = named;
}
