//! The page that starts a job.

use cckm_core::family::start_api::StartApi;
use cckm_core::route::{JobListRoute, Route, StartRoute, encode};
use leptos::prelude::*;

use super::labels::StartLabels;
use super::outcome::StartOutcomeNotice;
use super::prefill::PrefillSource;
use super::start_controller::use_start_controller;
use super::start_form::StartFormView;
use crate::components::{Banner, EmptyState, Tone};

/// The page that starts what `start` names, or changes it.
#[component]
#[inline(never)]
pub fn StartPage(
    /// What to start.
    start: StartRoute,
) -> impl IntoView {
    let family = start.family;
    let list = encode(&Route::JobList(JobListRoute::new(family)));
    let (_, nouns) = family.resource.nouns();
    let title = StartLabels::new(family, start.edit).title;
    let content = match family.start {
        Some(api) => view! { <StartContent start api/> }.into_any(),
        None => view! { <EmptyState title="The API cannot start such jobs"/> }.into_any(),
    };
    view! {
        <nav class="back" aria-label=format!("Where these {nouns} are listed")>
            <a href=list>{format!("Back to {}", family.full_name())}</a>
        </nav>
        <h1 class="page__title">{format!("{title} {}", family.singular_name())}</h1>
        {content}
    }
}

/// The form, below the state of its request. A form that is filled in from a job waits for the job.
#[component]
fn StartContent(
    /// What to start.
    start: StartRoute,
    /// What the start takes.
    api: &'static StartApi,
) -> impl IntoView {
    let controller = use_start_controller(&start, api);
    let form = controller.form;
    let labels = StartLabels::new(start.family, start.edit);
    let is_prefilled = start.from.is_some();
    let is_ready = move || !is_prefilled || form.prefill.read().is_some();
    let note = (!api.note.is_empty())
        .then(|| view! { <Banner tone=Tone::Warning><p>{api.note}</p></Banner> });
    view! {
        {is_prefilled.then(|| view! { <PrefillSource form api start/> })}
        {note}
        <Show when=is_ready>
            <StartOutcomeNotice controller labels/>
            <StartFormView controller labels/>
        </Show>
    }
}
