//! The message for an empty list or page, with the reason.

use leptos::prelude::*;

/// Says why there is nothing and, in its children, what to do about it.
#[component]
pub fn EmptyState(
    /// Why there is nothing.
    #[prop(into)]
    title: String,
    /// What to do about it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    const TRAY: &str =
        "M6 18L16 6h32l10 12v22a3 3 0 0 1-3 3H9a3 3 0 0 1-3-3zM6 18h16l4 7h12l4-7h16";
    view! {
        <div class="empty">
            <svg class="empty__picture" viewBox="0 0 64 48" aria-hidden="true">
                <path d=TRAY></path>
            </svg>
            <h2 class="empty__title">{title}</h2>
            <div class="empty__text">{children.map(|children| children())}</div>
        </div>
    }
}
