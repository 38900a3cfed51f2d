//! The state of a batch, the reason of a pause, and the buttons that control it.

use cckm_core::batch::PauseReason;
use cckm_core::format::text::{group_digits, pluralize};
use cckm_core::format::time::{Timestamp, format_duration};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::problem::Problem;
use cckm_core::route::{BatchRoute, JobRoute, Route, encode};
use cckm_core::start::retry_label;
use leptos::either::EitherOf6;
use leptos::prelude::*;

use super::questions::{CancelQuestion, ForgetQuestion, ResumeQuestion};
use super::status::{Activity, Progress};
use crate::components::{Banner, Button, ServerMessage, Tone};
use crate::features::batch::batches::use_batches;
use crate::features::batch::runtime::BatchRuntime;
use crate::features::batch::send_jobs::ResumeCommand;
use crate::hooks::{UseCancellations, use_cancellations, use_clock};

/// The state of a batch with its buttons and questions.
#[component]
pub fn Controls(
    /// The batch.
    runtime: BatchRuntime,
) -> impl IntoView {
    let now = use_clock();
    let storage_changed = use_batches().storage_changed;
    // Read again each second: the lease of another tab ends without an event.
    let is_sent_elsewhere = Memo::new(move |_| {
        now.track();
        storage_changed.track();
        runtime.is_sender.track();
        runtime.is_sent_elsewhere()
    });
    let progress = Memo::new(move |_| Progress::new(&runtime.batch.read()));
    let activity = Memo::new(move |_| Activity::new(runtime, is_sent_elsewhere.get()));
    let command = RwSignal::new(None::<ResumeCommand>);
    let resume = Callback::new(move |wanted| {
        if progress.read_untracked().keys_to_destroy > 0 {
            command.set(Some(wanted));
        } else {
            runtime.resume(wanted);
        }
    });
    // Rendered again only if the question or the user changes, so that the typed text stays while jobs are read.
    let question = Memo::new(move |_| {
        let Activity::Paused(reason) = activity.get() else {
            return None;
        };
        let keys = progress.read().keys_to_destroy;
        command.get().filter(|_| keys > 0).map(|command| (command, keys, reason))
    });
    view! {
        <p class="batch__progress" role="status">{move || progress.read().text.clone()}</p>
        <ActivityNotice runtime activity progress on_resume=resume/>
        {move || {
            let (chosen, keys, _) = question.get()?;
            Some(view! { <ResumeQuestion runtime command=chosen keys on_close=move || command.set(None)/> })
        }}
        <Actions runtime progress/>
    }
}

/// What the batch does now, or why it does nothing.
#[component]
fn ActivityNotice(
    /// The batch.
    runtime: BatchRuntime,
    /// What it does.
    activity: Memo<Activity>,
    /// Its progress.
    progress: Memo<Progress>,
    /// Gets how the person wants to resume it.
    on_resume: Callback<ResumeCommand>,
) -> impl IntoView {
    let stop = move || view! { <Button on_press=move |()| runtime.pause()>"Pause"</Button> };
    move || match activity.get() {
        Activity::None => EitherOf6::A(()),
        Activity::SentElsewhere => EitherOf6::B(view! {
            <Banner tone=Tone::Info>
                <p>
                    "Another tab of this browser starts the jobs of this batch. What it has started is shown here."
                </p>
            </Banner>
        }),
        Activity::OtherTarget => {
            let Problem { title, explanation, .. } = PauseReason::other_target().problem;
            EitherOf6::C(view! {
                <Banner tone=Tone::Warning>
                    <h2>{title}</h2>
                    <p>{explanation}</p>
                </Banner>
            })
        }
        Activity::Paused(reason) => EitherOf6::D(view! { <Paused reason progress on_resume/> }),
        Activity::Searching => EitherOf6::E(view! {
            <Banner tone=Tone::Info>
                <p>
                    "The answer to a start was lost. Its job is being searched for among those of the server. Nothing \
                     is sent meanwhile."
                </p>
                <p>{stop()}</p>
            </Banner>
        }),
        Activity::Sending => EitherOf6::F(view! { <p>"Starting jobs… " {stop()}</p> }),
    }
}

