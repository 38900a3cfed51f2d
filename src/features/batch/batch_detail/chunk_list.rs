//! The jobs of a batch, as many as a person can read.

use std::sync::Arc;

use cckm_core::batch::{Batch, ChunkState};
use cckm_core::format::text::group_digits;
use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::chunk_row::{ChunkLine, ChunkRow};
use super::questions::RetryQuestion;
use crate::components::Button;
use crate::features::batch::runtime::BatchRuntime;
use crate::hooks::use_focus_restore;

/// How many jobs are shown at first, and how many more each time.
const STEP: usize = 10;

/// The jobs that a planned batch would start.
#[component]
pub fn PlannedChunks(
    /// The plan.
    batch: Arc<Batch>,
) -> impl IntoView {
    let no_retry = Callback::new(|_| ());
    let chunks = batch.chunks().iter().enumerate().take(STEP);
    let lines = chunks
        .map(|(index, chunk)| {
            let row = Signal::stored(ChunkRow::planned(&batch, index, chunk));
            view! { <ChunkLine row on_retry=no_retry/> }
        })
        .collect_view();
    let more = batch.chunks().len().saturating_sub(STEP);
    let more = (more > 0).then(|| view! { <p>"and " {group_digits(more)} " more"</p> });
    view! {
        <ol class="chunks">{lines}</ol>
        {more}
    }
}

/// The jobs of a batch. If there are more than are shown, those that need a decision come first.
#[component]
pub fn ChunkList(
    /// The batch.
    runtime: BatchRuntime,
) -> impl IntoView {
    let max = RwSignal::new(STEP);
    let retried = RwSignal::new(None::<usize>);
    let on_retry = Callback::new(move |index| retried.set(Some(index)));
    let count = Memo::new(move |_| runtime.batch.read().chunks().len());
    let shown = Memo::new(move |_| shown(&runtime.batch.read(), max.get()));
    let list = NodeRef::<html::Ol>::new();
    use_focus_restore(move || list.get().map(Element::from), Signal::<Vec<usize>>::from(shown));
    view! {
        <h2 id="jobs-title">"Jobs: " {move || group_digits(count.get())}</h2>
        <ol class="chunks" node_ref=list>
            <For each=move || shown.get() key=|index| *index let:index>
                <ChunkLine row=use_row(runtime, index) on_retry/>
            </For>
        </ol>
        <Show when=move || count.get().gt(&max.get())>
            <Button quiet=true on_press=move |()| max.update(|max| *max += STEP)>
                "Show more: " {move || group_digits(max.get())} " of " {move || group_digits(count.get())}
            </Button>
        </Show>
        {move || {
            let index = retried.get()?;
            Some(view! { <RetryQuestion runtime index on_close=move || retried.set(None)/> })
        }}
    }
}

/// The indices of the chunks to show, in order.
fn shown(batch: &Batch, max: usize) -> Vec<usize> {
    let is_urgent = |index: &usize| {
        let state = &batch.chunks()[*index].state;
        matches!(state, ChunkState::Lost) || state.can_retry()
    };
    let all = 0..batch.chunks().len();
    let urgent = all.clone().filter(is_urgent);
    let others = all.filter(|index| !is_urgent(index));
    let mut shown: Vec<usize> = urgent.chain(others).take(max).collect();
    shown.sort_unstable();
    shown
}

/// The row of the chunk at `index`; the last one that is known while the batch is being reloaded.
fn use_row(runtime: BatchRuntime, index: usize) -> Signal<ChunkRow> {
    Memo::new(move |before: Option<&ChunkRow>| {
        let is_here = runtime.is_here();
        let row = ChunkRow::new(&runtime.batch.read(), index, &runtime.table.read(), is_here);
        row.or_else(|| before.cloned()).unwrap_or_default()
    })
    .into()
}
