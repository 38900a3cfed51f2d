//! The page of one schedule.

use cckm_core::api::{command, decode, requests};
use cckm_core::route::JobRoute;
use leptos::prelude::*;

use super::schedule_content::ScheduleContent;
use crate::components::{
    BackLink, Commands, FetchError, JobActions, ReceivedJson, RefreshControls, UnknownJob,
};
use crate::hooks::{
    Liveness, known_remote, use_config, use_job_actions, use_polling, use_remote_from,
};

/// The page of the schedule that `named` names. Another schedule is another page.
#[component]
#[inline(never)]
pub fn SchedulePage(
    /// The schedule.
    named: JobRoute,
) -> impl IntoView {
    let family = named.family;
    let request = requests::get(&named);
    let request = Memo::new(move |_| request.clone());
    let data = use_remote_from(known_remote(&named), request, decode::job, |_, received| received);
    let answer = data.answer;
    let bounds = use_config().with_value(|config| config.poll);
    // A schedule is never final.
    let polling = use_polling(data.handle, bounds, Signal::stored(Liveness::Waiting));
    let actions = use_job_actions(data, named.clone());
    let is_known = Memo::new(move |_| answer.read().is_some());
    let schedule = StoredValue::new(named.clone());
    let content = move || {
        let named = schedule.get_value();
        match is_known.get().then(|| data.latest()).flatten() {
            Some(answer) => view! { <ScheduleContent answer named/> }.into_any(),
            None => view! { <UnknownJob data named/> }.into_any(),
        }
    };
    view! {
        <BackLink family/>
        <RefreshControls handle=data.handle polling/>
        <FetchError handle=data.handle permission=family.permission page_shows_not_found=true/>
        <JobActions actions answer named/>
        {content}
        <Commands make=move |base: String| command::job(&base, &schedule.get_value())/>
        <ReceivedJson data/>
    }
}
