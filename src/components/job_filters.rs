//! The choices above a list of jobs: the cloud, the kind, and the outcome.

use cckm_core::family::{FAMILIES, Family, Resource};
use cckm_core::format::text::{capitalize, group_digits, pluralize};
use cckm_core::job::outcome::{Outcome, OutcomeFilter};
use cckm_core::list::all_jobs::Coverage;
use cckm_core::route::{AllJobsRoute, JobListRoute, Route};
use leptos::ev::{Event, Targeted};
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::{ChipLink, ChipRow};
use crate::hooks::{use_list_sizes, use_location};

/// The clouds and, of the chosen one, the kinds of jobs. A kind leads to its own list, which has the filters and the
/// order of the API.
#[component]
pub fn JobKinds(
    /// The chosen cloud; empty for all.
    #[prop(into)]
    cloud: Signal<String>,
    /// The chosen kind.
    #[prop(into)]
    family: Signal<Option<&'static Family>>,
    /// The chosen outcome.
    #[prop(into)]
    outcome: Signal<Option<OutcomeFilter>>,
) -> impl IntoView {
    let sizes = use_list_sizes();
    let all_of = move |cloud: &'static str| {
        Signal::derive(move || {
            Route::AllJobs(AllJobsRoute {
                cloud: cloud.to_owned(),
                outcome: outcome.get(),
                ..AllJobsRoute::default()
            })
        })
    };
    let cloud_chip = move |name: &'static str, label: &'static str| {
        let count = Signal::derive(move || sizes.sum(listed(name)));
        let is_current = Signal::derive(move || *cloud.read() == name);
        view! { <ChipLink route=all_of(name) is_current label count/> }
    };
    let clouds = clouds().map(|name| cloud_chip(name, name)).collect_view();
    let kinds = move || {
        let cloud = cloud.get();
        let families = FAMILIES.iter().filter(move |family| family.cloud == cloud);
        let families: Vec<_> =
            families.filter(|family| family.resource == Resource::Jobs).collect();
        (!families.is_empty()).then(move || {
            let chips = families.into_iter().map(move |own| {
                let route =
                    Signal::derive(move || match outcome.get().filter(|_| own.list.is_some()) {
                        Some(outcome) => {
                            let list = JobListRoute::new(own);
                            Route::AllJobs(AllJobsRoute::of_list(&list, Some(outcome)))
                        }
                        None => Route::JobList(JobListRoute::new(own)),
                    });
                let is_current = Signal::derive(move || family.get() == Some(own));
                let count = Signal::derive(move || sizes.get(own));
                view! { <ChipLink route is_current label=capitalize(own.title) count/> }
            });
            view! { <ChipRow label="Kind">{chips.collect_view()}</ChipRow> }
        })
    };
    view! {
        <ChipRow label="Cloud">
            {cloud_chip("", "All clouds")} {clouds} <OtherKind/>
        </ChipRow>
        {kinds}
    }
}

/// The clouds that have jobs, in the order of the table.
fn clouds() -> impl Iterator<Item = &'static str> {
    let groups = FAMILIES.chunk_by(|one, next| one.cloud == next.cloud);
    groups.map(|families| families[0].cloud)
}

/// The families with a list, of one cloud or of all.
fn listed(cloud: &str) -> impl Iterator<Item = &'static Family> {
    let families = FAMILIES.iter().filter(|family| family.has_job_list());
    families.filter(move |family| cloud.is_empty() || family.cloud == cloud)
}

/// The field for the path of a family that is not in the table, with or without a leading `v1/cckm/`.
#[component]
fn OtherKind() -> impl IntoView {
    let location = use_location();
    let is_refused = RwSignal::new(false);
    let open = move |event: Targeted<Event, HtmlInputElement>| {
        let input = event.target();
        let typed = input.value();
        let path = typed.trim();
        let path = path.rsplit_once("v1/cckm/").map_or(path, |(_, path)| path);
        let family = Family::resolve(path.trim_matches('/'));
        is_refused.set(family.is_none() && !path.is_empty());
        if let Some(family) = family {
            input.set_value("");
            location.navigate(&Route::JobList(JobListRoute::new(family)));
        }
    };
    view! {
        <input
            class="chips__other"
            type="text"
            name="path"
            aria-label="Other kind, by its path in the API"
            autocomplete="off"
            spellcheck="false"
            placeholder="Other: aws/…"
            on:change:target=open
        />
        <Show when=move || is_refused.get()>
            <span class="chips__error" role="alert">"This is no path such as aws/bulkjob"</span>
        </Show>
    }
}

/// The outcomes that are always offered. The others are offered where a job has them.
const USUAL: [OutcomeFilter; 5] = [
    OutcomeFilter::Failures,
    OutcomeFilter::One(Outcome::Failed),
    OutcomeFilter::One(Outcome::PartlyFailed),
    OutcomeFilter::One(Outcome::Stuck),
    OutcomeFilter::One(Outcome::Running),
];

/// The outcomes with how many jobs have them, and what was read to count them.
#[component]
pub fn OutcomeChips(
    /// The list for a choice.
    #[prop(into)]
    route: Callback<Option<OutcomeFilter>, Route>,
    /// The choice.
    #[prop(into)]
    outcome: Signal<Option<OutcomeFilter>>,
    /// What was read, if the console reads the lists.
    #[prop(into)]
    coverage: Signal<Option<Coverage>>,
) -> impl IntoView {
    let count = move |filter: Option<OutcomeFilter>| {
        // Where only some jobs were read, the numbers of the others are unknown.
        let coverage =
            coverage.get().filter(|coverage| coverage.status.is_empty() || filter == outcome.get());
        let outcomes = coverage?.outcomes;
        Some(filter.map_or_else(|| outcomes.total(), |filter| outcomes.get(filter)))
    };
    let offered = Memo::new(move |_| {
        let others = Outcome::ALL.map(OutcomeFilter::One).into_iter();
        let others = others.filter(|filter| {
            !USUAL.contains(filter)
                && (outcome.get() == Some(*filter)
                    || count(Some(*filter)).is_some_and(|count| count > 0))
        });
        USUAL.into_iter().chain(others).map(Some).collect::<Vec<_>>()
    });
    let chip = move |filter: Option<OutcomeFilter>| {
        let label = filter.map_or("Any outcome", OutcomeFilter::label);
        view! {
            <ChipLink
                route=Signal::derive(move || route.run(filter))
                is_current=Signal::derive(move || outcome.get() == filter)
                label
                count=Signal::derive(move || count(filter))
            />
        }
    };
    view! {
        <ChipRow label="Outcome">
            {chip(None)} <For each=move || offered.get() key=Clone::clone children=chip/>
            {move || coverage.get().map(|coverage| {
                view! { <span class="chips__note">{read_text(coverage)}</span> }
            })}
        </ChipRow>
    }
}

/// What was read: `All 765 jobs read`, `120 of 765 jobs read`.
fn read_text(coverage: Coverage) -> String {
    let read = coverage.outcomes.total();
    let jobs = |count| pluralize(count, "job", "jobs");
    match coverage {
        Coverage { status: "", is_complete: true, .. } => format!("All {} read", jobs(read)),
        Coverage { status: "", size: Some(size), .. } => {
            format!("{} of {} read", group_digits(read), jobs(size.max(read)))
        }
        Coverage { status: "", .. } => format!("{} read", jobs(read)),
        Coverage { status, .. } => {
            format!("Only jobs that the server calls {status} were read: {}", group_digits(read))
        }
    }
}
