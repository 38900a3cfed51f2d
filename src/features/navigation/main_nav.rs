//! The main navigation: beside the page, a rail of icons in a narrower window, tabs at the foot of a phone.

use cckm_core::family::{Family, Resource};
use cckm_core::route::{AllJobsRoute, BatchRoute, JobListRoute, Page, Route, encode};
use leptos::prelude::*;

use crate::components::Icon;

/// The path of the family of schedules.
const SCHEDULES: &str = "scheduler/job-configs";

/// Links to the pages that everything else is reached from.
#[component]
pub fn MainNav(
    /// The page on screen.
    shown: Memo<Page>,
) -> impl IntoView {
    let schedules = Family::by_path(SCHEDULES)
        .map(|family| (Icon::Schedules, "Schedules", Route::JobList(JobListRoute::new(family))));
    let links = [
        Some((Icon::Jobs, "Jobs", Route::AllJobs(AllJobsRoute::default()))),
        Some((Icon::Batches, "Batches", Route::Batch(BatchRoute::default()))),
        schedules,
        Some((Icon::New, "New", Route::New)),
    ];
    let links = links.into_iter().flatten().map(|(icon, label, route)| {
        let is_current = move || section(&shown.read()) == icon;
        view! {
            <li>
                <a
                    class="nav__link"
                    href=encode(&route)
                    aria-current=move || is_current().then_some("true")
                >
                    {icon.view()} <span class="nav__label">{label}</span>
                </a>
            </li>
        }
    });
    view! {
        <nav class="nav" aria-label="Main">
            <ul class="nav__list">{links.collect_view()}</ul>
        </nav>
    }
}

/// The entry that `page` belongs to.
fn section(page: &Page) -> Icon {
    let of = |family: &Family| match family.resource {
        Resource::Jobs => Icon::Jobs,
        Resource::Schedules => Icon::Schedules,
    };
    match page {
        Page::AllJobs => Icon::Jobs,
        Page::JobList(family) | Page::Job(family, _) => of(family),
        Page::New | Page::Start(_) => Icon::New,
        Page::Batch(..) => Icon::Batches,
    }
}
