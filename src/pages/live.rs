//! What every page with remote data shows of it: how fresh it is, what went wrong, and the answer.

use crate::components::{Freshness, banner, error_panel, raw_json, refresh_bar};
use crate::reactive::{Callback, Signal};
use crate::state::location::use_location;
use crate::state::polling::Polling;
use crate::state::remote::FetchStatus;
use crate::state::use_remote::{Asking, UseRemote};
use crate::state::{raw, zone};
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::api::error::ApiError;
use cckm_core::api::explain::About;
use cckm_core::family::Family;
use cckm_core::format::time::{Timestamp, ago};
use cckm_core::route::Route;

/// How fresh `data` is, and the hand on its refreshing; below it, what went wrong with the last
/// request, above whatever is kept.
pub fn freshness<T: Send + Sync>(
    data: UseRemote<T>,
    polling: Polling,
    clock: Signal<Timestamp>,
) -> View {
    asking(data.asking(), polling, clock)
}

fn asking(data: Asking, polling: Polling, clock: Signal<Timestamp>) -> View {
    let refresh = Callback::new(move |()| data.refresh());
    let retry = refresh.clone();
    let route = use_location().route();
    let failure = dynamic(move || {
        let course = data.course.get();
        let kept = course.at.is_some();
        // Of an ended session the sign-in dialog tells.
        let error = course.error.filter(|error| *error != ApiError::SignedOut);
        error.map(|error| failure(&error, kept, &route.get(), retry.clone()))
    });
    several([hand(data.course, polling, clock, refresh), failure])
}

/// How fresh what is asked for in the course `course` is, and the hand on its refreshing.
pub fn hand(
    course: Signal<FetchStatus>,
    polling: Polling,
    clock: Signal<Timestamp>,
    refresh: Callback<()>,
) -> View {
    let paused = polling.paused;
    let pause = Callback::new(move |()| paused.update(|paused| *paused = !*paused));
    let bar = dynamic(move || {
        let course = course.get();
        let freshness = Freshness {
            updated: course.at.map(|at| ago(clock.get().since(at))),
            busy: course.in_flight,
            hold: polling.hold.get(),
            paused: paused.get(),
        };
        refresh_bar(freshness, pause.clone(), refresh.clone())
    });
    let offline = polling.offline;
    let offline = dynamic(move || offline.get().then(|| offline_since(course.get().at)));
    several([bar, offline])
}

fn offline_since(at: Option<Timestamp>) -> Element {
    let at = at.and_then(zone::when);
    let from = at.map(|at| format!(" What is shown is from {}.", at.local));
    let what = el("p").child("You are offline.").child(from);
    banner("warning", vec![what.into()])
}

fn failure(error: &ApiError, kept: bool, route: &Route, retry: Callback<()>) -> View {
    // Of a job that is not there the page itself tells.
    if matches!((error, route), (ApiError::NotFound(_), Route::Job(_))) && !kept {
        return View::none();
    }
    let permission = route.family().and_then(|family| family.permission);
    error_panel(error.problem(About { kept, permission }), retry).into()
}

/// What is to be said of a family.
pub fn noted(family: &Family) -> View {
    let note = family.note;
    let note = note.map(|note| banner("info", vec![el("p").child(note).into()]));
    note.into()
}

/// The answer as received, once there is one.
pub fn received<T: Send + Sync>(data: UseRemote<T>) -> View {
    let answer = data.answer();
    let body = Callback::new(move |()| {
        answer.with(|answer| {
            let body = answer.as_ref().map(|answer| raw::shown(&answer.body));
            body.unwrap_or_default()
        })
    });
    let copy = Callback::new(move |said| {
        if let Some(answer) = answer.get_untracked() {
            raw::copy(&answer.body, said);
        }
    });
    let save = Callback::new(move |()| {
        if let Some(answer) = answer.get_untracked() {
            // The browser makes a name of the path.
            raw::save(&answer.body, &format!("{}.json", answer.request.path));
        }
    });
    raw_json(body, copy, save)
}
