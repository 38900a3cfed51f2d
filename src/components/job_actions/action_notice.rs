//! The progress and the outcome of an action.

use cckm_core::family::{Family, Resource};
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionStage, VERIFICATION_FAILED};
use cckm_core::problem::Problem;
use leptos::prelude::*;

use super::action_question::ActionQuestion;
use crate::components::{Banner, Button, ErrorPanel, ServerMessage, Tone};
use crate::hooks::{Answer, UseJobActions};

/// The open question, or the message about the action. Follows the stage only: a question stays as it is
/// while the job changes.
#[component]
pub fn ActionNotice(
    /// The action in progress.
    actions: UseJobActions,
    /// The job.
    answer: Memo<Option<Answer<Job>>>,
    /// Its family.
    family: &'static Family,
) -> impl IntoView {
    let resource = family.resource;
    let info =
        |text: &'static str| view! { <Banner tone=Tone::Info><p>{text}</p></Banner> }.into_any();
    move || match actions.stage.get() {
        ActionStage::Idle => ().into_any(),
        ActionStage::Requested(action) => {
            view! { <ActionQuestion action actions answer family/> }.into_any()
        }
        ActionStage::Obsolete(action) => info(action.labels(resource).obsolete),
        ActionStage::Sent(action) => info(action.labels(resource).sending),
        ActionStage::Accepted(action) => info(action.labels(resource).accepted),
        ActionStage::Rejected(_, problem) => {
            view! { <ErrorPanel problem on_retry=Callback::new(|()| ())/> }.into_any()
        }
        ActionStage::Checking(action, problem) => {
            let lost = lost_answer(action, resource, &problem);
            let checking = "Checking whether it was done…";
            view! { <Banner tone=Tone::Info><p>{lost}</p><p>{checking}</p></Banner> }.into_any()
        }
        ActionStage::Checked(action, problem, observation) => {
            let lost = lost_answer(action, resource, &problem);
            let outcome = action.outcome(observation);
            view! { <LostAnswer lost problem outcome actions/> }.into_any()
        }
        ActionStage::VerificationFailed(action, problem) => {
            let lost = lost_answer(action, resource, &problem);
            view! {
                <LostAnswer lost problem outcome=VERIFICATION_FAILED actions>
                    <Button on_press=move |()| actions.check_again()>"Check again"</Button>
                    " "
                </LostAnswer>
            }
            .into_any()
        }
    }
}

/// Says which answer was lost, and why.
fn lost_answer(action: Action, resource: Resource, problem: &Problem) -> String {
    let request_for = action.labels(resource).request_for;
    let (noun, _) = resource.nouns();
    format!("The answer to {request_for} this {noun} was lost: {}.", problem.title)
}

/// Why an answer was lost, and what a check has found since.
#[component]
fn LostAnswer(
    /// Which answer was lost.
    lost: String,
    /// Why.
    problem: Problem,
    /// What the check found.
    outcome: &'static str,
    /// Closes the message.
    actions: UseJobActions,
    /// What else the person can do now.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Banner tone=Tone::Warning>
            <p>{lost}</p>
            <p>{outcome}</p>
            {problem.server_text.map(|server| view! { <ServerMessage server/> })}
            {children.map(|children| children())}
            <Button on_press=move |()| actions.dismiss()>"Dismiss"</Button>
        </Banner>
    }
}
