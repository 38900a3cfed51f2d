//! The frame of the console: contexts, and the page that the address names.

use leptos::prelude::*;

/// The console.
#[component]
pub fn App() -> impl IntoView {
    view! { <main id="main"></main> }
}
