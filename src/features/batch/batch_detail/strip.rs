//! The jobs of a batch at a glance: a cell for each.

use cckm_core::batch::ChunkState;
use cckm_core::format::text::group_digits;
use cckm_core::job::outcome::{Outcome, StuckRule};
use cckm_core::route::{JobRoute, Route, encode};
use leptos::prelude::*;

use crate::features::batch::runtime::BatchRuntime;
use crate::hooks::{latest, use_stuck_rule};

/// How many cells the strip has at most. More could neither be told apart nor reached.
const MAX_CELLS: usize = 400;

/// What one cell shows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    index: usize,
    /// The name of its colour.
    key: &'static str,
    /// What it says.
    label: String,
    /// The address of its job, once it was started.
    href: Option<String>,
}

/// A cell for each job, in the order of the batch, which leads to the job.
#[component]
pub fn ChunkStrip(
    /// The batch.
    runtime: BatchRuntime,
) -> impl IntoView {
    let rule = use_stuck_rule();
    let cells = Memo::new(move |_| {
        runtime.table.track();
        cells(runtime, rule.get_untracked())
    });
    let more = move || {
        let more = runtime.batch.read().chunks().len().saturating_sub(MAX_CELLS);
        (more > 0).then(|| view! { <p>{format!("and {} more jobs", group_digits(more))}</p> })
    };
    view! {
        <ol class="strip" aria-label="State of each job">
            <For each=move || cells.get() key=|cell| cell.index let:cell>
                <ChunkCell cell=latest(cells.into(), cell, |cell| &cell.index)/>
            </For>
        </ol>
        {more}
    }
}

/// The cell of one job.
#[component]
fn ChunkCell(
    /// What it shows.
    cell: Memo<Cell>,
) -> impl IntoView {
    view! {
        <li>
            <a
                class=move || format!("strip__cell strip__cell--{}", cell.read().key)
                href=move || cell.read().href.clone()
                role="link"
                aria-label=move || cell.read().label.clone()
                title=move || cell.read().label.clone()
            ></a>
        </li>
    }
}

fn cells(runtime: BatchRuntime, rule: StuckRule) -> Vec<Cell> {
    let (batch, table) = (runtime.batch.read(), runtime.table.read());
    let chunks = batch.chunks().iter().enumerate().take(MAX_CELLS);
    chunks
        .map(|(index, chunk)| {
            let job = table.job(index);
            let (key, state) = match (&chunk.state, job.status) {
                (ChunkState::Waiting, _) => ("waiting", "Waiting".to_owned()),
                (ChunkState::Sent, _) => ("waiting", "Being started".to_owned()),
                (ChunkState::Lost, _) => ("other", "Being searched for".to_owned()),
                (ChunkState::Unknown, _) => ("other", "Unknown".to_owned()),
                (ChunkState::Refused(_), _) => ("failed", "Refused".to_owned()),
                (ChunkState::Started(_), None) => ("started", "Started".to_owned()),
                (ChunkState::Started(_), Some(status)) => {
                    let tally = table.tally(index);
                    let outcome = Outcome::new(status, &tally, job.updated, rule);
                    let idle = rule.idle_ms(job.updated);
                    (outcome.as_str(), outcome.describe(&tally, job.status_text.as_deref(), idle))
                }
            };
            let route = |id: &str| Route::Job(JobRoute::new(batch.family(), id));
            Cell {
                index,
                key,
                label: format!("Job {}: {state}", group_digits(index + 1)),
                href: chunk.job_id().map(|id| encode(&route(id))),
            }
        })
        .collect()
}
