//! The header and the picker of kinds of jobs.

use cckm_core::route::Page;
use leptos::prelude::*;

/// The header.
#[component]
pub fn Header(
    /// The name of the console.
    title: String,
) -> impl IntoView {
    _ = title;
}

/// The picker of kinds.
#[component]
pub fn KindNav(
    /// The page on screen.
    shown: Memo<Page>,
) -> impl IntoView {
    _ = shown;
}
