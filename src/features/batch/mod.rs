//! Batches: one bulk operation on any number of keys, as jobs of a few keys each; or the jobs that repeat what failed of
//! a synchronization.
//!
//! - [`batches`](self): the batches of this browser, each a [`BatchRuntime`] that lives as long as the page,
//!   so that it continues while other pages are shown;
//! - `batch_store`: what the browser saves of them. A lease says which tab sends;
//! - `send_jobs`, `read_jobs`: what a runtime sends and reads;
//! - `batch_list`, `new_batch`, `repeat`, `batch_detail`: the pages.

mod batch_detail;
mod batch_list;
mod batch_store;
mod batches;
mod new_batch;
mod read_jobs;
mod repeat;
mod runtime;
mod send_jobs;
mod start_question;

pub use batches::provide_batches;

use cckm_core::batch::{Batch, ChunkState, created_at};
use cckm_core::format::text::{group_digits, pluralize};
use cckm_core::route::{BatchRoute, NEW_BATCH, REPEAT_PLAN, Route, encode};
use leptos::prelude::*;

use self::batch_detail::BatchDetail;
use self::batch_list::{BatchList, UnknownBatch};
use self::batches::use_batches;
use self::new_batch::NewBatch;
use self::repeat::RepeatPage;
use crate::browser::local_time::local_time;

/// The list of batches, a new one, or one of them.
#[component]
#[inline(never)]
pub fn BatchPage(
    /// The name of a batch; [`NEW_BATCH`] for a new one, [`REPEAT_PLAN`] for a plan, nothing for the
    /// list.
    name: String,
    /// The job or batch whose failed items a new batch or a plan takes.
    from: Option<String>,
    /// The key of the cause of the only problems that it takes.
    cause: Option<String>,
) -> impl IntoView {
    let batches = use_batches();
    batches.refresh_names();
    match &*name {
        "" => view! { <BatchList/> }.into_any(),
        NEW_BATCH => view! { <NewBatch from cause/> }.into_any(),
        REPEAT_PLAN => view! { <RepeatPage from=from.unwrap_or_default() cause/> }.into_any(),
        _ => match batches.open(&name) {
            Some(runtime) => view! { <BatchDetail runtime/> }.into_any(),
            None => view! { <UnknownBatch name/> }.into_any(),
        },
    }
}

/// A link from a batch to the list of all.
#[component]
fn BackToBatches() -> impl IntoView {
    view! {
        <nav class="back" aria-label="Where batches are listed">
            <a href=encode(&Route::Batch(BatchRoute::default()))>"Back to all batches"</a>
        </nav>
    }
}

/// How many of the jobs of a batch were started.
fn started(batch: &Batch) -> String {
    let started = batch.count(|state| matches!(state, ChunkState::Started(_)));
    let jobs = pluralize(batch.chunks().len(), "job", "jobs");
    format!("{} of {jobs} started", group_digits(started))
}

/// When the batch of this name was made, if the name contains it.
fn made_at(name: &str) -> Option<String> {
    let when = created_at(name).and_then(local_time)?;
    Some(format!("Made {}", when.local))
}
