//! The jobs of all families as one list.

use leptos::prelude::expect_context;

use crate::components::{all_filters, empty_state, job_table, pager_bar, skeleton};
use crate::pages::all_notes::{failures, newer, remarks};
use crate::pages::commands::all_commands;
use crate::pages::live::hand;
use crate::reactive::{Callback, Signal, follow};
use crate::state::location::use_location;
use crate::state::polling::{Liveness, poll};
use crate::state::use_all_jobs::use_all_jobs;
use crate::state::wall_clock::use_clock;
use crate::state::{timing, zone};
use crate::view::{View, dynamic, el, several};
use cckm_core::config::Config;
use cckm_core::list::all_jobs::AllPage;
use cckm_core::list::job_row::JobRow;
use cckm_core::list::merge::Entry;
use cckm_core::route::{AllRoute, Route, encode};

/// The list of all jobs, live, at the place that the address names.
pub fn all_page() -> View {
    let location = use_location();
    let config: Config = expect_context();
    let clock = use_clock();
    // On the way to another page this one is shown once more, as it was.
    let route = Signal::memo(
        move |before: Option<&AllRoute>| match location.route().get() {
            Route::All(route) => route,
            _ => before.cloned().unwrap_or_default(),
        },
    );
    let all = use_all_jobs(route, config.poll.idle);
    let page = all.page();
    let liveness = Signal::memo(move |_| {
        let runs = |entry: &Entry| entry.row.standing.is_running();
        if page.with(|page| page.rows.iter().any(runs)) {
            Liveness::Running
        } else {
            Liveness::Waiting
        }
    });
    let asking = all.asking();
    let polling = poll(asking, config.poll, liveness);
    let shown = Signal::memo(move |_| page.with(|page| page.is_whole.then_some(page.pager.skip)));
    follow(shown, |shown| {
        if shown.is_some() {
            timing::mark_painted("list-ready");
        }
    });
    let go = Callback::new(move |route| location.navigate(&Route::All(route)));
    let retry = Callback::new(move |()| all.retry());
    let load = Callback::new(move |()| {
        all.refresh();
        location.navigate(&Route::All(route.get_untracked().at(0)));
    });
    let refresh = Callback::new(move |()| all.refresh());
    let body = dynamic(move || {
        let page = page.get();
        if page.rows.is_empty() {
            return nothing(&page, &route.get());
        }
        let busy = !page.is_whole;
        job_table(rows(page.rows), None, clock, busy).into()
    });
    let pager = dynamic(move || {
        let pager = page.with(|page| {
            let known = page.is_whole || !page.rows.is_empty();
            known.then_some(page.pager)
        });
        pager.map(|pager| pager_bar(pager, &Route::All(route.get())))
    });
    several([
        el("h1").class("page__title").child("All jobs").into(),
        hand(asking.course, polling, clock, refresh),
        dynamic(move || page.with(|page| failures(page, &retry))),
        dynamic(move || route.with(|route| all_filters(route, &go))),
        dynamic(move || page.with(remarks)),
        dynamic(move || page.with(|page| newer(page, load.clone()))),
        body,
        pager,
        all_commands(route),
    ])
}

/// The rows of the table. Families may use the same ids.
fn rows(entries: Vec<Entry>) -> Vec<JobRow> {
    let rows = entries.into_iter().enumerate().map(|(index, entry)| {
        let Entry { row, created, .. } = entry;
        let place = if row.key.is_empty() { index } else { 0 };
        JobRow {
            key: format!("{place} {}/{}", row.family.path, row.key),
            started: created.and_then(zone::when),
            ..row
        }
    });
    rows.collect()
}

/// Why a page has no rows.
fn nothing(page: &AllPage, route: &AllRoute) -> View {
    if !page.is_whole {
        return skeleton("jobs").into();
    }
    let past_end = page.pager.past_end();
    let filtered = route.at(0) != AllRoute::default();
    let (title, way_out) = if let Some(last) = past_end {
        let title = "This page lies behind the last one";
        (title, Some(("Go to the last page", route.at(last))))
    } else if !page.failures.is_empty() {
        // Why is told above.
        return View::none();
    } else if filtered {
        let title = "No job matches the filters";
        (title, Some(("Show all", AllRoute::default())))
    } else {
        ("No jobs yet", None)
    };
    let why = if way_out.is_none() {
        "Jobs appear here as soon as they are started."
    } else {
        ""
    };
    let link = way_out.map(|(name, route)| {
        let href = encode(&Route::All(route));
        el("a").set("href", href).child(name)
    });
    let what = el("p").child(why).child(link);
    empty_state(title, vec![what.into()]).into()
}
