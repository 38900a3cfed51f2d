//! The page of one family: its name, the link to start a job, and its list.

use cckm_core::family::{Family, Resource};
use cckm_core::route::{Route, StartRoute, encode};
use leptos::prelude::*;

use super::list::JobList;
use super::unlisted::UnlistedJobs;
use crate::components::{Banner, Tone};

/// The page of the jobs of `family`.
#[component]
#[inline(never)]
pub fn JobListPage(
    /// The family.
    family: &'static Family,
) -> impl IntoView {
    let start_label = match family.resource {
        Resource::Jobs => "Start…",
        Resource::Schedules => "Create…",
    };
    let start = family.start.map(|_| {
        let href = encode(&Route::Start(StartRoute::new(family)));
        view! { <a class="button" href=href>{start_label}</a> }
    });
    let note = family.note.map(|note| {
        view! {
            <Banner tone=Tone::Info>
                <p>{note}</p>
            </Banner>
        }
    });
    view! {
        <div class="page__head">
            <h1 class="page__title">{family.full_name()}</h1>
            {start}
        </div>
        {note}
        {if family.list.is_some() {
            view! { <JobList family/> }.into_any()
        } else {
            view! { <UnlistedJobs family/> }.into_any()
        }}
    }
}
