//! A status as word and shape; colour only repeats what these say.

use std::borrow::Cow;

use cckm_core::job::item_status::ItemStatus;
use leptos::prelude::*;

/// The probable status of an item, derived from its text.
#[component]
pub fn ItemStatusMark(
    /// The status.
    status: ItemStatus,
    /// Whether the job has ended.
    is_finished: bool,
) -> impl IntoView {
    view! { <Mark key=status.as_str() label=status.label(is_finished)/> }
}

/// A word with its shape.
#[component]
pub fn Mark(
    /// Names shape and colour, as in `status--failed`.
    key: &'static str,
    /// The word.
    #[prop(into)]
    label: Cow<'static, str>,
    /// The tooltip.
    #[prop(optional, into)]
    title: Option<String>,
) -> impl IntoView {
    view! {
        <span class=format!("status status--{key}") title=title>
            <svg class="status__shape" viewBox="0 0 16 16" aria-hidden="true">
                <path d=outline(key)></path>
            </svg>
            {label}
        </span>
    }
}

/// The outline that goes with a status: a different one for each meaning.
fn outline(key: &str) -> &'static str {
    match key {
        "completed" | "ok" | "done" => "M3 8.5l3.2 3.2L13 4.8",
        "failed" => "M4 4l8 8M12 4l-8 8",
        "partly-failed" => "M8 2.5l6 11H2zM8 6.5v3M8 11.4v.2",
        "stuck" => "M5.5 4v8M10.5 4v8",
        "running" => "M8 2.5a5.5 5.5 0 1 1-5.5 5.5",
        "scheduled" => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M8 5v3.2l2.2 1.4",
        "cancelling" => "M8 2.5a5.5 5.5 0 1 1-5.5 5.5M6 6l4 4M10 6l-4 4",
        "cancelled" => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M4.2 4.2l7.6 7.6",
        "unreported" => "M3 8h2M7 8h2M11 8h2",
        "list" => "M4 4.5h8M4 8h8M4 11.5h8",
        _ => "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.4",
    }
}
