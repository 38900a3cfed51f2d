//! Says that what failed of a job was already started again.

use cckm_core::batch::{Batch, created_at};
use cckm_core::route::{BatchRoute, JobRoute, Route, encode};
use leptos::prelude::*;

use crate::browser::local_time::local_time;
use crate::components::{Banner, Tone};
use crate::features::batch::batches::use_batches;
use crate::features::batch::started;

/// A batch of this browser that repeats what failed of a job.
#[derive(Clone, PartialEq, Eq)]
pub struct Repetition {
    /// The title of the batch.
    pub title: String,
    /// How many of its jobs were started.
    pub started: String,
    name: String,
}

impl Repetition {
    /// When it was made, as the beginning of a sentence that its title continues.
    pub fn when(&self) -> String {
        let when = created_at(&self.name).and_then(local_time);
        let when = when.map(|when| format!(" on {}", when.local)).unwrap_or_default();
        format!("Already started again{when} in the batch")
    }
}

/// The batches of this browser that repeat what failed of the job `named`, newest first.
pub fn use_repetitions(named: &JobRoute) -> Memo<Vec<Repetition>> {
    let (batches, named) = (use_batches(), named.clone());
    Memo::new(move |_| {
        let repetitions = batches.repetitions(&named).into_iter();
        let repetition = |(name, batch): (String, Batch)| Repetition {
            title: batch.title(),
            started: started(&batch),
            name,
        };
        repetitions.map(repetition).collect()
    })
}

/// Names each batch of this browser that repeats what failed of the job.
#[component]
pub fn AlreadyStarted(
    /// The job.
    named: JobRoute,
) -> impl IntoView {
    let repetitions = use_repetitions(&named);
    let line = |repetition: Repetition| {
        let when = repetition.when();
        let href = encode(&Route::Batch(BatchRoute::new(repetition.name)));
        view! {
            <p>
                {when} " " <a href=href>{repetition.title}</a> {format!(" ({}).", repetition.started)}
            </p>
        }
    };
    let lines = move || repetitions.get().into_iter().map(line).collect_view();
    view! {
        <Show when=move || !repetitions.read().is_empty()>
            <Banner tone=Tone::Warning>{lines}</Banner>
        </Show>
    }
}
