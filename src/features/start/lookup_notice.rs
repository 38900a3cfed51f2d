//! The notice that the result of a start is unknown, with the result of the lookup.

use cckm_core::api::explain::ErrorContext;
use cckm_core::problem::Problem;
use cckm_core::start::request::StartStage;
use leptos::prelude::*;

use super::found_jobs::FoundJobs;
use super::labels::StartLabels;
use super::start_controller::StartController;
use crate::components::ServerMessage;

/// Says that it is unknown whether the job was started, and why, and shows the result of the lookup.
#[component]
pub fn LookupNotice(
    /// Controls the form.
    controller: StartController,
    /// The texts of the form.
    labels: StartLabels,
    /// The stage of the start.
    stage: Memo<StartStage>,
) -> impl IntoView {
    let StartLabels { noun, done, .. } = labels;
    let progress = controller.form.progress;
    // Only the title: the advice of the error is for requests that can be repeated.
    let reason = move || {
        let error = progress.read().error.clone()?;
        let Problem { title, server_text, .. } = error.problem(ErrorContext::default());
        let reason = if error.may_have_acted() {
            title
        } else {
            format!(
                "The request was sent again, and that had no effect: {title}. This says nothing about the first request."
            )
        };
        let refusal = server_text.filter(|_| !error.may_have_acted());
        Some(view! {
            <p>{reason}</p>
            {refusal.map(|server| view! { <ServerMessage server/> })}
        })
    };
    let restored = move || {
        let is_restored = progress.read().is_restored;
        is_restored
            .then(|| view! { <p>"The page was left or loaded again before the answer came."</p> })
    };
    let lookup = move || match stage.get() {
        StartStage::LookingUp => {
            view! { <p role="status">{format!("Looking for the {noun}…")}</p> }.into_any()
        }
        StartStage::LookupFailed => {
            let error = progress.read_untracked().lookup_error.clone();
            let problem = error.map(|error| error.problem(ErrorContext::default()));
            let reason =
                problem.map(|problem| format!("{}: {}", problem.title, problem.explanation));
            view! { <p>{format!("Looking for the {noun} failed. ")} {reason}</p> }.into_any()
        }
        StartStage::LookedUp(result) => view! { <FoundJobs result controller/> }.into_any(),
        _ => view! {
            <p>
                "The API has no list of these jobs, so that this console cannot look for it. "
                "What the job would have changed may show it."
            </p>
        }
        .into_any(),
    };
    view! {
        <section class="error" role="alert">
            <h2 class="error__title">{format!("Whether the {noun} was {done} is not known")}</h2>
            <p>
                {format!(
                    "The request was sent, but no answer shows its result. A {noun} may have been {done}, \
                     so the request is not sent again unless you confirm it.",
                )}
            </p>
            {restored}
            {reason}
            <NotSaved is_saved=Signal::derive(move || progress.read().saved_as.is_some())/>
            {lookup}
        </section>
    }
}

/// Says that a reload would lose the start.
#[component]
fn NotSaved(
    /// Whether the browser has saved it.
    is_saved: Signal<bool>,
) -> impl IntoView {
    view! {
        <Show when=move || !is_saved.get()>
            <p>
                "This request is not saved in this browser: its storage is full or was cleared, or another tab has \
                 resolved the request. Only this page still knows it, until it is closed or loaded again."
            </p>
        </Show>
    }
}