/// Why the batch is paused, and the buttons that resume it.
#[component]
fn Paused(
    /// Why.
    reason: PauseReason,
    /// The batch's progress.
    progress: Memo<Progress>,
    /// Gets how the person wants to resume it.
    on_resume: Callback<ResumeCommand>,
) -> impl IntoView {
    let PauseReason { problem, until } = reason;
    let label = move || {
        if progress.read().open > 0 { "Resume" } else { "Keep as is" }
    };
    let search_label = move || {
        if progress.read().has_waiting { "Search again, then resume" } else { "Search again" }
    };
    let wait = use_wait(until);
    view! {
        <Banner tone=Tone::Warning>
            <h2>{problem.title}</h2>
            <p>{problem.explanation}</p>
            {problem.server_text.map(|server| view! { <ServerMessage server/> })}
            <p>
                <Button
                    attr:disabled=move || wait.read().is_some()
                    on_press=move |()| on_resume.run(ResumeCommand::Resume)
                >
                    {label}
                </Button>
                {move || wait.get().map(|wait| format!(" The server asks to wait {wait} more"))}
            </p>
            <Show when=move || progress.read().unknown != 0>
                <Button on_press=move |()| on_resume.run(ResumeCommand::SearchAgain)>
                    {search_label}
                </Button>
            </Show>
        </Banner>
    }
}

/// The jobs of the batch that run, and whose cancellation was not requested yet; none in another domain.
fn running_jobs(runtime: BatchRuntime) -> Vec<JobRoute> {
    let (batch, table) = (runtime.batch.read(), runtime.table.read());
    if !runtime.is_here() || !batch.family().can_cancel {
        return Vec::new();
    }
    let chunks = batch.chunks().iter().enumerate();
    let running = chunks.filter(|&(index, _)| {
        let job = table.job(index);
        table.is_running(index) && !job.is_abort_requested
    });
    let jobs =
        running.filter_map(|(_, chunk)| Some(JobRoute::new(batch.family(), chunk.job_id()?)));
    jobs.collect()
}

/// How far the cancellations are.
#[component]
fn CancelNotice(
    /// The cancellations.
    cancellations: UseCancellations,
) -> impl IntoView {
    let text = move || {
        let progress = cancellations.progress.get()?;
        let total = pluralize(progress.total, "job", "jobs");
        let accepted = group_digits(progress.accepted);
        let text = if progress.is_busy() {
            format!("Cancelling {total}: {accepted} accepted so far")
        } else {
            format!("The server accepted the cancellation of {accepted} of {total}")
        };
        let others = [(progress.rejected, "rejected"), (progress.unknown, "without an answer")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!(", {} {what}", group_digits(count)));
        let stopped = progress
            .stopped
            .map(|problem| format!(". The others were not sent: {}", problem.title))
            .unwrap_or_default();
        let text = text + &others.collect::<String>() + &stopped;
        Some(text)
    };
    view! { <p role="status">{text}</p> }
}

/// The time left until `until`, rounded up to seconds; `None` once it has passed.
fn use_wait(until: Option<Timestamp>) -> Memo<Option<String>> {
    let now = use_clock();
    Memo::new(move |_| {
        let left = until.map_or(0, |until| until.ms_since(now.get()));
        (left > 0).then(|| format_duration((left + 999) / 1_000 * 1_000))
    })
}

/// The way to a batch of what failed, and the button that forgets this one.
#[component]
fn Actions(
    /// The batch.
    runtime: BatchRuntime,
    /// Its progress.
    progress: Memo<Progress>,
) -> impl IntoView {
    let failed = Memo::new(move |_| runtime.table.read().counts().get(ItemStatus::Failed));
    // What fails again is repeated from its job.
    let has_retry = move || failed.get() != 0 && !runtime.batch.read().is_repetition();
    let forgets = RwSignal::new(false);
    let cancels = RwSignal::new(false);
    let cancellations = use_cancellations();
    let running = Memo::new(move |_| running_jobs(runtime));
    let href = encode(&Route::Batch(BatchRoute::from_failures(runtime.name())));
    view! {
        <p class="batch__actions">
            <Show when=has_retry>
                <a class="button" href=href.clone()>
                    {move || retry_label(failed.get())}
                </a>
            </Show>
            <Show when=move || !running.read().is_empty()>
                <Button on_press=move |()| cancels.set(true)>"Cancel all…"</Button>
            </Show>
            <Button on_press=move |()| forgets.set(true)>"Forget…"</Button>
        </p>
        <CancelNotice cancellations/>
        <Show when=move || cancels.get()>
            <CancelQuestion
                runtime
                jobs=running.get_untracked()
                cancellations
                on_close=move || cancels.set(false)
            />
        </Show>
        <Show when=move || forgets.get()>
            <ForgetQuestion runtime progress on_close=move || forgets.set(false)/>
        </Show>
    }
}
