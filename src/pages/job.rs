//! One job: everything that it says.

use leptos::prelude::expect_context;

use crate::components::{copy_button, empty_state, facts, skeleton};
use crate::pages::commands::job_commands;
use crate::pages::job_actions::job_actions;
use crate::pages::job_head::head;
use crate::pages::job_items::{Listed, job_items};
use crate::pages::live::{freshness, noted, received};
use crate::reactive::{Callback, RwSignal, Signal, follow};
use crate::state::location::use_location;
use crate::state::polling::{Liveness, use_polling};
use crate::state::raw::copy_text;
use crate::state::remote::Answer;
use crate::state::use_remote::{UseRemote, use_remote};
use crate::state::wall_clock::use_clock;
use crate::state::{known_ids, timing, zone};
use crate::view::{View, dynamic, el, several};
use cckm_core::api::error::ApiError;
use cckm_core::api::{decode, requests};
use cckm_core::config::Config;
use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::job::details;
use cckm_core::route::{JobRoute, JobsRoute, Route, encode};

/// The job that `named` names, live. Another job is another page.
pub fn job_page(named: JobRoute) -> View {
    let config: Config = expect_context();
    let clock = use_clock();
    let family = named.family;
    let request = requests::get(&named);
    let data = use_remote(
        move || request.clone(),
        move |body| decode::job(body).map(|job| job.with_unreported(family)),
    );
    let answer = data.answer();
    let liveness = Signal::derive(move || {
        let standing = answer.with(|answer| {
            let job = &answer.as_ref()?.value;
            // Without a status nothing tells that it is over.
            job.overall_status().map(|_| job.status())
        });
        match standing {
            None => Liveness::Waiting,
            Some(standing) if standing.is_running() => Liveness::Running,
            Some(_) => Liveness::Settled,
        }
    });
    let polling = use_polling(data, config.poll, liveness);
    let is_known = Signal::memo(move |_| answer.with(Option::is_some));
    // What the API can list need not be remembered.
    let keeper = family.list.is_none().then(|| known_ids::keeper(family));
    let id = named.id.clone();
    follow(is_known, move |is_known| {
        if is_known {
            timing::mark_painted("job-ready");
            if let Some(keeper) = &keeper {
                keeper.remember(id.clone());
            }
        }
    });
    let location = use_location();
    // On the way to another page this one is shown once more, as it was.
    let route = Signal::memo(
        move |before: Option<&JobRoute>| match location.route().get() {
            Route::Job(route) if route.id == named.id && route.family == family => route,
            _ => before.cloned().unwrap_or_else(|| named.clone()),
        },
    );
    let rest = dynamic(move || {
        if !is_known.get() {
            return route.with_untracked(|named| unknown(data, named));
        }
        let first = answer.get_untracked();
        first.map(|first| rest(first, answer, route)).into()
    });
    several([
        el("nav")
            .class("back")
            .attr("aria-label", "Where this job is listed")
            .child(back(family))
            .into(),
        freshness(data, polling, clock),
        noted(family),
        head(answer, route, clock),
        job_actions(data, route),
        rest,
        received(data),
        job_commands(route),
    ])
}

/// The way back to the list as it was last on screen.
pub fn back(family: &'static Family) -> View {
    let last_list = use_location().last_list();
    dynamic(move || {
        let list = last_list.get();
        let list = list.filter(|list| list.family().is_none_or(|own| own == family));
        let list = list.unwrap_or_else(|| Route::Jobs(JobsRoute::of(family)));
        let name = list.family().map(Family::name);
        let name = name.unwrap_or_else(|| "all jobs".to_owned());
        let href = encode(&list);
        el("a")
            .set("href", href)
            // The picker has a link of that name too, which forgets the filters.
            .child(format!("Back to {name}"))
    })
}

/// Instead of a job: the skeleton before the first answer, or that there is none.
pub fn unknown(data: UseRemote<Job>, named: &JobRoute) -> View {
    match data.error().get() {
        None => skeleton("job").into(),
        Some(ApiError::NotFound(_)) => {
            let (noun, _) = named.family.resource.noun();
            let list = encode(&Route::Jobs(JobsRoute::of(named.family)));
            let all = format!("See all {}", named.family.name());
            let id = el("code").child(named.id.clone());
            let id = el("p").child("Its id is ").child(id);
            let all = el("p").child(el("a").set("href", list).child(all));
            empty_state(format!("No such {noun}"), vec![id.into(), all.into()]).into()
        }
        Some(_) => View::none(),
    }
}

/// What stays in place while the job changes: items with their scroll position, and the facts.
fn rest(first: Answer<Job>, answer: Signal<Option<Answer<Job>>>, route: Signal<JobRoute>) -> View {
    let latest = Signal::derive(move || answer.get().unwrap_or_else(|| first.clone()));
    let id = route.with_untracked(|named| named.id.clone());
    let copy_id = Callback::new(move |said: RwSignal<String>| {
        copy_text(id.clone(), said, "Copied".to_owned());
    });
    let listed = Listed {
        noun: route.with_untracked(|named| named.family.item),
        choice: Signal::memo(move |_| route.with(|named| named.items.clone())),
        route: Callback::new(move |items| {
            let named = route.get_untracked();
            Route::Job(JobRoute { items, ..named })
        }),
        more: Callback::new(|_| View::none()),
    };
    let title = "Everything else the job says";
    let members = el("section")
        .class("job__facts")
        .attr("aria-labelledby", "facts-title")
        .child(el("h2").attr("id", "facts-title").child(title))
        .child(dynamic(move || {
            facts(details::facts(&latest.get().value), zone::when)
        }));
    several([
        copy_button("Copy id", copy_id).into(),
        job_items(latest, listed),
        members.into(),
    ])
}
