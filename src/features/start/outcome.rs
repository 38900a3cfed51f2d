//! The outcome of a start that was sent.

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use cckm_core::family::Family;
use cckm_core::format::text::truncate;
use cckm_core::problem::Problem;
use cckm_core::route::{JobListRoute, JobRoute, Route, encode};
use cckm_core::start::request::StartStage;
use leptos::html;
use leptos::prelude::*;

use super::labels::StartLabels;
use super::lookup_notice::LookupNotice;
use super::lost_start_actions::LostStartActions;
use super::start_controller::StartController;
use crate::components::{Banner, Button, ErrorPanel, Tone};

/// Shows the state of the request; nothing before it is sent. Takes the focus when the state changes.
#[component]
pub fn StartOutcomeNotice(
    /// Controls the form.
    controller: StartController,
    /// The texts of the form.
    labels: StartLabels,
) -> impl IntoView {
    let form = controller.form;
    let family = form.route.with_value(|route| route.family);
    let stage = Memo::new(move |_| form.progress.read().request.stage().clone());
    let is_unresolved = Memo::new(move |_| form.progress.read().request.is_unresolved());
    let notice = NodeRef::<html::Div>::new();
    focus_on_change(stage, notice);
    // Only while the result is known: looking a job up must not close the question whether to repeat the start.
    let known = move || match stage.get() {
        StartStage::Sent => {
            let is_saved = form.progress.read_untracked().saved_as.is_some();
            let unsaved = (!is_saved && !labels.is_change()).then_some(
                " The browser cannot save this request, so do not close or reload the page before it is answered.",
            );
            Some(view! { <p role="status">"Sending…" {unsaved}</p> }.into_any())
        }
        stage @ (StartStage::Refused | StartStage::ChangeUnknown) => {
            let is_unknown = stage == StartStage::ChangeUnknown;
            let error = form.progress.read_untracked().error.clone();
            error.map(|error| view! { <NotDone error is_unknown family labels/> }.into_any())
        }
        StartStage::Started(id) => {
            Some(view! { <Started id controller family labels/> }.into_any())
        }
        StartStage::InOtherTab => Some(view! { <InOtherTab controller/> }.into_any()),
        _ => None,
    };
    view! {
        <Show when=move || *stage.read() != StartStage::Draft>
            <div class="start__state" tabindex="-1" node_ref=notice>
                {known}
                <Show when=move || is_unresolved.get()>
                    <LookupNotice controller labels stage/>
                    <LostStartActions controller labels/>
                </Show>
            </div>
        </Show>
    }
}

/// Gives the focus to `notice` when `stage` changes to something to read.
fn focus_on_change(stage: Memo<StartStage>, notice: NodeRef<html::Div>) {
    let changed = move |stage: &StartStage, _: Option<&StartStage>, _| {
        if !matches!(stage, StartStage::Draft | StartStage::LookingUp) {
            request_animation_frame(move || {
                if let Some(notice) = notice.try_get_untracked().flatten() {
                    _ = notice.focus();
                }
            });
        }
    };
    Effect::watch(move || stage.get(), changed, false);
}

/// The server did not do it, or whether it has made the change is unknown.
#[component]
fn NotDone(
    /// Why.
    error: ApiError,
    /// Whether this or an earlier change may have been made.
    is_unknown: bool,
    /// The family of the form.
    family: &'static Family,
    /// The texts of the form.
    labels: StartLabels,
) -> impl IntoView {
    const STILL_HERE: &str = "What you have entered is still here.";
    let done = labels.done;
    let problem = if error == ApiError::SignedOut && !is_unknown {
        let explanation = format!("The session had ended before. {STILL_HERE}");
        Problem::local(format!("Nothing was {done}"), explanation)
    } else {
        let problem = error
            .problem(ErrorContext { shows_earlier_data: false, permission: family.permission });
        let result = match (is_unknown, error.may_have_acted()) {
            (false, _) => format!("Nothing was {done}."),
            (true, true) => {
                "Whether the schedule was changed is not known. Changing it again does no harm."
                    .to_owned()
            }
            (true, false) => "This request changed nothing. Whether an earlier one changed the schedule is not known. \
                              Changing it again does no harm."
                .to_owned(),
        };
        Problem {
            explanation: format!("{} {result} {STILL_HERE}", problem.explanation),
            // The person can try again with the form.
            can_retry: false,
            ..problem
        }
    };
    view! { <ErrorPanel problem on_retry=Callback::new(|()| ())/> }
}

/// Says that the request succeeded, if the person was on another page or the server sent no id.
#[component]
fn Started(
    /// The id of the job, if the server sent it.
    id: Option<String>,
    /// Controls the form.
    controller: StartController,
    /// The family of the job.
    family: &'static Family,
    /// The texts of the form.
    labels: StartLabels,
) -> impl IntoView {
    let StartLabels { title, noun, done, .. } = labels;
    let is_edit = controller.form.route.with_value(|route| route.edit);
    let next = if is_edit { "Back to the form".to_owned() } else { format!("{title} another") };
    let what = match id {
        Some(id) => {
            let href = encode(&Route::Job(JobRoute::new(family, id.clone())));
            view! { <p>{format!("The {noun} was {done}: ")} <a href=href>{truncate(id)}</a></p> }
                .into_any()
        }
        None if family.list.is_some() => {
            let href = encode(&Route::JobList(JobListRoute::new(family)));
            view! {
                <p>
                    {format!("The {noun} was {done}. The server did not send its id. ")}
                    <a href=href>"See the list"</a>
                </p>
            }
            .into_any()
        }
        None => view! {
            <p>
                "The job was started. The server did not send its id, and the API has no list of these jobs."
            </p>
        }
        .into_any(),
    };
    view! {
        <Banner tone=Tone::Info>
            {what}
            <Button on_press=move |()| controller.dismiss()>{next}</Button>
        </Banner>
    }
}

/// Says that another tab of the browser has the start.
#[component]
fn InOtherTab(
    /// Controls the form.
    controller: StartController,
) -> impl IntoView {
    view! {
        <Banner tone=Tone::Warning>
            <p>
                "Another tab of this browser has taken over this request. Continue in that tab: nothing more is sent from \
                 here."
            </p>
            <Button on_press=move |()| controller.dismiss()>"Back to the form"</Button>
        </Banner>
    }
}
