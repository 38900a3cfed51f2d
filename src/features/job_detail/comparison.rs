//! What became of the items of a job, compared with the run of the same scope before it.

use cckm_core::api::{decode, requests};
use cckm_core::format::text::{group_digits, truncate};
use cckm_core::job::Job;
use cckm_core::job::compare::{Comparison, Run, run_before};
use cckm_core::job::title::title;
use cckm_core::route::{JobListRoute, JobRoute, Route, encode};
use leptos::prelude::*;

use crate::browser::local_time::local_time;
use crate::hooks::{Answer, use_remote};

/// How many names of each group are shown.
const MAX_NAMES: usize = 100;

/// What is shown of a comparison.
#[derive(Clone, PartialEq, Eq)]
struct Compared {
    href: String,
    before: String,
    /// What happened, to how many items, and the names of the first of them.
    groups: Vec<(&'static str, usize, Vec<String>)>,
}

/// Compares the finished job with the newest run of the same scope before it. Reads the newest jobs of the family once.
#[component]
pub fn ComparedWithBefore(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let family = named.family;
    let request = requests::list(&JobListRoute::new(family));
    let list = use_remote(Memo::new(move |_| request.clone()), decode::job_page);
    // `None` until the list is read.
    let compared = Memo::new(move |_| {
        let list = list.answer.read();
        let (answer, jobs) = (answer.read(), &list.as_ref()?.value.jobs);
        let before = run_before(&answer.value, jobs, family).filter(|before| before.id().is_some());
        Some(before.map(|before| {
            let before = before.clone().with_unreported(family);
            let id = before.id().unwrap_or_default();
            let created = before.created_at().and_then(local_time);
            Compared {
                href: encode(&Route::Job(JobRoute::new(family, id))),
                before: created.map_or_else(|| title(&before, family), |at| at.local),
                groups: groups(&before, &answer.value),
            }
        }))
    });
    let count = Memo::new(move |_| list.answer.read().as_ref().map(|list| list.value.jobs.len()));
    let text = move || match compared.get() {
        None => list.error.read().is_some().then(|| {
            view! { <p class="compared">"The runs before this one could not be read."</p> }
                .into_any()
        }),
        Some(None) => {
            let count = group_digits(count.get().unwrap_or_default());
            let none = format!("No earlier run of the same scope among the {count} newest jobs.");
            Some(view! { <p class="compared">{none}</p> }.into_any())
        }
        Some(Some(compared)) => Some(view! { <Groups compared/> }.into_any()),
    };
    view! { {text} }
}

/// The groups of items with another result than before, and of those that fail again.
fn groups(before: &Job, after: &Job) -> Vec<(&'static str, usize, Vec<String>)> {
    let compared = Comparison::new(Run::new(before), Run::new(after));
    let names = |job: &Job, indices: &[u32]| {
        let indices = indices.iter().take(MAX_NAMES);
        indices.map(|index| truncate(job.items.name(*index as usize).to_owned())).collect()
    };
    [
        ("newly failed", after, compared.newly_failed),
        ("recovered", after, compared.recovered),
        ("still failing", after, compared.still_failing),
        ("only in this run", after, compared.only_after),
        ("only in the run before", before, compared.only_before),
    ]
    .into_iter()
    .filter(|(_, _, indices)| !indices.is_empty())
    .map(|(what, job, indices)| (what, indices.len(), names(job, &indices)))
    .collect()
}

/// The comparison in one line, with the names behind each number.
#[component]
fn Groups(
    /// The comparison.
    compared: Compared,
) -> impl IntoView {
    let Compared { href, before, groups } = compared;
    let summary = groups.iter().map(|(what, count, _)| format!("{} {what}", group_digits(*count)));
    let summary = match groups.len() {
        0 => "no item has another result".to_owned(),
        _ => summary.collect::<Vec<_>>().join(", "),
    };
    let lists = groups.into_iter().map(|(what, count, names)| {
        let more = count - names.len();
        let more = (more > 0).then(|| format!(" and {} more", group_digits(more)));
        view! {
            <li>
                <strong>{group_digits(count)} " " {what}</strong>
                ": "
                {names.join(", ")}
                {more}
            </li>
        }
    });
    let has_lists = lists.len() > 0;
    let lists = lists.collect_view();
    view! {
        <div class="compared">
            <p>"Compared with " <a href=href>"the run before"</a> {format!(" ({before}): {summary}")}</p>
            {has_lists.then(|| view! {
                <details>
                    <summary>"Show the names"</summary>
                    <ul class="compared__lists">{lists}</ul>
                </details>
            })}
        </div>
    }
}
