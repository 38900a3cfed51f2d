//! A placeholder for rows while they load for the first time.

use leptos::prelude::*;

/// Rows without content, and a text for those who cannot see them.
#[component]
pub fn Skeleton(
    /// What is loading.
    what: &'static str,
) -> impl IntoView {
    let rows = (0..6).map(|_| view! { <div class="skeleton__row" aria-hidden="true"></div> });
    view! {
        <div class="skeleton" role="status">
            <span class="visually-hidden">{format!("Loading {what}…")}</span>
            {rows.collect_view()}
        </div>
    }
}
