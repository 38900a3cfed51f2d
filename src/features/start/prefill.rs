//! Fills in a form from a job, and shows what could not be taken over.

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use cckm_core::api::{decode, requests};
use cckm_core::family::Family;
use cckm_core::family::start_api::StartApi;
use cckm_core::route::{JobRoute, Route, StartRoute, encode};
use cckm_core::start::{Prefill, RepeatOf, prefill, prefill_edit};
use leptos::prelude::*;

use super::start_forms::StartForm;
use crate::components::{Banner, ErrorPanel, Skeleton, Tone};
use crate::hooks::{RefetchHandle, use_remote};

/// The job that the form is filled in from: its loading, then a link to it and the remarks.
#[component]
pub fn PrefillSource(
    /// The form.
    form: StartForm,
    /// What the start takes.
    api: &'static StartApi,
    /// What to start. It names the job.
    start: StartRoute,
) -> impl IntoView {
    let job = JobRoute::new(start.family, start.from.clone().unwrap_or_default());
    let (noun, _) = start.family.resource.nouns();
    let source = if start.failed_only {
        "Filled in with what failed of the job ".to_owned()
    } else {
        format!("Filled in from the {noun} ")
    };
    // A form that the person has worked on stays as it is.
    let loading = form
        .prefill
        .read_untracked()
        .is_none()
        .then(|| view! { <PrefillLoading form api start job=job.clone()/> });
    let remarks = move || {
        let Prefill { remarks, .. } = form.prefill.get()?;
        let (source, id) = (source.clone(), job.id.clone());
        let href = encode(&Route::Job(job.clone()));
        let remarks = remarks.into_iter().map(|remark| view! { <li>{remark}</li> }).collect_view();
        Some(view! {
            <Banner tone=Tone::Info>
                <p>{source} <a href=href>{id}</a></p>
                <ul>{remarks}</ul>
            </Banner>
        })
    };
    view! {
        {loading}
        {remarks}
    }
}

/// Reads the job, and fills the form in once.
#[component]
fn PrefillLoading(
    /// The form.
    form: StartForm,
    /// What the start takes.
    api: &'static StartApi,
    /// What to start.
    start: StartRoute,
    /// The job to read.
    job: JobRoute,
) -> impl IntoView {
    let family = start.family;
    let request = requests::get(&job);
    let decode = move |body: &[u8]| decode::job(body).map(|job| job.with_unreported(family));
    let data = use_remote(Memo::new(move |_| request.clone()), decode);
    // Not derived, because the person edits the form after the first answer.
    Effect::new(move |_| {
        let answer = data.answer.get();
        if let Some(answer) = answer.filter(|_| form.prefill.read_untracked().is_none()) {
            let filled = if start.edit {
                prefill_edit(family, api, &answer.value)
            } else {
                let cause = start.cause.as_deref();
                let what =
                    if start.failed_only { RepeatOf::Problems(cause) } else { RepeatOf::Request };
                prefill(family, api, &answer.value, what)
            };
            form.draft.set(filled.draft.clone());
            form.prefill.set(Some(filled));
        }
    });
    move || {
        form.prefill.read().is_none().then(|| match data.error.get() {
            None => view! { <Skeleton what=family.resource.nouns().0/> }.into_any(),
            Some(error) => view! { <Unread error family handle=data.handle/> }.into_any(),
        })
    }
}

/// The job cannot be read.
#[component]
fn Unread(
    /// Why.
    error: ApiError,
    /// The family of the job.
    family: &'static Family,
    /// The fetch of the job.
    handle: RefetchHandle,
) -> impl IntoView {
    let problem =
        error.problem(ErrorContext { shows_earlier_data: false, permission: family.permission });
    let empty = encode(&Route::Start(StartRoute::new(family)));
    view! {
        <ErrorPanel problem on_retry=Callback::new(move |()| handle.refetch())/>
        <p><a href=empty>"Begin with an empty form"</a></p>
    }
}
