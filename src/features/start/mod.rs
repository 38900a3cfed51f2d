//! Starting jobs.

use cckm_core::route::{Page, StartRoute};
use leptos::prelude::*;

/// Gives the start forms to all components.
pub fn provide_start_forms() {}

/// The page that starts a job.
#[component]
pub fn StartPage(
    /// What to start.
    start: StartRoute,
) -> impl IntoView {
    _ = start;
}

/// The starts of other pages whose outcome is unknown.
#[component]
pub fn UnresolvedStarts(
    /// The page on screen.
    shown: Memo<Page>,
) -> impl IntoView {
    _ = shown;
}
