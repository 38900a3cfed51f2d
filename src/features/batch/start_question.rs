//! The question before a batch starts.

use std::sync::Arc;

use cckm_core::batch::Batch;
use cckm_core::route::{BatchRoute, Route};
use leptos::prelude::*;

use super::batches::use_batches;
use crate::browser::storage;
use crate::components::{Confirm, Question};
use crate::hooks::use_location;

/// Asks before the batch starts, and opens it then.
#[component]
pub fn StartQuestion(
    /// The plan.
    batch: Arc<Batch>,
    /// The question.
    question: Question,
    /// What will happen, in sentences.
    lines: Vec<String>,
    /// The person declines.
    on_no: Callback<()>,
) -> impl IntoView {
    let (batches, location) = (use_batches(), use_location());
    let not_saved = RwSignal::new(false);
    let start = Callback::new(move |()| match batches.start(Batch::clone(&batch)) {
        Ok(name) => location.navigate(&Route::Batch(BatchRoute::new(name))),
        Err(_) => not_saved.set(true),
    });
    let lines = lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <Confirm question on_yes=start on_no>{lines}</Confirm>
        <Show when=move || not_saved.get()>
            <p class="batch__wrong" role="alert">
                {if storage::is_allowed() {
                    "The browser cannot save so many keys or regions, and they would be lost with a reload. Nothing was \
                     started. Forget other batches, or start fewer."
                } else {
                    "This browser does not let the page store anything, so the batch would be lost with a reload. Nothing \
                     was started. Allow this site to store data, or start single jobs."
                }}
            </p>
        </Show>
    }
}
