//! One schedule: when it runs next, what it starts, and everything else it says.

use leptos::prelude::expect_context;

use crate::components::{facts, mark, time};
use crate::pages::commands::job_commands;
use crate::pages::job::{back, unknown};
use crate::pages::job_actions::job_actions;
use crate::pages::live::{freshness, received};
use crate::reactive::Signal;
use crate::state::polling::{Liveness, use_polling};
use crate::state::remote::Answer;
use crate::state::use_remote::use_remote;
use crate::state::wall_clock::use_clock;
use crate::state::zone;
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::api::{decode, requests};
use cckm_core::config::Config;
use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::job::details;
use cckm_core::route::{JobRoute, JobsRoute, Route, encode};
use cckm_core::schedule::{Schedule, State};

/// How many of the next runs are told.
const NEXT: usize = 5;

/// The schedule that `named` names, live.
pub fn schedule_page(named: JobRoute) -> View {
    let config: Config = expect_context();
    let clock = use_clock();
    let request = requests::get(&named);
    let data = use_remote(move || request.clone(), decode::job);
    let liveness = Signal::derive(|| Liveness::Waiting);
    let polling = use_polling(data, config.poll, liveness);
    let answer = data.answer();
    let family = named.family;
    let route = named.clone();
    let route = Signal::derive(move || route.clone());
    let actions = job_actions(data, route);
    let content = dynamic(move || match answer.get() {
        Some(answer) => content(&answer, &named),
        None => unknown(data, &named),
    });
    several([
        el("nav")
            .class("back")
            .attr("aria-label", "Where this schedule is listed")
            .child(back(family))
            .into(),
        freshness(data, polling, clock),
        actions,
        content,
        job_commands(route),
        received(data),
    ])
}

fn content(answer: &Answer<Job>, named: &JobRoute) -> View {
    let job = &answer.value;
    let schedule = Schedule::of(job);
    let state = schedule.state(answer.at);
    let title = if schedule.name.is_empty() {
        named.id.clone()
    } else {
        schedule.name.clone()
    };
    let status = el("p")
        .class("job__status")
        .child(mark(state.key(), state.word().into()))
        .child(" ")
        .child(el("span").class("job__time").child(schedule.words()));
    let head = el("header")
        .class("job__head")
        .child(el("p").class("job__kind").child(named.family.name()))
        .child(el("h1").class("page__title job__id").child(title))
        .child(status)
        .child(runs_link(&named.id));
    let members = el("section")
        .class("job__facts")
        .attr("aria-labelledby", "facts-title")
        .child(
            el("h2")
                .attr("id", "facts-title")
                .child("Everything the schedule says"),
        )
        .child(facts(details::facts(job), zone::when));
    several([
        head.into(),
        next_runs(&schedule, answer).into(),
        parameters(&schedule).into(),
        members.into(),
    ])
}

/// The list of the runs that it has made.
fn runs_link(id: &str) -> Option<Element> {
    let runs = Family::of_path("scheduler/jobs")?;
    let list = JobsRoute::of(runs).filtered("job_config_id", &[id.to_owned()]);
    let link = el("a")
        .set("href", encode(&Route::Jobs(list)))
        .child("Its runs");
    Some(el("p").child(link))
}

fn next_runs(schedule: &Schedule, answer: &Answer<Job>) -> Element {
    let runs = schedule.next_runs(answer.at, NEXT);
    let none = match schedule.state(answer.at) {
        State::Unreadable => "Its times cannot be read here.",
        State::Enabled => "None within the next eight years.",
        State::Disabled | State::Over => "None: it makes no runs by itself.",
    };
    let none = runs.is_empty().then(|| el("p").child(none));
    let runs = runs
        .into_iter()
        .map(|run| el("li").child(time(zone::when(run))));
    let why = "Reckoned here from its five fields, as times of UTC: which zone the server takes \
               them in is not documented.";
    el("section")
        .class("schedule")
        .attr("aria-labelledby", "next-title")
        .child(el("h2").attr("id", "next-title").child("Next runs"))
        .child(none)
        .child(el("ol").class("schedule__runs").children(runs))
        .child(el("p").class("schedule__note").child(why))
}

fn parameters(schedule: &Schedule) -> Option<Element> {
    if schedule.parameters.is_empty() {
        return None;
    }
    let entries = schedule.parameters.iter().map(|(name, value)| {
        el("div")
            .class("facts__entry")
            .child(el("dt").child(el("code").child(name.clone())))
            .child(el("dd").child(value.clone()))
    });
    let list = el("dl").class("facts").children(entries);
    Some(
        el("section")
            .class("schedule")
            .attr("aria-labelledby", "parameters-title")
            .child(el("h2").attr("id", "parameters-title").child("Parameters"))
            .child(list),
    )
}
