//! The first entries of a list of any length.

use cckm_core::format::text::group_digits;
use leptos::prelude::*;

/// The first entries of a list, and how many more there are.
#[component]
pub fn LimitedList(
    /// The first entries.
    first: Vec<String>,
    /// The number of all entries.
    count: usize,
    /// The class of the list.
    class: &'static str,
    /// The class of an entry.
    entry_class: &'static str,
) -> impl IntoView {
    let more = count.saturating_sub(first.len());
    let rest = (more > 0).then(|| format!("and {} more: see JSON as received", group_digits(more)));
    let lines = first
        .into_iter()
        .chain(rest)
        .map(|line| view! { <li class=entry_class>{line}</li> })
        .collect_view();
    view! { <ul class=class>{lines}</ul> }
}
