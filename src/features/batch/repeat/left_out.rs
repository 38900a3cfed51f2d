//! The failed items that no start can repeat.

use cckm_core::job::items_view::{ItemFilter, ItemsView};
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::start::LeftOut as LeftOutItems;
use leptos::prelude::*;

use crate::components::{Banner, Tone};

/// How many failed items the plan leaves out, which, and why, with a link to them.
#[component]
pub fn LeftOut(
    /// The items, by the reason.
    left_out: Vec<LeftOutItems>,
    /// The job.
    named: JobRoute,
    /// The key of the cause of the only problems that the plan repeats.
    cause: Option<String>,
) -> impl IntoView {
    let nouns = named.family.item_nouns;
    let lines = left_out.iter().map(|items| view! { <p>{items.text(nouns)}</p> }).collect_view();
    let failed = cause.map_or(ItemFilter::Problems, ItemFilter::Cause);
    let items = ItemsView { filter: failed, ..ItemsView::default() };
    let href = encode(&Route::Job(JobRoute { items, ..named }));
    (!left_out.is_empty()).then(|| {
        view! {
            <Banner tone=Tone::Warning>
                {lines}
                <p>
                    <a href=href>"See everything that failed on the page of the job"</a>
                </p>
            </Banner>
        }
    })
}
