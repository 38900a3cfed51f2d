//! The content of a loaded job: its items and its details.

use cckm_core::job::Job;
use cckm_core::job::details;
use cckm_core::route::JobRoute;
use leptos::prelude::*;

use crate::components::items::{ItemsLocation, ItemsSection};
use crate::components::{CopyButton, JobDetails};
use crate::hooks::{Answer, use_location};

/// The items and the details of a job. It stays in place while the job changes.
#[component]
pub fn JobContent(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// Which items the address names.
    items: ItemsLocation,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let location = use_location();
    // No memo: it would keep and compare a copy of a list of up to a million keys.
    let details = Signal::derive(move || details::details(&answer.read().value));
    let on_change = Callback::new(move |view| location.replace(&items.route.run(view)));
    view! {
        <CopyButton label="Copy id" text=Signal::stored(named.id)/>
        <ItemsSection answer noun=named.family.item_nouns location=items on_change/>
        <JobDetails title="Everything else the job says" details/>
    }
}
