//! A message above what is on screen.

use leptos::prelude::*;

/// How urgent a banner is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    Info,
    /// Something that needs attention.
    Warning,
}

/// A message that does not replace what is on screen.
#[component]
pub fn Banner(
    /// How urgent it is.
    tone: Tone,
    /// The message.
    children: Children,
) -> impl IntoView {
    let class = match tone {
        Tone::Info => "banner banner--info",
        Tone::Warning => "banner banner--warning",
    };
    view! { <div class=class role="status">{children()}</div> }
}
