//! The page of one job.

use cckm_core::api::{command, decode, requests};
use cckm_core::job::Job;
use cckm_core::route::{JobRoute, Route};
use leptos::prelude::*;

use super::job_content::JobContent;
use super::job_head::JobHead;
use crate::browser::timing::mark_painted;
use crate::components::items::ItemsLocation;
use crate::components::{
    BackLink, Banner, Commands, FetchError, JobActions, ReceivedJson, RefreshControls, Tone,
    UnknownJob,
};
use crate::hooks::{
    Liveness, known_remote, use_config, use_job_actions, use_known_ids, use_location, use_polling,
    use_remote_from, was_cancelled,
};

/// The job that `named` names. Another job is another page.
#[component]
#[inline(never)]
pub fn JobDetailPage(
    /// The job.
    named: JobRoute,
) -> impl IntoView {
    let family = named.family;
    let request = requests::get(&named);
    // The node that answers may not know of the cancellation yet.
    let is_abort_known = was_cancelled(&named);
    let decode = move |body: &[u8]| {
        let mut job = decode::job(body)?.with_unreported(family);
        job.is_abort_known |= is_abort_known;
        Ok(job)
    };
    let data = use_remote_from(
        known_remote(&named),
        Memo::new(move |_| request.clone()),
        decode,
        Job::updated_by,
    );
    let answer = data.answer;
    let liveness = Signal::derive(move || {
        let answer = answer.read();
        match answer.as_ref().map(|answer| &answer.value) {
            Some(job) if job.status().is_running() => Liveness::Running,
            Some(job) if !job.may_run() => Liveness::Settled,
            _ => Liveness::Waiting,
        }
    });
    let polling = use_polling(data.handle, use_config().with_value(|config| config.poll), liveness);
    let actions = use_job_actions(data, named.clone());
    let is_known = Memo::new(move |_| answer.read().is_some());
    let is_unsaved = remember(is_known, &named);
    let items = use_items_location(&named);
    let note = family.note.map(|note| view! { <Banner tone=Tone::Info><p>{note}</p></Banner> });
    let job = StoredValue::new(named.clone());
    let content = move || {
        let named = job.get_value();
        match is_known.get().then(|| data.latest()).flatten() {
            Some(answer) => view! { <JobContent answer items named/> }.into_any(),
            None => view! { <UnknownJob data named/> }.into_any(),
        }
    };
    view! {
        <BackLink family/>
        <RefreshControls handle=data.handle polling/>
        <FetchError handle=data.handle permission=family.permission page_shows_not_found=true/>
        {note}
        <Show when=move || is_unsaved.get()>
            <Banner tone=Tone::Warning>
                <p>
                    "The browser could not save the id of this job, and the API has no list of these jobs. Copy the id, so \
                     that you can open the job later."
                </p>
            </Banner>
        </Show>
        <JobHead answer items named=named.clone()/>
        <JobActions actions answer named/>
        {content}
        <ReceivedJson data/>
        <Commands make=move |base: String| command::job(&base, &job.get_value())/>
    }
}

/// Marks the first paint of the job, and stores the id of a job that the API does not list.
/// Returns whether the browser did not store it.
fn remember(is_known: Memo<bool>, named: &JobRoute) -> ReadSignal<bool> {
    let (is_unsaved, set_unsaved) = signal(false);
    let known_ids = named.family.list.is_none().then(|| use_known_ids(named.family));
    let id = named.id.clone();
    Effect::new(move |_| {
        if is_known.get() {
            mark_painted("job-ready");
            if let Some(known_ids) = known_ids {
                set_unsaved.set(known_ids.remember(id.clone()).is_err());
            }
        }
    });
    is_unsaved
}

/// The items that the address selects. They stay unchanged while another page is about to replace this one.
fn use_items_location(named: &JobRoute) -> ItemsLocation {
    let location = use_location();
    let named = StoredValue::new(named.clone());
    let view = Memo::new(move |before: Option<&_>| {
        let route = location.route.read();
        let items = named.with_value(|named| match &*route {
            Route::Job(route) if route.id == named.id && route.family == named.family => {
                Some(route.items.clone())
            }
            _ => None,
        });
        items.or_else(|| before.cloned()).unwrap_or_default()
    });
    ItemsLocation {
        view: view.into(),
        route: Callback::new(move |items| Route::Job(JobRoute { items, ..named.get_value() })),
    }
}
