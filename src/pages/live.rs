//! What every page with remote data shows of it: how fresh it is, what went wrong, and the answer.

use crate::components::{Freshness, error_panel, raw_json, refresh_bar};
use crate::domain::time::{Timestamp, ago};
use crate::reactive::{Callback, Signal};
use crate::state::polling::Polling;
use crate::state::raw;
use crate::state::use_remote::UseRemote;
use crate::view::{View, dynamic, several};

/// How fresh `data` is, and the hand on its refreshing; below it, what went wrong with the last
/// request, above whatever is kept.
pub fn freshness<T: Send + Sync>(
    data: UseRemote<T>,
    polling: Polling,
    clock: Signal<Timestamp>,
) -> View {
    let paused = polling.paused;
    let times = Signal::derive(move || {
        data.remote.with(|remote| {
            let answer = remote.answer.as_ref();
            (answer.map(|answer| answer.at), remote.in_flight)
        })
    });
    let pause = Callback::new(move |()| paused.update(|paused| *paused = !*paused));
    let refresh = Callback::new(move |()| data.refresh());
    let retry = refresh.clone();
    let bar = dynamic(move || {
        let (at, busy) = times.get();
        let freshness = Freshness {
            updated: at.map(|at| ago(clock.get().since(at))),
            busy,
            hold: polling.hold.get(),
            paused: paused.get(),
        };
        refresh_bar(freshness, pause.clone(), refresh.clone())
    });
    let error = data.error();
    let failure = dynamic(move || {
        let error = error.get();
        error.map(|error| error_panel(error.problem(), retry.clone()))
    });
    several([bar, failure])
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
