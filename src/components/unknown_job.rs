//! Shown in place of a job that is not known.

use cckm_core::api::error::ApiError;
use cckm_core::route::{JobListRoute, JobRoute, Route, encode};
use leptos::prelude::*;

use super::{EmptyState, Skeleton};

/// A skeleton before the first answer, or that the job does not exist. Other errors are shown by `FetchError`.
#[component]
pub fn UnknownJob(
    /// Why the last request failed.
    error: Memo<Option<ApiError>>,
    /// The job.
    named: JobRoute,
) -> impl IntoView {
    move || match error.get() {
        None => view! { <Skeleton what="job"/> }.into_any(),
        Some(ApiError::NotFound(_)) => {
            let (noun, _) = named.family.resource.nouns();
            let id = named.id.clone();
            let list = encode(&Route::JobList(JobListRoute::new(named.family)));
            view! {
                <EmptyState title=format!("No such {noun}")>
                    <p>"Its id is " <code>{id}</code></p>
                    <p><a href=list>{format!("See all {}", named.family.full_name())}</a></p>
                </EmptyState>
            }
            .into_any()
        }
        Some(_) => ().into_any(),
    }
}
