//! Shown in place of a job that is not known.

use cckm_core::api::error::ApiError;
use cckm_core::job::Job;
use cckm_core::route::{JobListRoute, JobRoute, Route, encode};
use leptos::prelude::*;

use super::{EmptyState, Skeleton};
use crate::hooks::UseRemote;

/// A skeleton before the first answer, or that the job does not exist. `FetchError` shows other errors, and that the
/// person cancelled the loading.
#[component]
pub fn UnknownJob(
    /// The fetch of the job.
    data: UseRemote<Job>,
    /// The job.
    named: JobRoute,
) -> impl IntoView {
    let (noun, _) = named.family.resource.nouns();
    let is_missing = Memo::new(move |_| matches!(*data.error.read(), Some(ApiError::NotFound(_))));
    move || {
        if data.is_loading.get() {
            view! { <Skeleton what=noun/> }.into_any()
        } else if is_missing.get() {
            let id = named.id.clone();
            let list = encode(&Route::JobList(JobListRoute::new(named.family)));
            view! {
                <EmptyState title=format!("No such {noun}")>
                    <p>"Its id is " <code>{id}</code></p>
                    <p><a href=list>{format!("See all {}", named.family.full_name())}</a></p>
                </EmptyState>
            }
            .into_any()
        } else {
            ().into_any()
        }
    }
}
