//! An instant in the reader's time zone, with UTC at hand.

use cckm_core::format::local_time::LocalTime;
use leptos::prelude::*;

/// An instant, or a dash.
#[component]
pub fn Time(
    /// The instant.
    at: Option<LocalTime>,
    /// Whether it is as brief as possible. The exact time with its zone is at hand then.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    match at {
        Some(LocalTime { short: text, local, utc }) if short => {
            let title = format!("{local}, {utc}");
            view! { <time datetime=utc title=title>{text}</time> }.into_any()
        }
        Some(LocalTime { local, utc, .. }) => {
            view! { <time datetime=utc.clone() title=utc>{local}</time> }.into_any()
        }
        None => view! { <span aria-label="none">"–"</span> }.into_any(),
    }
}
