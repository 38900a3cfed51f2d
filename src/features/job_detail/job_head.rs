//! The head of a job: what it does, its outcome, its progress and its times.

use cckm_core::family::Family;
use cckm_core::format::text::{group_digits, pluralize, truncate};
use cckm_core::format::time::{Timestamp, format_duration};
use cckm_core::job::Job;
use cckm_core::job::counts::{ItemCounts, Progress};
use cckm_core::job::status::JobStatus;
use cckm_core::job::tally::Tally;
use cckm_core::job::title::{JobScope, title};
use cckm_core::route::{JobRoute, Route, encode};
use leptos::prelude::*;

use super::remarks::remarks;
use crate::browser::local_time::local_time;
use crate::components::items::{ItemStatusLinks, ItemsLocation};
use crate::components::{Banner, CopyButton, Evidence, OutcomeBadge, SegmentBar, Tone};
use crate::hooks::{Answer, use_server_clock};

/// The head of a job. Before the job is known, its kind and id only.
#[component]
pub fn JobHead(
    /// The job.
    answer: Memo<Option<Answer<Job>>>,
    /// Where its items are shown.
    items: ItemsLocation,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let JobRoute { family, id, .. } = named;
    let own_id = id.clone();
    let remarks = derive(answer, move |answer| remarks(&answer.value, &own_id));
    let remarks = move || {
        let remarks = remarks.get().filter(|remarks| !remarks.is_empty())?;
        let lines = remarks.into_iter().map(|remark| view! { <p>{remark}</p> }).collect_view();
        Some(view! { <Banner tone=Tone::Info>{lines}</Banner> })
    };
    let heading = derive(answer, |answer| heading(&answer.value, family));
    let heading = move || heading.get().unwrap_or_else(|| family.singular_name());
    let schedule = derive(answer, |answer| schedule_of(&answer.value));
    let schedule =
        move || schedule.get().flatten().map(|href| view! { <a href=href>"Its schedule"</a> });
    let is_known = move || answer.read().is_some();
    view! {
        <header class="job__head">
            <div class="job__line">
                <h1 class="page__title">{heading}</h1>
                <span class="job__id">
                    <code>{id.clone()}</code>
                    <CopyButton label="Copy id" text=Signal::stored(id)/>
                </span>
            </div>
            <Show when=is_known>
                <JobState answer family items>{schedule}</JobState>
            </Show>
        </header>
        {remarks}
    }
}

/// The outcome, the times and the progress of a known job.
#[component]
fn JobState(
    /// The job.
    answer: Memo<Option<Answer<Job>>>,
    /// Its family.
    family: &'static Family,
    /// Where its items are shown.
    items: ItemsLocation,
    /// Links.
    children: Children,
) -> impl IntoView {
    let now = use_server_clock();
    let time = derive(answer, move |answer| {
        let is_running = answer.value.status().is_running();
        times(&answer.value, if is_running { now.get() } else { answer.at })
    });
    let counts = Memo::new(move |_| {
        let answer = answer.read();
        answer.as_ref().map(|answer| ItemCounts::new(&answer.value.items)).unwrap_or_default()
    });
    let evidence = Memo::new(move |_| {
        let answer = answer.read();
        let job = answer.as_ref().map(|answer| &answer.value);
        Evidence {
            status: job.map_or(JobStatus::Unknown, Job::status),
            word: job.and_then(Job::status_text).map(truncate),
            tally: job.map(|job| Tally::new(job, family, &counts.get())).unwrap_or_default(),
            changed: job.and_then(|job| job.time("updatedAt").or_else(|| job.created_at())),
        }
    });
    let is_finished =
        Memo::new(move |_| answer.read().as_ref().is_some_and(|answer| !answer.value.may_run()));
    let tally = Memo::new(move |_| evidence.read().tally);
    let word = move || evidence.read().word.clone().unwrap_or_else(|| "no status".to_owned());
    let progress = Memo::new(move |_| {
        let answer = answer.read();
        let progress = Progress::for_job(&answer.as_ref()?.value, family, counts.get())?;
        Some(progress_text(progress, family))
    });
    view! {
        <p class="job__status">
            <OutcomeBadge evidence full=true/>
            " "
            <span class="job__word">"Server: " <code>{word}</code></span>
            " "
            <span class="job__time">{time}</span>
            " "
            {children()}
        </p>
        <div class="job__progress">
            <Show when=move || progress.read().is_some()>
                <SegmentBar tally is_finished/>
                <span class="job__finished">{progress}</span>
            </Show>
            <ItemStatusLinks counts is_finished location=items/>
        </div>
    }
}

/// The result of `read` on the latest answer, once there is one.
fn derive<T: PartialEq + Send + Sync + 'static>(
    answer: Memo<Option<Answer<Job>>>,
    read: impl Fn(&Answer<Job>) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| answer.read().as_ref().map(&read))
}

/// What the job does and to how much: `Sync keys · AWS · crm · 19 regions`.
fn heading(job: &Job, family: &Family) -> String {
    let scope = JobScope::new(job, family).short;
    let title = title(job, family);
    if scope.is_empty() { title } else { format!("{title} · {scope}") }
}

/// The address of the schedule of a run (CONTRACT.md 3, family 19).
fn schedule_of(job: &Job) -> Option<String> {
    let id = job.text("job_config_id").filter(|id| !id.is_empty())?;
    let schedules = Family::by_path("scheduler/job-configs")?;
    Some(encode(&Route::Job(JobRoute::new(schedules, id))))
}

/// How many are finished, in versions if the family counts these.
fn progress_text(Progress { done, total }: Progress, family: &Family) -> String {
    let noun = family.version_count_member.map_or(family.item_nouns, |_| ("version", "versions"));
    format!("{} of {} finished", group_digits(done), pluralize(total, noun.0, noun.1))
}

fn times(job: &Job, now: Timestamp) -> String {
    let started = job.created_at().and_then(local_time).map(|at| format!("Started {}", at.local));
    let verb = if job.status().is_running() { "running for" } else { "took" };
    let duration = job.duration().ms(now).map(|ms| format!("{verb} {}", format_duration(ms)));
    started.into_iter().chain(duration).collect::<Vec<_>>().join(", ")
}
