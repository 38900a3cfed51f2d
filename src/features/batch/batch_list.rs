//! The batches that this browser knows.

use cckm_core::route::{BatchRoute, NEW_BATCH, Route, encode};
use leptos::prelude::*;

use super::batches::use_batches;
use super::runtime::BatchRuntime;
use super::{BackToBatches, made_at, started};
use crate::components::{Button, EmptyState, SegmentBar};
use crate::hooks::use_location;

/// Of how many batches, the newest ones, the list reads the jobs.
const MAX_READ: usize = 5;

/// All batches, newest first.
#[component]
#[inline(never)]
pub fn BatchList() -> impl IntoView {
    let names = use_batches().names;
    view! {
        <h1 class="page__title">"Batches"</h1>
        <p class="batch__about">
            "AWS takes at most 100 keys in one bulk operation. A batch is one operation on any number of keys: this \
             console starts a job for each 100 of them and shows them as one. This browser saves the keys, the \
             operation and the ids of the jobs, and nothing that the server said about them. What failed of a synchronization \
             can be a batch too: begin at its job."
        </p>
        <p>
            <a
                class="button button--primary"
                href=encode(&Route::Batch(BatchRoute::new(NEW_BATCH)))
            >
                "New batch…"
            </a>
        </p>
        <Show
            when=move || !names.read().is_empty()
            fallback=|| view! { <EmptyState title="No batches in this browser"/> }
        >
            <ul class="batches">
                <For each=move || names.get() key=Clone::clone let:name>
                    <BatchLine name/>
                </For>
            </ul>
        </Show>
    }
}

/// One batch of the list.
#[component]
fn BatchLine(
    /// The name of the batch.
    name: String,
) -> impl IntoView {
    let batches = use_batches();
    let runtime = batches.open(&name);
    let position = batches.names.read_untracked().iter().position(|other| *other == name);
    let result = runtime.filter(|_| position.is_some_and(|position| position < MAX_READ));
    let result = result.map(|runtime| view! { <BatchResult runtime/> });
    // Its name may be one that no address shows, so it is forgotten here.
    let unreadable = StoredValue::new(name.clone());
    let forget = move |()| unreadable.with_value(|name| batches.forget(name));
    let forget = runtime.is_none().then(|| {
        let label = format!("Forget the batch {name}");
        view! { <Button quiet=true attr:aria-label=label on_press=forget>"Forget it"</Button> }
    });
    let made = made_at(&name);
    let href = encode(&Route::Batch(BatchRoute::new(name.clone())));
    let title = move || {
        runtime.map_or_else(|| unreadable_title(&name), |runtime| runtime.batch.read().title())
    };
    let facts = move || {
        let progress = match runtime {
            Some(runtime) => started(&runtime.batch.read()),
            None => "What the browser saved of it cannot be read".to_owned(),
        };
        let elsewhere = runtime.is_some_and(|runtime| !runtime.is_here());
        let elsewhere = elsewhere.then(|| "In another domain or at another server".to_owned());
        let facts = [made.clone(), Some(progress), elsewhere];
        facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    };
    view! {
        <li class="batches__line">
            <a href=href>{title}</a>
            <span class="batches__facts">{facts}</span>
            {result}
            {forget}
        </li>
    }
}

/// What became of the keys of a batch. Reads its jobs while it is shown.
#[component]
fn BatchResult(
    /// The batch.
    runtime: BatchRuntime,
) -> impl IntoView {
    runtime.watch();
    let tally = Memo::new(move |_| runtime.table.read().total());
    let is_finished = Memo::new(move |_| runtime.is_finished());
    view! {
        <span class="batches__result"><SegmentBar tally is_finished/></span>
    }
}

/// The name of a batch that cannot be read, which may be empty.
fn unreadable_title(name: &str) -> String {
    if name.is_empty() { "A batch without a name".to_owned() } else { name.to_owned() }
}

/// Shown for a name under which this browser saves no batch, or none that can be read.
#[component]
pub fn UnknownBatch(
    /// The name.
    name: String,
) -> impl IntoView {
    let (batches, location) = (use_batches(), use_location());
    let is_saved = batches.names.read_untracked().contains(&name);
    let (title, why) = if is_saved {
        let why = "Another program may have changed what the browser saved. The jobs that were started are in the \
                   server's lists of jobs.";
        ("This batch cannot be read", why)
    } else {
        let why = "A batch is known only to the browser in which it was made, until it is forgotten there.";
        ("No such batch in this browser", why)
    };
    let forget = move |()| {
        batches.forget(&name);
        location.navigate(&Route::Batch(BatchRoute::default()));
    };
    let forget = is_saved.then(|| {
        view! { <Button quiet=true on_press=forget>"Forget it"</Button> }
    });
    view! {
        <BackToBatches/>
        <h1 class="page__title">"Batch"</h1>
        <EmptyState title>
            <p>{why}</p>
            {forget}
        </EmptyState>
    }
}
