//! When a schedule runs next.

use cckm_core::format::time::Timestamp;
use cckm_core::schedule::{Schedule, ScheduleState};
use leptos::prelude::*;

use crate::browser::local_time::local_time;
use crate::components::Time;

/// How many of the next runs are shown.
const MAX_RUNS: usize = 5;

/// The next runs, or why there are none.
#[component]
pub fn NextRuns(
    /// The schedule.
    schedule: Memo<Schedule>,
    /// The time of the answer.
    now: Memo<Timestamp>,
) -> impl IntoView {
    let runs = Memo::new(move |_| schedule.read().next_runs(now.get(), MAX_RUNS));
    let none = move || match schedule.read().state(now.get()) {
        ScheduleState::Unreadable => "Its times cannot be read here.",
        ScheduleState::NeverRuns => "None: the days that it names do not exist.",
        ScheduleState::Enabled => "None: it has no time to run at before it ends.",
        ScheduleState::Disabled | ScheduleState::Over => "None: it makes no runs by itself.",
    };
    let remarks = move || {
        let remarks = schedule.read().remarks().into_iter();
        remarks.map(|remark| view! { <p class="schedule__note">{remark}</p> }).collect_view()
    };
    let times = move || {
        let runs = runs.get().into_iter();
        runs.map(|run| view! { <li><Time at=local_time(run)/></li> }).collect_view()
    };
    view! {
        <section class="schedule" aria-labelledby="next-title">
            <h2 id="next-title">"Next runs"</h2>
            <Show when=move || runs.read().is_empty()>
                <p>{none}</p>
            </Show>
            <ol class="schedule__runs">{times}</ol>
            {remarks}
            <p class="schedule__note">
                "Calculated here from its five fields, in UTC: the time zone of the server is not documented."
            </p>
        </section>
    }
}
