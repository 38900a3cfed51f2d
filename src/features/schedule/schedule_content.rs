//! The content of a schedule: its state, its next runs, its job parameters, and all its members.

use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::job::details;
use cckm_core::route::{JobListRoute, JobRoute, Route, encode};
use cckm_core::schedule::Schedule;
use leptos::prelude::*;

use super::next_runs::NextRuns;
use crate::components::{JobDetails, Mark};
use crate::hooks::{Answer, use_session};

/// A schedule. It stays in place while the schedule changes.
#[component]
pub fn ScheduleContent(
    /// The schedule.
    answer: Memo<Answer<Job>>,
    /// The schedule's family and id.
    named: JobRoute,
) -> impl IntoView {
    let schedule = Memo::new(move |_| Schedule::from(&answer.read().value));
    let session = use_session();
    let now = Memo::new(move |_| session.server_time_at(answer.read().at));
    let details = Signal::derive(move || details::details(&answer.read().value));
    let state = Memo::new(move |_| schedule.read().state(now.get()));
    let id = named.id.clone();
    let title = move || {
        let name = schedule.read().name.clone();
        if name.is_empty() { id.clone() } else { name }
    };
    let mark = move || {
        let state = state.get();
        view! { <Mark key=state.as_str() label=state.label()/> }
    };
    view! {
        <header class="job__head">
            <p class="job__kind">{named.family.full_name()}</p>
            <h1 class="page__title job__id">{title}</h1>
            <p class="job__status">
                {mark} " "
                <span class="job__time">{move || schedule.read().description()}</span>
            </p>
            <RunsLink id=named.id/>
        </header>
        <NextRuns schedule now/>
        <Parameters schedule/>
        <JobDetails title="Everything the schedule says" details/>
    }
}

/// A link to the list of the runs of the schedule `id`.
#[component]
fn RunsLink(
    /// The id of the schedule.
    id: String,
) -> impl IntoView {
    Family::by_path("scheduler/jobs").map(|runs| {
        let list = JobListRoute::new(runs).with_filter("job_config_id", &[id]);
        view! { <p><a href=encode(&Route::JobList(list))>"Its runs"</a></p> }
    })
}

/// The operation of the schedule and its parameters, by the names of the API.
#[component]
fn Parameters(
    /// The schedule.
    schedule: Memo<Schedule>,
) -> impl IntoView {
    // Without keys: names can repeat, and they keep their positions from answer to answer.
    let entries = move || {
        let parameters = schedule.read().parameters.clone().into_iter();
        let entry = |(name, value)| {
            view! {
                <div class="facts__entry">
                    <dt><code>{name}</code></dt>
                    <dd>{value}</dd>
                </div>
            }
        };
        parameters.map(entry).collect_view()
    };
    view! {
        <Show when=move || !schedule.read().parameters.is_empty()>
            <section class="schedule" aria-labelledby="parameters-title">
                <h2 id="parameters-title">"Parameters"</h2>
                <dl class="facts">{entries}</dl>
            </section>
        </Show>
    }
}
