//! The progress and the outcome of an action.

use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::job::action::{ActionStage, VERIFICATION_FAILED};
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
        ActionStage::Checking(..) => info("The answer was lost. Checking whether it was done…"),
        ActionStage::Checked(action, problem, observation) => {
            view! { <LostAnswer problem outcome=action.outcome(observation)/> }.into_any()
        }
        ActionStage::VerificationFailed(_, problem) => view! {
            <LostAnswer problem outcome=VERIFICATION_FAILED>
                <Button on_press=move |()| actions.check_again()>"Check again"</Button>
            </LostAnswer>
        }
        .into_any(),
    }
}

/// Why an answer was lost, and what a check has found since.
#[component]
fn LostAnswer(
    /// Why the answer was lost.
    problem: Problem,
    /// What the check found.
    outcome: &'static str,
    /// What the person can do now.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Banner tone=Tone::Warning>
            <p>{format!("The answer was lost: {}.", problem.title)}</p>
            <p>{outcome}</p>
            {problem.server_text.map(|server| view! { <ServerMessage server/> })}
            {children.map(|children| children())}
        </Banner>
    }
}
