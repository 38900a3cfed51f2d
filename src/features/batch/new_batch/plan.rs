//! The plan of a new batch, and the confirmation before it starts.

use std::sync::Arc;

use cckm_core::batch::{Batch, max_keys};
use cckm_core::format::text::{group_digits, pluralize};
use leptos::either::Either;
use leptos::prelude::*;

use super::form::BatchForm;
use crate::components::{Proof, Question};
use crate::features::batch::batch_detail::PlannedChunks;
use crate::features::batch::start_question::StartQuestion;

/// The plan, or what is missing for it.
#[component]
pub fn Plan(
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let confirming = RwSignal::new(None::<Arc<Batch>>);
    // The question belongs to the present plan: it closes when the keys or the operation change.
    let question = move || {
        let batch = confirming.get()?;
        let plan = form.plan.read();
        let is_current = plan.as_ref().is_ok_and(|plan| Arc::ptr_eq(plan, &batch));
        is_current.then(|| view! { <StartKeys batch confirming/> })
    };
    let plan = move || match form.plan.get() {
        Err(missing) => Either::Left(view! { <p class="batch__wanting">{missing}</p> }),
        Ok(batch) => Either::Right(view! { <PlannedBatch batch confirming/> }),
    };
    view! {
        {plan}
        {question}
    }
}

/// The effect, the jobs, and the button that asks for confirmation.
#[component]
fn PlannedBatch(
    /// The plan.
    batch: Arc<Batch>,
    /// Set to the plan when the person wants to start it.
    confirming: RwSignal<Option<Arc<Batch>>>,
) -> impl IntoView {
    view! {
        <p>{batch.task().effect(batch.key_count())}</p>
        <p>{jobs(&batch)}</p>
        <PlannedChunks batch=Arc::clone(&batch)/>
        <p>
            <button
                type="button"
                class="button button--primary"
                on:click=move |_| confirming.set(Some(Arc::clone(&batch)))
            >
                "Start…"
            </button>
        </p>
    }
}

/// Asks before the batch starts.
#[component]
fn StartKeys(
    /// The plan.
    batch: Arc<Batch>,
    /// Cleared when the person declines.
    confirming: RwSignal<Option<Arc<Batch>>>,
) -> impl IntoView {
    let proof = if batch.task().destroys() { Proof::Count(batch.key_count()) } else { Proof::None };
    let question = Question {
        title: format!("{}?", batch.title()),
        verb: format!("Start {}", pluralize(batch.chunks().len(), "job", "jobs")),
        proof,
    };
    let lines = vec![batch.task().effect(batch.key_count()), jobs(&batch)];
    view! { <StartQuestion batch question lines on_no=Callback::new(move |()| confirming.set(None))/> }
}

fn jobs(batch: &Batch) -> String {
    let keys = pluralize(batch.key_count(), "key", "keys");
    let jobs = pluralize(batch.chunks().len(), "job", "jobs");
    let max = group_digits(max_keys());
    format!("{keys} in {jobs} of at most {max}, at most two of them being started at a time.")
}
