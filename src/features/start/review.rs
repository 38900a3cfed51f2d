//! The question before a form is sent: what will happen, and the request that does it.

use cckm_core::api::command;
use cckm_core::start::RunPreview;
use leptos::prelude::*;

use super::labels::StartLabels;
use super::start_controller::StartController;
use crate::browser::local_time::local_time;
use crate::components::{Commands, Confirm, Question, Time};

/// Asks whether to send the form as it is.
#[component]
pub fn Review(
    /// Controls the form.
    controller: StartController,
    /// The texts of the form.
    labels: StartLabels,
    /// The question.
    title: &'static str,
    /// What to consider first.
    #[prop(optional)]
    warning: Option<&'static str>,
    /// The person confirms.
    on_yes: Callback<()>,
    /// The person declines.
    on_no: Callback<()>,
) -> impl IntoView {
    let draft = controller.form.draft.get_untracked();
    let request = controller.request();
    let body = request.body.clone().unwrap_or_default();
    let sent = format!("{} {}\n{body}", labels.method, request.path);
    let verb = match draft.total() {
        Some(total) => format!("{} for {total}", labels.verb),
        None => labels.verb.to_owned(),
    };
    let question = Question { title: title.to_owned(), verb, proof: draft.proof() };
    let prefill = controller.form.prefill.get_untracked();
    let excess = prefill.and_then(|prefill| prefill.excess(&draft));
    let mut summary = draft.summary().into_iter();
    let main = summary.next();
    let runs = draft.run_preview(controller.now()).map(|preview| view! { <Runs preview/> });
    let left_out = draft.left_out().into_iter();
    let summary = summary.chain(excess).chain(left_out);
    let details = summary.map(|line| view! { <li>{line}</li> }).collect_view();
    view! {
        <Confirm question on_yes on_no>
            {warning.map(|warning| view! { <p>{warning}</p> })}
            <p class="start__effect">{main}</p>
            <ul>{details}</ul>
            {runs}
            <details class="verbatim">
                <summary>"What is sent"</summary>
                <pre tabindex="0">{sent}</pre>
            </details>
            <Commands make=move |base: String| vec![command::curl_only(&base, labels.verb, &request)]/>
        </Confirm>
    }
}

/// When a schedule runs first, and what this console assumes about it.
#[component]
fn Runs(
    /// The first run and the assumptions.
    preview: RunPreview,
) -> impl IntoView {
    let first = preview.first.map(|at| view! { <p>"First run: " <Time at=local_time(at)/></p> });
    let remarks = preview.remarks.into_iter();
    let remarks = remarks.map(|remark| view! { <p class="schedule__note">{remark}</p> });
    view! {
        {first}
        {remarks.collect_view()}
    }
}
