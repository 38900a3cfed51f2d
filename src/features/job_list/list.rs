//! The list of one family, kept up to date, at the position that the address names.

use cckm_core::api::{command, decode, requests};
use cckm_core::family::{Family, Resource};
use cckm_core::format::text::pluralize;
use cckm_core::job::outcome::OutcomeFilter;
use cckm_core::job::page::JobPage;
use cckm_core::list::envelope::{Finding, findings};
use cckm_core::list::job_row::JobRow;
use cckm_core::list::page_shift::PageShift;
use cckm_core::list::pager::Pager;
use cckm_core::route::{AllJobsRoute, JobListRoute, Route, encode};
use cckm_core::schedule::ScheduleRow;
use leptos::either::Either;
use leptos::prelude::*;

use super::filter_bar::FilterBar;
use super::shift_notice::{ShiftNotice, use_page_shift};
use crate::browser::timing::mark_painted;
use crate::components::{
    Banner, Commands, EmptyState, FetchError, JobKinds, JobTable, OutcomeChips, PagerBar,
    PastEndState, ReceivedJson, RefreshControls, ScheduleTable, Skeleton, Tone,
};
use crate::hooks::{
    Answer, Liveness, Remote, use_config, use_location, use_polling, use_remote_from, use_session,
};

/// The list of `family`.
#[component]
pub fn JobList(
    /// The family.
    family: &'static Family,
) -> impl IntoView {
    let location = use_location();
    let route = Memo::new(move |before: Option<&JobListRoute>| match location.route.get() {
        Route::JobList(route) if route.family == family => route,
        // The address names another page, which is about to replace this one.
        _ => before.cloned().unwrap_or_else(|| JobListRoute::new(family)),
    });
    let request = Memo::new(move |_| requests::list(&route.read()));
    let merge: fn(&JobPage, JobPage) -> JobPage = match family.resource {
        Resource::Jobs => JobPage::updated_by,
        // A schedule has no state that only moves forward, and the clocks of the nodes differ.
        Resource::Schedules => |_, received| received,
    };
    let data = use_remote_from(Remote::default(), request, decode::job_page, merge);
    let answer = data.answer;
    let liveness = Signal::derive(move || match &*answer.read() {
        Some(page) if page.value.has_running() => Liveness::Running,
        _ => Liveness::Waiting,
    });
    let polling = use_polling(data.handle, use_config().with_value(|config| config.poll), liveness);
    let shift = use_page_shift(answer);
    let findings = Memo::new(move |_| {
        let answer = answer.read();
        answer.as_ref().map(|page| findings(&page.value, &page.request, family)).unwrap_or_default()
    });
    let shown = Memo::new(move |_| answer.read().as_ref().map(|page| page.request.clone()));
    Effect::new(move |_| {
        if shown.read().is_some() {
            mark_painted("list-ready");
        }
    });
    // Only while another page is being loaded, not during each refresh.
    let busy = Memo::new(move |_| {
        let shows_other = shown.read().as_ref().is_some_and(|shown| *shown != *request.read());
        shows_other && data.handle.status.read().in_flight
    });
    let pager = Memo::new(move |_| {
        answer.read().as_ref().map(|page| Pager::of(&page.value, &page.request))
    });
    let is_loaded = Memo::new(move |_| answer.read().is_some());
    let is_empty =
        Memo::new(move |_| answer.read().as_ref().is_none_or(|page| page.value.jobs.is_empty()));
    view! {
        <RefreshControls handle=data.handle polling/>
        <FetchError handle=data.handle permission=family.permission/>
        <JobChoices family route/>
        <FilterBar route/>
        <ShiftNotice shift route/>
        <ListFindings findings/>
        <Show when=move || data.is_loading.get()>
            <Skeleton what=family.resource.nouns().1/>
        </Show>
        <Show when=move || is_loaded.get()>
            <Show when=move || !is_empty.get() fallback=move || view! { <NoRows pager route/> }>
                <Rows family answer shift findings busy/>
            </Show>
        </Show>
        <PagerBar pager route=Signal::derive(move || Route::JobList(route.get()))/>
        <ReceivedJson data/>
        <Commands make=move |base: String| vec![command::list(&base, &route.read())]/>
    }
}

/// The cloud, the kind and the outcome, of a list of jobs. The server does not know outcomes, so their lists are those of
/// all jobs, which the console reads itself.
#[component]
fn JobChoices(
    /// The family of the list.
    family: &'static Family,
    /// The list.
    route: Memo<JobListRoute>,
) -> impl IntoView {
    (family.resource == Resource::Jobs).then(|| {
        let of_outcome = move |outcome: Option<OutcomeFilter>| match outcome {
            Some(_) => Route::AllJobs(AllJobsRoute::of_list(&route.read(), outcome)),
            None => Route::JobList(route.get()),
        };
        let has_outcomes = !family.is_unlisted();
        view! {
            <JobKinds
                cloud=Signal::stored(family.cloud.to_owned())
                family=Signal::stored(Some(family))
                outcome=Signal::stored(None)
            />
            {has_outcomes.then(|| view! {
                <OutcomeChips
                    route=of_outcome
                    outcome=Signal::stored(None)
                    coverage=Signal::stored(None)
                />
            })}
        }
    })
}

