//! The page of one job.

use cckm_core::api::{decode, requests};
use cckm_core::job::Job;
use cckm_core::job::items_view::ItemsView;
use cckm_core::route::{JobRoute, JobTab, Route};
use leptos::prelude::*;

use super::job_content::JobContent;
use super::job_head::JobHead;
use super::timeline::use_timeline;
use crate::browser::timing::mark_painted;
use crate::components::items::ItemsLocation;
use crate::components::{
    BackLink, Banner, FetchError, JobActions, RefreshControls, Tone, UnknownJob,
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
    let shown = use_shown_part(&named);
    let selected = Memo::new(move |_| shown.read().selected_tab());
    let items = items_location(shown, &named);
    let timeline = use_timeline(answer, family);
    let note = family.note.map(|note| view! { <Banner tone=Tone::Info><p>{note}</p></Banner> });
    let job = StoredValue::new(named.clone());
    let content = move || {
        let named = job.get_value();
        match is_known.get().then(|| data.latest()).flatten() {
            Some(answer) => {
                view! { <JobContent answer data selected items timeline named/> }.into_any()
            }
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

/// The part of the job that the address selects. It stays unchanged while another page is about to replace this one.
fn use_shown_part(named: &JobRoute) -> Memo<JobRoute> {
    let location = use_location();
    let named = named.clone();
    Memo::new(move |before: Option<&JobRoute>| match &*location.route.read() {
        Route::Job(route) if route.id == named.id && route.family == named.family => route.clone(),
        _ => before.unwrap_or(&named).clone(),
    })
}

/// The items that the address selects, and the addresses of others, which show the list.
fn items_location(shown: Memo<JobRoute>, named: &JobRoute) -> ItemsLocation {
    let named = StoredValue::new(named.clone());
    let view = Memo::new(move |_| shown.read().items.clone());
    let route = move |items: ItemsView| {
        // A selection of items says by itself that the list is shown.
        let tab = (items == ItemsView::default()).then_some(JobTab::Items);
        Route::Job(JobRoute { tab, items, ..named.get_value() })
    };
    ItemsLocation { view: view.into(), route: Callback::new(route) }
}
