//! The page of all jobs.

use cckm_core::api::command;
use cckm_core::list::all_jobs::MergedPage;
use cckm_core::route::{AllJobsRoute, Route, encode};
use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::notices::{ListFailures, ListLimits, NewerJobs};
use super::use_all_jobs::use_all_jobs;
use crate::browser::timing::mark_painted;
use crate::components::{
    ChipRow, Commands, EmptyState, JobKinds, JobTable, OutcomeChips, PagerBar, PastEndState,
    RefreshControls, Skeleton,
};
use crate::hooks::{Liveness, use_config, use_location, use_polling};

/// The list of all jobs, kept up to date, at the position that the address names.
#[component]
#[inline(never)]
pub fn AllJobsPage() -> impl IntoView {
    let location = use_location();
    let poll = use_config().with_value(|config| config.poll);
    let route = Memo::new(move |before: Option<&AllJobsRoute>| match location.route.get() {
        Route::AllJobs(route) => route,
        // The address names another page, which is about to replace this one.
        _ => before.cloned().unwrap_or_default(),
    });
    let all = use_all_jobs(route, poll.idle);
    let page = all.page;
    let liveness = Signal::derive(move || {
        if page.read().has_running() { Liveness::Running } else { Liveness::Waiting }
    });
    let polling = use_polling(all.handle, poll, liveness);
    let complete =
        Memo::new(move |_| page.with(|page| page.is_complete.then_some(page.pager.skip)));
    Effect::new(move |_| {
        if complete.get().is_some() {
            mark_painted("list-ready");
        }
    });
    let load_newer = Callback::new(move |()| {
        all.refresh();
        location.navigate(&Route::AllJobs(route.get_untracked().with_skip(0)));
    });
    let outcome = Memo::new(move |_| route.read().outcome);
    let coverage = Memo::new(move |_| page.read().coverage);
    let is_empty = Memo::new(move |_| page.read().rows.is_empty());
    let rows = Memo::new(move |_| page.read().rows.clone());
    let pager = Memo::new(move |_| {
        let page = page.read();
        (page.is_complete || !page.rows.is_empty()).then_some(page.pager)
    });
    view! {
        <h1 class="page__title">"Jobs"</h1>
        <RefreshControls
            handle=all.handle
            polling
            on_refresh=Callback::new(move |()| all.refresh())
        />
        <ListFailures page on_retry=Callback::new(move |()| all.retry())/>
        <JobKinds
            cloud=Signal::derive(move || route.read().cloud.clone())
            family=Signal::derive(move || route.read().family())
            outcome
        />
        <OutcomeChips
            route=move |outcome| {
                Route::AllJobs(AllJobsRoute { outcome, ..route.get().with_skip(0) })
            }
            outcome
            coverage=Signal::derive(move || Some(coverage.get()))
        />
        <ServerFilters route/>
        <ListLimits page/>
        <NewerJobs page on_load=load_newer/>
        <Show when=move || !is_empty.get() fallback=move || view! { <NoRows page route/> }>
            <JobTable rows family=None busy=Signal::derive(move || complete.get().is_none())/>
        </Show>
        <PagerBar pager route=Signal::derive(move || Route::AllJobs(route.get()))/>
        <Commands make=move |base: String| command::all_lists(&base, &route.read())/>
    }
}

/// The filters of the API that the list of one family was chosen with. Each can be removed.
#[component]
fn ServerFilters(
    /// The list.
    route: Memo<AllJobsRoute>,
) -> impl IntoView {
    let chips = move || {
        let route = route.get();
        let chips = route.filters.iter().enumerate().map(|(index, (name, value))| {
            let mut rest = route.with_skip(0);
            rest.filters.remove(index);
            let label = format!("Remove {name} {value}");
            view! {
                <a class="chip" href=encode(&Route::AllJobs(rest)) aria-label=label>
                    <span class="chip__text">{format!("{name}: {value}")}</span>
                    <span aria-hidden="true">"×"</span>
                </a>
            }
        });
        chips.collect_view()
    };
    view! {
        <Show when=move || !route.read().filters.is_empty()>
            <ChipRow label="Filters of the server">{chips}</ChipRow>
        </Show>
    }
}

/// Why the page has no rows.
#[component]
fn NoRows(
    /// The page on screen.
    page: Memo<MergedPage>,
    /// The list.
    route: Memo<AllJobsRoute>,
) -> impl IntoView {
    let reason = Memo::new(move |_| {
        let page = page.read();
        let is_explained = !page.failures.is_empty() || !page.unreadable.is_empty();
        (page.is_complete, page.pager.past_end(), is_explained)
    });
    move || {
        let (is_complete, past_end, is_explained) = reason.get();
        let route = route.get();
        if !is_complete {
            EitherOf3::A(view! { <Skeleton what="jobs"/> })
        } else if let Some(end) = past_end {
            EitherOf3::B(view! { <PastEndState end route=Route::AllJobs(route)/> })
        } else {
            // Failures, and entries that are no jobs, are shown above the list.
            EitherOf3::C((!is_explained).then(
                || view! { <NoJobs is_filtered=route.with_skip(0) != AllJobsRoute::default()/> },
            ))
        }
    }
}

/// Says that there are no jobs, or none that the filters let through.
#[component]
fn NoJobs(
    /// Whether any filter is set.
    is_filtered: bool,
) -> impl IntoView {
    let title = if is_filtered { "No job matches the filters" } else { "No jobs yet" };
    view! {
        <EmptyState title>
            <p>
                {if is_filtered {
                    let href = encode(&Route::AllJobs(AllJobsRoute::default()));
                    view! { <a href=href>"Show all"</a> }.into_any()
                } else {
                    "Jobs appear here as soon as they are started.".into_any()
                }}
            </p>
        </EmptyState>
    }
}
