//! The head of a job: its status, its times, its progress, and remarks on anything unusual.

use cckm_core::family::Family;
use cckm_core::format::text::{group_digits, truncate};
use cckm_core::format::time::{Timestamp, format_duration};
use cckm_core::job::Job;
use cckm_core::job::counts::{ItemCounts, Progress};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::status::JobStatus;
use cckm_core::route::JobRoute;
use leptos::prelude::*;

use super::versions::Versions;
use crate::browser::local_time::local_time;
use crate::components::items::{ItemStatusLinks, ItemsLocation};
use crate::components::{Banner, ProgressBar, StatusBadge, Tone};
use crate::hooks::{Answer, use_server_clock};

/// The head of a job. Before the job is known, its family and id only.
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
    let noun = family.version_count_member.map_or(family.item_nouns, |_| ("version", "versions"));
    let now = use_server_clock();
    let status =
        derive(answer, |answer| (answer.value.status(), answer.value.status_text().map(truncate)));
    let time = derive(answer, move |answer| {
        let is_running = answer.value.status().is_running();
        times(&answer.value, if is_running { now.get() } else { answer.at })
    });
    let own_id = id.clone();
    let remarks = derive(answer, move |answer| remarks(&answer.value, &own_id));
    let counts = derive(answer, |answer| ItemCounts::new(&answer.value.items));
    let progress = Memo::new(move |_| {
        let answer = answer.read();
        Progress::for_job(&answer.as_ref()?.value, family, counts.get()?)
    });
    let versions = Memo::new(move |_| {
        let answer = answer.read();
        answer.as_ref().map(|answer| version_groups(&answer.value, family)).unwrap_or_default()
    });
    let badge = move || status.get().map(|(status, word)| view! { <StatusBadge status word/> });
    let remarks = move || {
        let remarks = remarks.get().filter(|remarks| !remarks.is_empty())?;
        let lines = remarks.into_iter().map(|remark| view! { <p>{remark}</p> }).collect_view();
        Some(view! { <Banner tone=Tone::Info>{lines}</Banner> })
    };
    let bar = move || progress.get().map(|progress| view! { <ProgressBar progress noun/> });
    let counts = Signal::derive(move || counts.get().unwrap_or_default());
    view! {
        <header class="job__head">
            <p class="job__kind">{family.full_name()}</p>
            <h1 class="page__title job__id">{id}</h1>
            <Show when=move || status.read().is_some()>
                <p class="job__status">{badge} " " <span class="job__time">{time}</span></p>
                {remarks}
                {bar}
                <ItemStatusLinks counts location=items/>
            </Show>
        </header>
        <Versions groups=versions/>
    }
}

/// The result of `read` on the latest answer, once there is one.
fn derive<T: PartialEq + Send + Sync + 'static>(
    answer: Memo<Option<Answer<Job>>>,
    read: impl Fn(&Answer<Job>) -> T + Send + Sync + 'static,
) -> Memo<Option<T>> {
    Memo::new(move |_| answer.read().as_ref().map(&read))
}

fn times(job: &Job, now: Timestamp) -> String {
    let started = job.created_at().and_then(local_time).map(|at| format!("Started {}", at.local));
    let verb = if job.status().is_running() { "running for" } else { "took" };
    let duration = job.duration().ms(now).map(|ms| format!("{verb} {}", format_duration(ms)));
    started.into_iter().chain(duration).collect::<Vec<_>>().join(", ")
}

/// The lists in `detailed_status` with their names, for families that list versions there (CONTRACT.md 2.4).
fn version_groups(job: &Job, family: &Family) -> Vec<(String, Vec<String>)> {
    if family.version_count_member.is_none() {
        return Vec::new();
    }
    (0..job.items.len())
        .filter_map(|index| {
            let list = job.items.text(index)?.list.clone()?;
            Some((job.items.name(index).to_owned(), list))
        })
        .collect()
}

/// Remarks on conclusions of the console and on undocumented parts of the answer. The address names the job `id`.
fn remarks(job: &Job, id: &str) -> Vec<String> {
    let other_id = job
        .id()
        .filter(|other| other != id)
        .map(|other| format!("The server returned a different job: {other}"));
    let conclusion = match job.status() {
        JobStatus::Cancelled => Some(
            "A cancellation was requested. The API has no word for cancelled: such jobs end as completed.",
        ),
        JobStatus::Cancelling => Some("A cancellation was requested; the job has not ended yet."),
        JobStatus::Unknown if job.may_run() => {
            Some("This console does not know this status. The job has no end, so it may still run.")
        }
        JobStatus::Unknown => {
            Some("This console does not know this status and treats the job as finished.")
        }
        JobStatus::Scheduled
        | JobStatus::Running
        | JobStatus::Completed
        | JobStatus::Aborted
        | JobStatus::Failed => None,
    };
    let forgotten = job.is_abort_remembered().then(|| {
        "An earlier answer of the server reported the cancellation. The last one does not: its node may lag, or has \
         forgotten it."
            .to_owned()
    });
    let odd = job
        .unexpected_detail
        .as_ref()
        .map(|raw| format!("detailed_status is not an object, so there are no items: {raw}"));
    let unreported = job.items.count(ItemStatus::Unreported);
    let missing = (unreported > 0 && !job.may_run()).then(|| {
        format!(
            "The job is over and has not reported {} of the requested items.",
            group_digits(unreported)
        )
    });
    [other_id, conclusion.map(str::to_owned), forgotten, odd, missing]
        .into_iter()
        .flatten()
        .collect()
}
