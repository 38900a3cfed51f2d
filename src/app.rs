//! The frame of the console: contexts, and the page that the address names.

use cckm_core::config::Config;
use cckm_core::family::Resource;
use cckm_core::problem::Problem;
use cckm_core::route::{JobRoute, Page, Route};
use js_sys::Promise;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::page::{reload, remove_boot};
use crate::components::{AddressNotices, ClockNotice, ErrorPanel, UnresolvedActions};
use crate::features::all_jobs::AllJobsPage;
use crate::features::batch::{BatchPage, provide_batches};
use crate::features::job_detail::JobDetailPage;
use crate::features::job_list::JobListPage;
use crate::features::navigation::{Header, MainNav};
use crate::features::new_job::NewPage;
use crate::features::schedule::SchedulePage;
use crate::features::sign_in::SignInGate;
use crate::features::start::{StartPage, UnresolvedStarts, provide_start_forms};
use crate::hooks::{
    provide_changed_jobs, provide_clock, provide_config, provide_list_sizes, provide_location,
    provide_pending_actions, provide_session, provide_switching, read_config, use_location,
    use_title,
};
use crate::prepare::prepare_when_idle;

/// The console: reads its configuration, then starts.
#[component]
pub fn App(
    /// The pending response to the request for `config.json`.
    config: Promise,
) -> impl IntoView {
    let loaded = RwSignal::new(None::<Result<Config, Problem>>);
    spawn_local(async move {
        loaded.set(Some(read_config(config).await));
        remove_boot();
    });
    move || {
        loaded.get().map(|result| match result {
            Ok(config) => view! { <Console config/> }.into_any(),
            Err(problem) => view! {
                <main class="page page--alone">
                    <ErrorPanel problem on_retry=Callback::new(|()| reload())/>
                </main>
            }
            .into_any(),
        })
    }
}

/// The console with its configuration: provides every context, then asks to sign in.
#[component]
fn Console(
    /// From `config.json`.
    config: Config,
) -> impl IntoView {
    let title = config.title.clone();
    provide_session(&config);
    provide_switching();
    provide_location();
    provide_clock();
    provide_batches(&config);
    provide_config(config);
    use_title(title.clone());
    prepare_when_idle();
    view! {
        <SignInGate title=title.clone()>
            <Shell title=title.clone()/>
        </SignInGate>
    }
}

/// The header, the main navigation, and the page beside it. Rendered again for another user or domain.
#[component]
fn Shell(
    /// The name of the console.
    title: String,
) -> impl IntoView {
    provide_changed_jobs();
    provide_list_sizes();
    provide_pending_actions();
    provide_start_forms();
    let location = use_location();
    let shown = Memo::new(move |_| location.route.with(Route::page));
    view! {
        <a class="skip" href="#main">"Skip to the content"</a>
        <Header title/>
        <div class="frame">
            <MainNav shown/>
            <main class="page" id="main" tabindex="-1" node_ref=location.content>
                <AddressNotices/>
                <ClockNotice/>
                <UnresolvedStarts shown/>
                <UnresolvedActions shown/>
                // By key, so that another page gets new elements: nothing typed or opened in one stays in the next.
                <For each=move || [shown.get()] key=Page::clone let:page>{page_view(page)}</For>
            </main>
        </div>
    }
}

fn page_view(page: Page) -> AnyView {
    match page {
        Page::AllJobs => view! { <AllJobsPage/> }.into_any(),
        Page::JobList(family) => view! { <JobListPage family/> }.into_any(),
        Page::Job(family, id) => {
            let named = JobRoute::new(family, id);
            match family.resource {
                Resource::Jobs => view! { <JobDetailPage named/> }.into_any(),
                Resource::Schedules => view! { <SchedulePage named/> }.into_any(),
            }
        }
        Page::New => view! { <NewPage/> }.into_any(),
        Page::Start(start) => view! { <StartPage start/> }.into_any(),
        Page::Batch(name, from, cause) => view! { <BatchPage name from cause/> }.into_any(),
    }
}
