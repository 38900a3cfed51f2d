//! A new batch: its keys, the operation, the plan, and the confirmation.

mod failed_keys;
mod form;
mod key_fields;
mod operation_fields;
mod plan;

use leptos::prelude::*;

use self::failed_keys::FailedKeys;
use self::form::BatchForm;
use self::key_fields::{KeyFields, KeySummary};
use self::operation_fields::{FailureLimit, OperationFields};
use self::plan::Plan;
use super::BackToBatches;

/// The form for a new batch.
#[component]
#[inline(never)]
pub fn NewBatch(
    /// The job or batch whose failed keys it takes.
    from: Option<String>,
    /// The key of the cause of the only problems that it takes.
    cause: Option<String>,
) -> impl IntoView {
    let form = BatchForm::new();
    view! {
        <BackToBatches/>
        <h1 class="page__title">"New batch"</h1>
        <section class="batch__section" aria-labelledby="keys-title">
            <h2 id="keys-title">"Keys"</h2>
            {from.map(|from| view! { <FailedKeys from cause form/> })}
            <KeyFields form/>
            <KeySummary form/>
        </section>
        <section class="batch__section" aria-labelledby="operation-title">
            <h2 id="operation-title">"Operation"</h2>
            <OperationFields task=form.task/>
            <FailureLimit limit=form.failure_limit/>
        </section>
        <section class="batch__section" aria-labelledby="plan-title">
            <h2 id="plan-title">"Plan"</h2>
            <Plan form/>
        </section>
    }
}
