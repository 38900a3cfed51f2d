//! The way back from a job or a schedule to the list.

use cckm_core::family::Family;
use cckm_core::route::{JobListRoute, Route, encode};
use leptos::prelude::*;

use crate::hooks::use_location;

/// A link to the list that was last on screen, with its filters and its page.
#[component]
pub fn BackLink(
    /// The family of the job.
    family: &'static Family,
) -> impl IntoView {
    let location = use_location();
    let list = Memo::new(move |_| {
        let list = location.last_list_of(family);
        list.unwrap_or_else(|| Route::JobList(JobListRoute::new(family)))
    });
    let name = move || list.read().family().map_or("all jobs".to_owned(), Family::full_name);
    let (noun, _) = family.resource.nouns();
    view! {
        <nav class="back" aria-label=format!("Where this {noun} is listed")>
            // "Back to", since the picker has a link of that name too, which forgets the filters.
            <a href=move || encode(&list.read())>"Back to " {name}</a>
        </nav>
    }
}
