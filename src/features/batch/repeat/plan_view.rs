//! What a person can choose to repeat the failed items of a job: several starts of exactly what failed, or one of more.

use std::sync::Arc;

use cckm_core::batch::Batch;
use cckm_core::format::text::{group_digits, pluralize};
use cckm_core::route::{JobRoute, Route, StartRoute, encode};
use cckm_core::start::RepeatPlan;
use leptos::prelude::*;

use super::already_started::use_repetitions;
use super::left_out::LeftOut;
use super::plan_table::PlanTable;
use crate::components::{Proof, Question};
use crate::features::batch::start_question::StartQuestion;

/// The plan, and the one job that could be started instead.
#[component]
pub fn PlanView(
    /// The plan.
    plan: Arc<RepeatPlan>,
    /// How many jobs were read to learn its accounts.
    read: usize,
    /// The job.
    named: JobRoute,
    /// The key of the cause of the only problems that it repeats.
    cause: Option<String>,
) -> impl IntoView {
    let (one, many) = named.family.item_nouns;
    let failed = plan.single.failed.len();
    let left_out = plan.left_out.clone();
    let left_out = view! { <LeftOut left_out named=named.clone() cause=cause.clone()/> };
    if failed == 0 {
        let nothing = format!("The job reports no {one} as failed that can be started again.");
        return view! {
            <p>{nothing}</p>
            {left_out}
        }
        .into_any();
    }
    let all = pluralize(failed + plan.left_out_count(), one, many);
    let of_these = (!plan.left_out.is_empty())
        .then(|| format!(", {} of which can be started again", group_digits(failed)));
    let summary = format!(
        "{all} failed{}. A start takes names of KMS and of regions, and synchronizes each of its regions in each of its KMS.",
        of_these.unwrap_or_default()
    );
    let unknown = plan.needs_accounts().then(|| {
        let unknown = pluralize(plan.unknown, &format!("failed {one}"), &format!("failed {many}"));
        let read = pluralize(read, "job", "jobs");
        let together = if plan.is_better() {
            " These are started together, with every KMS that they may belong to."
        } else {
            ""
        };
        format!(
            "A job names accounts by number, and the console derives the KMS of an account from jobs of a single KMS. It has \
             read {read}, and does not know the KMS of {unknown}.{together}"
        )
    });
    let several = plan
        .is_better()
        .then(|| view! { <SeveralJobs plan=Arc::clone(&plan) named=named.clone()/> });
    view! {
        <p class="batch__about">{summary}</p>
        {left_out}
        {unknown.map(|unknown| view! { <p class="batch__about">{unknown}</p> })}
        {several}
        <OneJob plan named cause/>
    }
    .into_any()
}

/// The starts of the plan, and the button that asks for confirmation.
#[component]
fn SeveralJobs(
    /// The plan.
    plan: Arc<RepeatPlan>,
    /// The job that is repeated.
    named: JobRoute,
) -> impl IntoView {
    let family = named.family;
    let (one, many) = family.item_nouns;
    let jobs = pluralize(plan.starts.len(), "job", "jobs");
    let items = pluralize(plan.count(), one, many);
    let (title, verb) = (format!("{jobs}, {items}"), format!("Start {jobs} for {items}"));
    let button = format!("{verb}…");
    let effect = effect(plan.count(), plan.single.failed.len(), (one, many));
    let repetitions = use_repetitions(&named);
    let lines = [
        effect,
        "At most two are being started at a time. The server may refuse one while another runs. The others wait then \
         until you resume."
            .to_owned(),
    ];
    // When the question opens: what was started since the page was opened counts too.
    let lines = move || {
        let again = repetitions.get_untracked();
        let again = again
            .iter()
            .map(|again| format!("{} {} ({}).", again.when(), again.title, again.started));
        again.chain(lines.clone()).collect::<Vec<_>>()
    };
    let question = Question { title: format!("Start {jobs}?"), verb, proof: Proof::None };
    let batch = Arc::new(Batch::repeat(family, &named.id, plan.starts.clone()));
    let is_confirming = RwSignal::new(false);
    let on_no = Callback::new(move |()| is_confirming.set(false));
    view! {
        <section class="batch__section" aria-labelledby="several-title">
            <h2 id="several-title">{title}</h2>
            <PlanTable plan/>
            <p>
                <button
                    type="button"
                    class="button button--primary"
                    on:click=move |_| is_confirming.set(true)
                >
                    {button}
                </button>
            </p>
            <Show when=move || is_confirming.get()>
                <StartQuestion
                    batch=Arc::clone(&batch)
                    question=question.clone()
                    lines=lines()
                    on_no
                />
            </Show>
        </section>
    }
}

/// The link to the form of one job for everything.
#[component]
fn OneJob(
    /// The plan.
    plan: Arc<RepeatPlan>,
    /// The job that is repeated.
    named: JobRoute,
    /// The key of the cause of the only problems that it repeats.
    cause: Option<String>,
) -> impl IntoView {
    let JobRoute { family, id, .. } = named;
    let (one, many) = family.item_nouns;
    let count = plan.single.scope.count();
    let items = pluralize(count, one, many);
    let why = plan.why_one((one, many));
    let effect = effect(count, plan.single.failed.len(), (one, many));
    let start = StartRoute { from: Some(id), failed_only: true, cause, ..StartRoute::new(family) };
    view! {
        <section class="batch__section" aria-labelledby="one-title">
            <h2 id="one-title">{format!("1 job, {items}")}</h2>
            <p class="batch__about">{why} " " {effect}</p>
            <p>
                <a class="button" href=encode(&Route::Start(start))>
                    {format!("Start one job for {items}…")}
                </a>
            </p>
        </section>
    }
}

/// How many items are synchronized, and how many of them failed.
fn effect(count: usize, failed: usize, (one, many): (&str, &str)) -> String {
    let items = pluralize(count, one, many);
    if count > failed {
        format!("Synchronizes {items}, {} of which failed.", group_digits(failed))
    } else {
        format!("Synchronizes {items}: exactly what failed.")
    }
}
