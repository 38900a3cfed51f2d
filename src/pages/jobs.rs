//! The list of one kind of jobs.

use leptos::prelude::expect_context;

use crate::components::{empty_state, filter_bar, job_table, pager_bar, schedule_table, skeleton};
use crate::pages::commands::list_commands;
use crate::pages::live::{freshness, noted, received};
use crate::pages::moved::{moved, place, use_drift};
use crate::pages::start_form::words;
use crate::pages::unlisted::unlisted;
use crate::reactive::{Callback, Signal, follow};
use crate::state::location::use_location;
use crate::state::polling::{Liveness, use_polling};
use crate::state::use_remote::{UseRemote, use_remote};
use crate::state::wall_clock::use_clock;
use crate::state::{timing, zone};
use crate::view::{View, dynamic, el, several};
use cckm_core::api::{decode, requests};
use cckm_core::config::Config;
use cckm_core::family::{Family, Resource};
use cckm_core::format::text::counted;
use cckm_core::job::page::JobPage;
use cckm_core::list::job_row::JobRow;
use cckm_core::list::pager::Pager;
use cckm_core::route::{JobsRoute, Route, StartRoute, encode};
use cckm_core::schedule::ScheduleRow;

/// The list of `family`, live, at the place that the address names.
pub fn jobs_page(family: &'static Family) -> View {
    let content = if family.list.is_some() {
        list(family)
    } else {
        unlisted(family)
    };
    let title = el("h1").class("page__title").child(family.name());
    let start = family.start.map(|_| {
        let href = encode(&Route::Start(StartRoute::of(family)));
        let label = format!("{}…", words(family, false).title);
        el("a").class("button").set("href", href).child(label)
    });
    let head = el("div").class("page__head").child(title).child(start);
    several([head.into(), noted(family), content])
}

fn list(family: &'static Family) -> View {
    let location = use_location();
    let config: Config = expect_context();
    let clock = use_clock();
    // On the way to another page this one is shown once more, as it was.
    let route = Signal::memo(
        move |before: Option<&JobsRoute>| match location.route().get() {
            Route::Jobs(route) if route.family == family => route,
            _ => before.cloned().unwrap_or_else(|| JobsRoute::of(family)),
        },
    );
    let wanted = Signal::memo(move |_| requests::list(&route.get()));
    let data = use_remote(move || wanted.get(), decode::job_page);
    let page = data.answer();
    let liveness = Signal::derive(move || {
        let runs = page.with(|page| page.as_ref().is_some_and(|page| page.value.has_running()));
        if runs {
            Liveness::Running
        } else {
            Liveness::Waiting
        }
    });
    let polling = use_polling(data, config.poll, liveness);
    let drift = use_drift(page);
    let rows = Signal::memo(move |_| {
        page.with(|page| {
            let page = page.as_ref()?;
            let jobs = &page.value.jobs;
            Some(match family.resource {
                Resource::Jobs => {
                    let repeated = drift.with(|drift| drift.repeated.clone());
                    Rows::Jobs(JobRow::all(jobs, family, &repeated, zone::when))
                }
                Resource::Schedules => Rows::Schedules(ScheduleRow::all(jobs, page.at, zone::when)),
            })
        })
    });
    let shown = Signal::memo(move |_| page.with(|page| Some(page.as_ref()?.request.clone())));
    follow(shown, |shown| {
        if shown.is_some() {
            timing::mark_painted("list-ready");
        }
    });
    let go = Callback::new(move |route| location.navigate(&Route::Jobs(route)));
    // Only while another page is on its way, not whenever this one is asked for anew.
    let busy = Signal::memo(move |_| {
        let in_flight = data.remote.with(|remote| remote.in_flight);
        in_flight && shown.get().is_some_and(|shown| shown != wanted.get())
    });
    let body = dynamic(move || match rows.get() {
        None => waiting(data),
        Some(rows) if rows.is_empty() => {
            nothing(&route.get(), page.with(|page| page.as_ref().map(place)))
        }
        Some(Rows::Jobs(rows)) => job_table(rows, Some(family), clock, busy.get()).into(),
        Some(Rows::Schedules(rows)) => schedule_table(rows, family, busy.get()).into(),
    });
    let pager = dynamic(move || {
        let pager = page.with(|page| page.as_ref().map(place));
        pager.map(|pager| pager_bar(pager, &Route::Jobs(route.get())))
    });
    several([
        freshness(data, polling, clock),
        dynamic(move || route.with(|route| filter_bar(route, &go))),
        dynamic(move || moved(&drift.get(), &route.get())),
        body,
        pager,
        received(data),
        list_commands(route),
    ])
}

/// The rows of a page, as what its entries are.
#[derive(Clone, PartialEq)]
enum Rows {
    Jobs(Vec<JobRow>),
    Schedules(Vec<ScheduleRow>),
}

impl Rows {
    fn is_empty(&self) -> bool {
        match self {
            Self::Jobs(rows) => rows.is_empty(),
            Self::Schedules(rows) => rows.is_empty(),
        }
    }
}

/// The skeleton before the first answer, or nothing if there is an error to tell of.
fn waiting(data: UseRemote<JobPage>) -> View {
    let error = data.error();
    dynamic(move || error.with(Option::is_none).then(|| skeleton("jobs")))
}

/// Why a page has no rows.
fn nothing(route: &JobsRoute, pager: Option<Pager>) -> View {
    let (one, many) = route.family.resource.noun();
    let (title, why, way_out) = if let Some(last) = pager.and_then(|pager| pager.past_end()) {
        let title = "This page lies behind the last one".to_owned();
        (title, "", Some(("Go to the last page", route.at(last))))
    } else if let Some(total) = pager.and_then(|pager| pager.kept_back()) {
        let jobs = counted(total, one, many);
        let title = format!("The server counts {jobs} but sent none");
        (
            title,
            "The number and this page do not fit each other.",
            None,
        )
    } else if route.filters.is_empty() {
        let title = format!("No {} yet", route.family.name());
        (title, "They appear here as soon as there are any.", None)
    } else {
        let all = JobsRoute {
            filters: Vec::new(),
            ..route.at(0)
        };
        (
            format!("No {one} matches the filters"),
            "",
            Some(("Show all", all)),
        )
    };
    let link = way_out.map(|(name, route)| {
        let href = encode(&Route::Jobs(route));
        el("a").set("href", href).child(name)
    });
    let what = el("p").child(why).child(" ").child(link);
    empty_state(title, vec![what.into()]).into()
}
