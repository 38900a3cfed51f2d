//! The question before an action is sent.

use cckm_core::family::{Family, Resource};
use cckm_core::format::text::{pluralize, truncate};
use cckm_core::job::Job;
use cckm_core::job::action::{Action, ActionLabels, unfinished_items};
use cckm_core::job::counts::{ItemCounts, Progress};
use cckm_core::schedule::Schedule;
use leptos::prelude::*;

use crate::components::{Confirm, Proof, Question};
use crate::hooks::{Answer, UseJobActions};

/// Asks whether to send `action`, and says what it affects in the present state of the job.
#[component]
pub fn ActionQuestion(
    /// The action.
    action: Action,
    /// Takes the decision.
    actions: UseJobActions,
    /// The job.
    answer: Memo<Option<Answer<Job>>>,
    /// Its family.
    family: &'static Family,
) -> impl IntoView {
    let ActionLabels { question, confirm, effect, .. } = action.labels(family.resource);
    let question =
        Question { title: (*question).to_owned(), verb: (*confirm).to_owned(), proof: Proof::None };
    let affected = move || {
        let answer = answer.read();
        answer.as_ref().map(|answer| affected(action, family, &answer.value))
    };
    view! {
        <Confirm
            question
            on_yes=Callback::new(move |()| actions.confirm())
            on_no=Callback::new(move |()| actions.dismiss())
            no=if action == Action::Cancel { "Keep running" } else { "Cancel" }
        >
            <p>{affected}</p>
            <p>{*effect}</p>
        </Confirm>
    }
}

/// What `action` affects of `job`.
fn affected(action: Action, family: &Family, job: &Job) -> String {
    let counts = ItemCounts::new(&job.items);
    match (action, family.resource) {
        (Action::Cancel, _) => unfinished_items(family, Progress::for_job(job, family, counts)),
        (Action::Delete, Resource::Jobs) => {
            let (one, many) = family.item_nouns;
            let items = pluralize(counts.total(), one, many);
            format!("The server deletes the job and its record of {items} for good.")
        }
        _ => {
            let Schedule { name, operation, .. } = Schedule::from(job);
            format!("{} ({})", truncate(name), truncate(operation))
        }
    }
}
