//! Links that choose what a list shows, as a row of chips.

use cckm_core::format::text::group_digits;
use cckm_core::route::{Route, encode};
use leptos::prelude::*;

/// A row of chips with a name.
#[component]
pub fn ChipRow(
    /// The name of the choice.
    label: &'static str,
    /// The chips.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="chips" role="group" aria-label=label>{children()}</div>
    }
}

/// One choice.
#[component]
pub fn ChipLink(
    /// Where it leads.
    #[prop(into)]
    route: Signal<Route>,
    /// Whether it is chosen.
    #[prop(into)]
    is_current: Signal<bool>,
    /// Its text.
    #[prop(into)]
    label: String,
    /// How many jobs it selects, if that is known.
    #[prop(into)]
    count: Signal<Option<usize>>,
) -> impl IntoView {
    view! {
        <a
            class="chips__chip"
            href=move || encode(&route.read())
            aria-current=move || is_current.get().then_some("true")
        >
            {label}
            {move || {
                let count = count.get().map(group_digits);
                count.map(|count| view! { " " <span class="chips__count">{count}</span> })
            }}
        </a>
    }
}
