//! Prepares the console for the sign-in, while a person types the password.
//!
//! A browser compiles a function of the program when it is first called, and makes its date formatter when it is first
//! used. Both would delay the first list, by about as long as the rest of its rendering.

use cckm_core::api::decode;
use cckm_core::family::FAMILIES;
use cckm_core::list::job_row::JobRow;
use cckm_core::route::{Page, Route};
use leptos::prelude::*;

use crate::browser::local_time;
use crate::components::JobTable;
use crate::features::all_jobs::AllJobsPage;
use crate::features::job_list::JobListPage;
use crate::features::navigation::MainNav;
use crate::hooks::{provide_list_sizes, use_location};

/// A list with one job, with the members that most jobs have.
const SAMPLE: &[u8] = br#"{"skip":0,"limit":1,"total":1,"resources":[{"id":"a","overall_status":"completed",
    "createdAt":"2024-01-01T00:00:00Z","updatedAt":"2024-01-01T00:00:01Z","completed_at":"2024-01-01T00:00:01Z",
    "key_ids":["a"],"success":["a"]}]}"#;

/// Prepares the console as soon as the browser is idle after the next paint. Browsers without idle callbacks do without.
pub fn prepare_when_idle() {
    let owner = Owner::new();
    request_animation_frame(move || {
        request_animation_frame(move || {
            request_idle_callback(move || {
                local_time::prepare();
                // Disposed at once: no effect runs, so nothing is requested.
                owner.with(render_list);
                owner.cleanup();
            });
        });
    });
}

/// Renders the page of the list that the address names, or of any list, and a table of one job, without attaching them
/// to the document.
fn render_list() {
    provide_list_sizes();
    let family = &FAMILIES[0];
    let names_all = use_location().route.with_untracked(|route| matches!(route, Route::AllJobs(_)));
    let rows = decode::job_page(SAMPLE)
        .map(|page| JobRow::all(&page.jobs, family, &[], &[]))
        .unwrap_or_default();
    let shown = Memo::new(move |_| Page::JobList(family));
    let list = if names_all {
        view! { <AllJobsPage/> }.into_any()
    } else {
        view! { <JobListPage family/> }.into_any()
    };
    let view = view! {
        <MainNav shown/>
        {list}
        <JobTable rows family=Some(family) busy=false/>
    };
    drop(view.into_any().build());
}