/// The rows of the page on screen, as jobs or as schedules.
#[component]
fn Rows(
    /// Their family.
    family: &'static Family,
    /// The page on screen.
    answer: Memo<Option<Answer<JobPage>>>,
    /// Which rows were on another page before.
    shift: Memo<PageShift>,
    /// What contradicts the request.
    findings: Memo<Vec<Finding>>,
    /// Whether another page is being loaded.
    busy: Memo<bool>,
) -> impl IntoView {
    // The rows that the notices above the list call marked.
    let marked = Memo::new(move |_| {
        let unmatched = findings.read().iter().find_map(|finding| match finding {
            Finding::NotFiltered(rows) => Some(rows.clone()),
            _ => None,
        });
        (shift.read().repeated.clone(), unmatched.unwrap_or_default())
    });
    match family.resource {
        Resource::Jobs => {
            let rows = Memo::new(move |_| {
                let (answer, marked) = (answer.read(), marked.read());
                let (repeated, unmatched) = &*marked;
                let page = answer.as_ref();
                page.map(|page| JobRow::all(&page.value.jobs, family, repeated, unmatched))
                    .unwrap_or_default()
            });
            Either::Left(view! { <JobTable rows family=Some(family) busy/> })
        }
        Resource::Schedules => {
            let session = use_session();
            let rows = Memo::new(move |_| {
                let (answer, marked) = (answer.read(), marked.read());
                let (repeated, unmatched) = &*marked;
                let Some(page) = answer.as_ref() else { return Vec::new() };
                let now = session.server_time_at(page.at);
                ScheduleRow::all(&page.value.jobs, now, repeated, unmatched)
            });
            Either::Right(view! { <ScheduleTable rows family busy/> })
        }
    }
}

/// What about the page contradicts its request or itself.
#[component]
fn ListFindings(
    /// The contradictions.
    findings: Memo<Vec<Finding>>,
) -> impl IntoView {
    let lines = move || {
        let findings = findings.get().into_iter();
        findings.map(|finding| view! { <p>{finding.text()}</p> }).collect_view()
    };
    view! {
        <Show when=move || !findings.read().is_empty()>
            <Banner tone=Tone::Info>{lines}</Banner>
        </Show>
    }
}

/// Why the page has no rows.
#[component]
fn NoRows(
    /// The position of the page.
    pager: Memo<Option<Pager>>,
    /// The list.
    route: Memo<JobListRoute>,
) -> impl IntoView {
    move || {
        let (pager, route) = (pager.get(), route.get());
        let past_end = pager.and_then(|pager| pager.past_end());
        if let Some(end) = past_end {
            Either::Left(view! { <PastEndState end route=Route::JobList(route)/> })
        } else {
            let withheld = pager.and_then(|pager| pager.withheld());
            let is_unreadable = pager.is_some_and(|pager| pager.shown > 0);
            Either::Right(view! { <NoJobs withheld is_unreadable route/> })
        }
    }
}

/// Says that there are no jobs, or none that the filters let through or that can be read, or that the server sent none of
/// its `withheld` jobs.
#[component]
fn NoJobs(
    /// How many jobs the server counts but did not send.
    withheld: Option<usize>,
    /// Whether the server sent only elements that are no jobs. They are named above the list.
    is_unreadable: bool,
    /// The list.
    route: JobListRoute,
) -> impl IntoView {
    let (one, many) = route.family.resource.nouns();
    let (title, text) = if let Some(total) = withheld {
        let jobs = pluralize(total, one, many);
        let title = format!("The server counts {jobs} but sent none");
        (title, Some("The number does not match this page."))
    } else if is_unreadable {
        (format!("Nothing on this page is a {one}"), Some("The server sent other entries."))
    } else if route.filters.is_empty() {
        let title = format!("No {} yet", route.family.full_name());
        (title, Some("They appear here as soon as there are any."))
    } else {
        (format!("No {one} matches the filters"), None)
    };
    let show_all = text.is_none().then(|| {
        let all = JobListRoute { filters: Vec::new(), ..route.with_skip(0) };
        view! { <a href=encode(&Route::JobList(all))>"Show all"</a> }
    });
    view! {
        <EmptyState title>
            <p>{text} {show_all}</p>
        </EmptyState>
    }
}
