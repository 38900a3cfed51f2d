//! Starting again what failed of a synchronization: the plan with its numbers, the choice, and the confirmation.

mod plan_table;
mod plan_view;
mod use_accounts;

use std::sync::Arc;

use cckm_core::api::explain::ErrorContext;
use cckm_core::api::{decode, requests};
use cckm_core::batch::can_repeat;
use cckm_core::family::Family;
use cckm_core::problem::Problem;
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::start::RepeatPlan;
use leptos::prelude::*;

use self::plan_view::PlanView;
use self::use_accounts::{UseAccounts, use_accounts};
use crate::components::{ErrorPanel, FetchError};
use crate::hooks::use_remote;

/// The plan that repeats the failed items of a job.
#[component]
#[inline(never)]
pub fn RepeatPage(
    /// The path of the job.
    from: String,
) -> impl IntoView {
    let job = Family::parse_job_path(&from).filter(|(family, _)| can_repeat(family));
    match job {
        Some((family, id)) => view! { <RepeatJob named=JobRoute::new(family, id)/> }.into_any(),
        None => view! { <NothingToRepeat/> }.into_any(),
    }
}

#[component]
fn NothingToRepeat() -> impl IntoView {
    let problem = Problem::local(
        "Nothing to start again",
        "The address names no synchronization whose failed items can be planned.",
    );
    view! { <ErrorPanel problem on_retry=Callback::new(|()| ())/> }
}

/// Reads the job and what its accounts are, then shows the plan.
#[component]
fn RepeatJob(
    /// The job.
    named: JobRoute,
) -> impl IntoView {
    let family = named.family;
    let request = requests::get(&named);
    let data = use_remote(Memo::new(move |_| request.clone()), decode::job);
    let accounts = use_accounts(family, data.answer);
    let plan = Memo::new(move |_| {
        let (answer, known) = (data.answer.read(), accounts.known.read());
        let plan =
            RepeatPlan::new(family, &answer.as_ref()?.value, &known.as_ref()?.reader.accounts);
        plan.map(Arc::new)
    });
    let is_reading = move || data.error.read().is_none() && plan.read().is_none();
    let href = encode(&Route::Job(named.clone()));
    let named = StoredValue::new(named);
    let content = move || {
        let (plan, named) = (plan.get()?, named.get_value());
        Some(view! { <PlanView plan named accounts/> })
    };
    view! {
        <nav class="back" aria-label="The job that is started again">
            <a href=href>"Back to the job"</a>
        </nav>
        <header class="job__head">
            <p class="job__kind">{family.full_name()}</p>
            <h1 class="page__title">"Start again what failed"</h1>
        </header>
        <FetchError handle=data.handle permission=family.permission/>
        <AccountsError accounts family/>
        <Show when=is_reading>
            <p role="status">"Reading the newest jobs, which show what KMS an account has…"</p>
        </Show>
        {content}
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
        let problem = error.problem(context);
        let on_retry = Callback::new(move |()| accounts.retry.notify());
        Some(view! { <ErrorPanel problem on_retry/> })
    }
}
