//! The questions before a batch destroys keys, is forgotten, or sends a job again.

use cckm_core::batch::ChunkState;
use cckm_core::format::text::pluralize;
use cckm_core::route::{BatchRoute, JobRoute, Route};
use leptos::prelude::*;

use super::status::Progress;
use crate::components::{Confirm, Proof, Question};
use crate::features::batch::batches::use_batches;
use crate::features::batch::runtime::BatchRuntime;
use crate::features::batch::send_jobs::ResumeCommand;
use crate::hooks::{UseCancellations, use_location};

/// Asks before a batch that destroys keys is resumed: another person may have started it.
#[component]
pub fn ResumeQuestion(
    /// The batch.
    runtime: BatchRuntime,
    /// How it is resumed.
    command: ResumeCommand,
    /// How many keys are destroyed.
    keys: usize,
    /// The question is answered.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (label, effect) = {
        let batch = runtime.batch.read_untracked();
        let task = batch.task();
        (task.label().to_owned(), task.effect(keys))
    };
    let question = Question {
        title: format!("{label}: resume?"),
        verb: match command {
            ResumeCommand::SearchAgain => "Search and resume".to_owned(),
            _ => format!("Resume with {}", pluralize(keys, "key", "keys")),
        },
        proof: Proof::Count(keys),
    };
    let resume = Callback::new(move |()| {
        on_close.run(());
        runtime.resume(command);
    });
    view! {
        <Confirm question on_yes=resume on_no=on_close>
            <p>{effect}</p>
            <p>"A start whose answer was lost is searched for first, and is not sent again."</p>
        </Confirm>
    }
}

/// Asks before the running jobs of a batch are cancelled.
#[component]
pub fn CancelQuestion(
    /// The batch.
    runtime: BatchRuntime,
    /// The jobs that run.
    jobs: Vec<JobRoute>,
    /// Sends the cancellations.
    cancellations: UseCancellations,
    /// The question is answered.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let count = pluralize(jobs.len(), "job", "jobs");
    let question = Question {
        title: format!("Cancel {count}?"),
        verb: format!("Cancel {count}"),
        proof: Proof::None,
    };
    let cancel = Callback::new(move |()| {
        on_close.run(());
        runtime.pause();
        cancellations.send(jobs.clone(), Callback::new(move |()| runtime.refresh()));
    });
    view! {
        <Confirm question on_yes=cancel on_no=on_close>
            <p>
                "The batch pauses, so that no more jobs are started. What is done stays done. The API has no word for \
                 cancelled: the jobs will end as completed."
            </p>
        </Confirm>
    }
}

/// Asks before a batch is forgotten.
#[component]
pub fn ForgetQuestion(
    /// The batch.
    runtime: BatchRuntime,
    /// Its progress.
    progress: Memo<Progress>,
    /// The person keeps it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let (batches, location) = (use_batches(), use_location());
    let question = Question {
        title: "Forget this batch?".to_owned(),
        verb: "Forget it".to_owned(),
        proof: Proof::None,
    };
    let forget = Callback::new(move |()| {
        batches.forget(&runtime.name());
        location.navigate(&Route::Batch(BatchRoute::default()));
    });
    let open = move || {
        let progress = progress.read();
        (!progress.is_finished).then(|| {
            let jobs = pluralize(progress.open + progress.unknown, "job", "jobs");
            view! {
                <p>
                    "It is not over: " {jobs}
                    " are not known to be started, and are forgotten with it."
                </p>
            }
        })
    };
    view! {
        <Confirm question on_yes=forget on_no=on_close>
            <p>
                "This browser forgets its content and the ids of its jobs. The jobs that were started continue, and stay \
                 among the "
                {runtime.family().full_name()}
                "."
            </p>
            {open}
        </Confirm>
    }
}

/// Asks before the job of one chunk is sent again. Shown only while it may be.
#[component]
pub fn RetryQuestion(
    /// The batch.
    runtime: BatchRuntime,
    /// The index of the chunk.
    index: usize,
    /// The question is answered.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    // A memo of the values in the question, so that it is not rendered again while other jobs are read.
    let content = Memo::new(move |_| {
        let is_here = runtime.is_here();
        let batch = runtime.batch.read();
        let chunk = batch.chunks().get(index)?;
        let task = batch.task();
        // Resuming also sends the other chunks.
        let others = batch.pause_reason().map_or(0, |_| batch.keys_to_destroy());
        let keys = chunk.keys.len();
        let proof = task.destroys().then(|| Proof::Count(keys + others));
        let may_retry = is_here && chunk.state.can_retry();
        let is_unknown = chunk.state == ChunkState::Unknown;
        may_retry.then(|| (batch.effect_of(chunk), is_unknown, proof.unwrap_or(Proof::None)))
    });
    move || {
        let (effect, is_unknown, proof) = content.get()?;
        let question = Question {
            title: format!("Send job {} again?", index + 1),
            verb: "Send again and resume".to_owned(),
            proof,
        };
        let retry = Callback::new(move |()| {
            on_close.run(());
            runtime.resume(ResumeCommand::Retry(index));
        });
        let risk = is_unknown.then(|| {
            view! {
                <p>
                    "Its answer was lost. If the server started its job all the same, the same is requested twice."
                </p>
            }
        });
        Some(view! {
            <Confirm question on_yes=retry on_no=on_close>
                <p>{effect}</p>
                {risk}
            </Confirm>
        })
    }
}
