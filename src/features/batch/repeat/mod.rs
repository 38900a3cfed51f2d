//! Retrying what failed of a synchronization: the plan with its numbers, the choice, and the confirmation.

mod already_started;
mod left_out;
mod plan_table;
mod plan_view;
mod use_accounts;

use std::sync::Arc;

use cckm_core::api::explain::ErrorContext;
use cckm_core::api::{decode, requests};
use cckm_core::batch::can_repeat;
use cckm_core::family::Family;
use cckm_core::format::text::pluralize;
use cckm_core::job::Job;
use cckm_core::problem::Problem;
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::start::RepeatPlan;
use leptos::prelude::*;

use self::already_started::AlreadyStarted;
use self::plan_view::PlanView;
use self::use_accounts::{UseAccounts, use_accounts};
use crate::components::{Banner, ErrorPanel, FetchError, FirstLoad, Tone};
use crate::hooks::{Answer, use_remote};

/// The plan that repeats the failed items of a job.
#[component]
#[inline(never)]
pub fn RepeatPage(
    /// The path of the job.
    from: String,
    /// The key of the cause of the only problems that it repeats.
    cause: Option<String>,
) -> impl IntoView {
    match JobRoute::of_path(&from).filter(|named| can_repeat(named.family)) {
        Some(named) => view! { <RepeatJob named cause/> }.into_any(),
        None => view! { <NothingToRepeat/> }.into_any(),
    }
}

#[component]
fn NothingToRepeat() -> impl IntoView {
    let problem = Problem::local(
        "Nothing to retry",
        "The address names no synchronization whose failed items can be planned.",
    );
    view! { <ErrorPanel problem on_retry=Callback::new(|()| ())/> }
}

/// Reads the job and what its accounts are, then shows the plan.
#[component]
fn RepeatJob(
    /// The job.
    named: JobRoute,
    /// The key of the cause of the only problems that it repeats.
    cause: Option<String>,
) -> impl IntoView {
    let family = named.family;
    let request = requests::get(&named);
    let decode = move |body: &[u8]| decode::job(body).map(|job| job.with_unreported(family));
    let data = use_remote(Memo::new(move |_| request.clone()), decode);
    let cause = StoredValue::new(cause);
    let accounts = use_accounts(family, data.answer, cause);
    let plan = Memo::new(move |_| {
        let (answer, known) = (data.answer.read(), accounts.known.read());
        let reader = &known.as_ref()?.reader;
        let cause = cause.get_value();
        let plan =
            RepeatPlan::new(family, &answer.as_ref()?.value, &reader.accounts, cause.as_deref())?;
        Some((Arc::new(plan), reader.read))
    });
    let href = encode(&Route::Job(named.clone()));
    let named = StoredValue::new(named);
    let content = move || {
        let ((plan, read), named) = (plan.get()?, named.get_value());
        let cause = cause.get_value();
        Some(view! { <PlanView plan read named cause/> })
    };
    view! {
        <nav class="back" aria-label="The job that is retried">
            <a href=href>"Back to the job"</a>
        </nav>
        <header class="job__head">
            <p class="job__kind">{family.full_name()}</p>
            <h1 class="page__title">"Retry what failed"</h1>
        </header>
        <AlreadyStarted named=named.get_value()/>
        <FetchError handle=data.handle permission=family.permission/>
        <FirstLoad data what=family.resource.nouns().0/>
        <StillRunning answer=data.answer/>
        <AccountsError accounts family/>
        <ReadingAccounts accounts/>
        {content}
    }
}

/// Says that more may fail of a job that has not ended.
#[component]
fn StillRunning(
    /// The job.
    answer: Memo<Option<Answer<Job>>>,
) -> impl IntoView {
    let how = Memo::new(move |_| {
        let answer = answer.read();
        let job = &answer.as_ref()?.value;
        let how = if job.status().is_running() { "still runs" } else { "may still run" };
        job.may_run().then_some(how)
    });
    move || {
        how.get().map(|how| {
            view! {
                <Banner tone=Tone::Warning>
                    <p>
                        {format!(
                            "The job {how}. What it has not reported as failed yet is not in this plan.",
                        )}
                    </p>
                </Banner>
            }
        })
    }
}

/// Says how many jobs were read so far, while they are.
#[component]
fn ReadingAccounts(
    /// What is known of the accounts.
    accounts: UseAccounts,
) -> impl IntoView {
    let is_reading = Memo::new(move |_| accounts.reading.get().is_some());
    let text = move || {
        let read = pluralize(accounts.reading.get().unwrap_or_default(), "job", "jobs");
        format!("Reading the newest jobs, which show what KMS an account has: {read} read so far…")
    };
    view! {
        <Show when=move || is_reading.get()>
            <p role="status">{text}</p>
        </Show>
    }
}

/// Says that the jobs could not be read which show the KMS of the accounts.
#[component]
fn AccountsError(
    /// What is known of the accounts.
    accounts: UseAccounts,
    /// The family of the jobs.
    family: &'static Family,
) -> impl IntoView {
    let error = Memo::new(move |_| accounts.known.read().as_ref()?.error.clone());
    move || {
        let error = error.get()?;
        let context = ErrorContext { shows_earlier_data: false, permission: family.permission };
        // Nothing else on this page reads the list again, so a refusal can be tried again too: the permission may have
        // been given meanwhile.
        let problem = Problem { can_retry: true, ..error.problem(context) };
        let on_retry = Callback::new(move |()| accounts.retry.notify());
        Some(view! { <ErrorPanel problem on_retry/> })
    }
}
