//! Fills a new batch with the problems of a bulk operation or of another batch.

use cckm_core::api::decode;
use cckm_core::batch::{self, Task};
use cckm_core::format::text::pluralize;
use cckm_core::problem::Problem;
use cckm_core::route::JobRoute;
use leptos::either::EitherOf3;
use leptos::prelude::*;

use super::form::BatchForm;
use crate::components::{ErrorPanel, FetchError, FirstLoad};
use crate::features::batch::batches::use_batches;
use crate::features::batch::runtime::BatchRuntime;
use crate::hooks::use_remote;

/// Adds the keys that failed in `from` to the form once they are known, and chooses the operation.
#[component]
pub fn FailedKeys(
    /// The path of a job, or the name of a batch.
    from: String,
    /// The key of the cause of the only problems that it takes.
    cause: Option<String>,
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    match JobRoute::of_path(&from) {
        Some(named) if *named.family == *batch::family() => {
            EitherOf3::A(view! { <FailedInJob id=named.id cause form/> })
        }
        _ => match use_batches().open(&from) {
            // A repetition has no keys.
            Some(runtime) if runtime.batch.read_untracked().is_repetition() => {
                EitherOf3::C(view! { <NothingToRetry/> })
            }
            Some(runtime) => EitherOf3::B(view! { <FailedInBatch runtime form/> }),
            None => EitherOf3::C(view! { <NothingToRetry/> }),
        },
    }
}

#[component]
fn NothingToRetry() -> impl IntoView {
    let problem = Problem::local(
        "Nothing to retry",
        "The batch or bulk operation whose failed keys were requested does not exist in this browser.",
    );
    view! { <ErrorPanel problem on_retry=Callback::new(|()| ())/> }
}

#[component]
fn FailedInJob(
    /// The id of the bulk operation.
    id: String,
    /// The key of the cause of the only problems that it takes.
    cause: Option<String>,
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    let request = batch::requests::job(batch::family(), &id);
    let decode = |body: &[u8]| decode::job(body).map(|job| job.with_unreported(batch::family()));
    let data = use_remote(Memo::new(move |_| request.clone()), decode);
    // Taken once, so that later changes of the person stay.
    Effect::new(move |taken: Option<bool>| {
        if taken == Some(true) {
            return true;
        }
        let Some(answer) = data.answer.get() else {
            return false;
        };
        form.task.set(Task {
            operation: answer.value.text("operation").unwrap_or_default(),
            value: String::new(),
        });
        let names = answer.value.problem_names(cause.as_deref());
        form.add_reported(&format!("failed in {id}"), names.map(str::to_owned).collect());
        true
    });
    view! {
        <FetchError handle=data.handle permission=batch::family().permission/>
        <FirstLoad data what="job"/>
    }
}

/// How many jobs of a batch were not read yet, and how many of these may still be.
fn unread(runtime: BatchRuntime) -> (usize, usize) {
    let (batch, table) = (runtime.batch.read(), runtime.table.read());
    let chunks = batch.chunks().iter().enumerate();
    let unread = chunks
        .filter(|(_, chunk)| chunk.job_id().is_some())
        .map(|(index, _)| table.job(index))
        .filter(|job| job.status.is_none());
    unread.fold((0, 0), |(all, open), job| (all + 1, open + usize::from(job.error.is_none())))
}

#[component]
fn FailedInBatch(
    /// The batch.
    runtime: BatchRuntime,
    /// The form.
    form: BatchForm,
) -> impl IntoView {
    // A pause of the batch page would leave the form waiting.
    runtime.resume_polling();
    runtime.watch();
    let open = Memo::new(move |_| unread(runtime).1);
    Effect::new(move |taken: Option<bool>| {
        if taken == Some(true) || open.get() > 0 {
            return taken == Some(true);
        }
        form.task.set(runtime.batch.read_untracked().task().clone());
        form.add_reported("failed in the batch", runtime.table.read_untracked().failed());
        let (unread, _) = untrack(|| unread(runtime));
        if unread > 0 {
            let jobs = pluralize(unread, "job", "jobs");
            let reason = format!("{jobs} could not be read. Their keys are not among these.");
            form.add_error("The batch".to_owned(), reason);
        }
        true
    });
    view! {
        <Show when=move || open.get() != 0>
            <p role="status">
                "Reading the batch: " {move || pluralize(open.get(), "job", "jobs")} " left…"
            </p>
        </Show>
    }
}
