//! The entries of a list of any length.

use cckm_core::format::text::group_digits;
use leptos::prelude::*;

/// How many entries are rendered; a browser stalls on very many.
const MAX_ENTRIES: usize = 100;

/// The first entries of a list, and how many more there are.
#[component]
pub fn LimitedList(
    /// All entries.
    entries: Vec<String>,
    /// The class of the list.
    class: &'static str,
    /// The class of an entry.
    entry_class: &'static str,
) -> impl IntoView {
    let more = entries.len().saturating_sub(MAX_ENTRIES);
    let rest = (more > 0).then(|| format!("and {} more: see JSON as received", group_digits(more)));
    let lines = entries
        .into_iter()
        .take(MAX_ENTRIES)
        .chain(rest)
        .map(|line| view! { <li class=entry_class>{line}</li> })
        .collect_view();
    view! { <ul class=class>{lines}</ul> }
}
