//! One job of a batch: its status, and which keys it has.

use cckm_core::batch::{Batch, Chunk, ChunkState, JobSnapshot, KeyTable};
use cckm_core::format::text::{group_digits, pluralize, truncate};
use cckm_core::job::tally::Tally;
use cckm_core::route::{JobRoute, Route, encode};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::{Button, Evidence, Mark, OutcomeBadge};

/// The content of the line of one job.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChunkRow {
    /// The index of the chunk.
    index: usize,
    /// `None` for a job that is only planned.
    state: Option<RowState>,
    /// The id of its job, and the address of that.
    job: Option<(String, String)>,
    /// How many items its job works on, with their noun.
    amount: String,
    /// The first key, and the last of several.
    keys: String,
    notes: Vec<String>,
    can_retry: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum RowState {
    /// The shape, and the word.
    Mark(&'static str, &'static str),
    /// What decides the outcome of its job.
    Job(Evidence),
}

impl ChunkRow {
    /// A chunk that is only planned.
    pub fn planned(batch: &Batch, index: usize, chunk: &Chunk) -> Self {
        let key = |key: Option<&String>| key.cloned().map(truncate).unwrap_or_default();
        let keys = if chunk.keys.len() == 1 {
            key(chunk.keys.first())
        } else {
            format!("{} … {}", key(chunk.keys.first()), key(chunk.keys.last()))
        };
        let (one, many) = batch.family().item_nouns;
        let (count, failed) = (chunk.item_count(), chunk.keys.len());
        let of_them = if failed < count {
            format!(", {} failed", group_digits(failed))
        } else {
            String::new()
        };
        let amount = format!("{}{of_them}", pluralize(count, one, many));
        Self { index, amount, keys, ..Self::default() }
    }

    /// A chunk of `batch` with what `table` knows of its job. It can be retried only if the batch `is_here`.
    pub fn new(batch: &Batch, index: usize, table: &KeyTable, is_here: bool) -> Option<Self> {
        let job = table.job(index);
        let chunk = batch.chunks().get(index)?;
        let family = batch.family();
        let mut notes = Vec::new();
        match &chunk.state {
            ChunkState::Refused(text) => notes.push(text.clone()),
            ChunkState::Unknown => notes
                .push("The answer to its start was lost, and no such job was found.".to_owned()),
            _ => (),
        }
        let refusal = chunk.refusal.iter();
        notes.extend(refusal.map(|text| format!("The server refused to start it again. {text}")));
        notes.extend(chunk.duplicates.iter().map(|id| {
            format!(
                "The server has another job of the same request, {id}: the browser sent the start twice, because \
                 its connection broke."
            )
        }));
        if job.foreign_items > 0 && chunk.scope.is_none() {
            let items = pluralize(job.foreign_items, "item", "items");
            notes.push(format!("It reports {items} that are not among its keys."));
        }
        if job.misses > 0 && job.error.is_none() {
            notes.push(
                "The server does not show it at the moment. It is requested again.".to_owned(),
            );
        }
        notes.extend(job.error.as_ref().map(|why| format!("It could not be read. {why}")));
        let link = |id: &str| {
            let href = encode(&Route::Job(JobRoute::new(family, id)));
            (id.to_owned(), href)
        };
        Some(Self {
            state: Some(RowState::new(&chunk.state, &job, table.tally(index))),
            job: chunk.job_id().map(link),
            notes: notes.into_iter().map(truncate).collect(),
            can_retry: is_here && chunk.state.can_retry(),
            ..Self::planned(batch, index, chunk)
        })
    }
}

impl RowState {
    fn new(state: &ChunkState, job: &JobSnapshot, tally: Tally) -> Self {
        match (state, job.status) {
            (ChunkState::Waiting, _) => Self::Mark("unreported", "Waiting"),
            (ChunkState::Sent, _) => Self::Mark("running", "Being started"),
            (ChunkState::Lost, _) => Self::Mark("unknown", "Being searched for"),
            (ChunkState::Unknown, _) => Self::Mark("unknown", "Unknown"),
            (ChunkState::Refused(_), _) => Self::Mark("failed", "Refused"),
            (ChunkState::Started(_), None) => Self::Mark("unreported", "Started"),
            (ChunkState::Started(_), Some(status)) => Self::Job(Evidence {
                status,
                word: job.status_text.clone().map(truncate),
                tally,
                changed: job.updated,
            }),
        }
    }
}

/// The line of one job.
#[component]
pub fn ChunkLine(
    /// The job.
    #[prop(into)]
    row: Signal<ChunkRow>,
    /// The person wants to send it again. Gets the index of the chunk.
    on_retry: Callback<usize>,
) -> impl IntoView {
    let index = row.read_untracked().index;
    let state = Memo::new(move |_| row.read().state.clone());
    let state = move || {
        state.get().map(|state| match state {
            RowState::Mark(key, label) => Either::Left(view! { <Mark key label/> }),
            RowState::Job(evidence) => {
                let evidence = Signal::stored(evidence);
                Either::Right(view! { <OutcomeBadge evidence full=true/> })
            }
        })
    };
    let job = Memo::new(move |_| row.read().job.clone());
    let job = move || match job.get() {
        Some((id, href)) => Either::Left(view! { <a class="chunks__id" href=href>{id}</a> }),
        None => Either::Right(view! { <span></span> }),
    };
    let notes = move || {
        let notes = row.read().notes.clone().into_iter();
        notes.map(|note| view! { <span class="chunks__note">{note}</span> }).collect_view()
    };
    view! {
        <li class="chunks__row">
            <span class="chunks__name">"Job " {group_digits(index + 1)}</span>
            <span class="chunks__state">{state}</span>
            <span class="chunks__keys">{move || row.read().amount.clone()}</span>
            <span class="chunks__what">
                {job}
                <span class="chunks__range">{move || row.read().keys.clone()}</span>
                {notes}
                <Show when=move || row.read().can_retry>
                    <Button
                        quiet=true
                        attr:aria-label=format!("Send again… job {}", index + 1)
                        on_press=move |()| on_retry.run(index)
                    >
                        "Send again…"
                    </Button>
                </Show>
            </span>
        </li>
    }
}
