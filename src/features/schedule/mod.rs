//! One schedule.

use cckm_core::route::JobRoute;
use leptos::prelude::*;

/// The page of the schedule that `named` names.
#[component]
pub fn SchedulePage(
    /// The schedule.
    named: JobRoute,
) -> impl IntoView {
    _ = named;
}
