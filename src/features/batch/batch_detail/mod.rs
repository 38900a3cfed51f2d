//! One batch: all of its jobs as one.

mod chunk_list;
mod chunk_row;
mod controls;
mod questions;
mod status;
mod strip;

pub use chunk_list::PlannedChunks;

use cckm_core::api::command;
use cckm_core::api::request::Request;
use cckm_core::batch::{self, KeyTable};
use cckm_core::format::text::{group_digits, pluralize};
use cckm_core::job::Job;
use cckm_core::route::{BatchRoute, JobRoute, Route, encode};
use leptos::prelude::*;

use self::chunk_list::ChunkList;
use self::controls::Controls;
use self::strip::ChunkStrip;
use super::runtime::BatchRuntime;
use super::{BackToBatches, made_at};
use crate::browser::clock;
use crate::components::items::{ItemStatusLinks, ItemsLocation, ItemsSection};
use crate::components::{Banner, Commands, RefreshControls, SegmentBar, Tone};
use crate::hooks::{Answer, Fetched, use_location};

/// A batch, live.
#[component]
#[inline(never)]
pub fn BatchDetail(
    /// The batch.
    runtime: BatchRuntime,
) -> impl IntoView {
    runtime.watch();
    let location = use_location();
    let items_location = items_location(runtime);
    let change_items = Callback::new(move |view| {
        location.replace(&items_location.route.run(view));
    });
    let answer = Memo::new(move |_| as_job(&runtime.table.read()));
    let counts = Memo::new(move |_| runtime.table.read().counts());
    let tally = Memo::new(move |_| runtime.table.read().total());
    let is_finished = Memo::new(move |_| runtime.is_finished());
    let (one, many) = runtime.family().item_nouns;
    let finished = move || {
        let tally = tally.get();
        let total = pluralize(tally.total(), one, many);
        format!("{} of {total} finished", group_digits(tally.finished()))
    };
    let (handle, polling) = runtime.refresh_state();
    let refresh = Callback::new(move |()| runtime.refresh());
    let job_of_key = Callback::new(move |index| view! { <JobOfKey runtime index/> }.into_any());
    let commands = move |base: String| {
        let first = batch::requests::start(&runtime.batch.read(), 0);
        first
            .map(|request| command::curl_only(&base, "Start its first job", &request))
            .into_iter()
            .collect()
    };
    let name = runtime.name();
    let family = runtime.family();
    let repeated = runtime.batch.read_untracked().repeated_job().map(|id| {
        let href = encode(&Route::Job(JobRoute::new(family, id)));
        view! { <p>"Repeats what failed of the job " <a href=href>{id.to_owned()}</a></p> }
    });
    view! {
        <BackToBatches/>
        <header class="job__head">
            <p class="job__kind">{format!("Batch of {}", family.full_name())}</p>
            <h1 class="page__title">{move || runtime.batch.read().title()}</h1>
            <p class="job__time">{made_at(&name)}</p>
            {repeated}
        </header>
        <SavedState runtime/>
        <Show when=move || !runtime.is_forgotten.get()>
            <Controls runtime/>
        </Show>
        <div class="batch__bar">
            <SegmentBar tally is_finished/>
            <p>{finished}</p>
        </div>
        <ChunkStrip runtime/>
        <ItemStatusLinks counts is_finished location=items_location/>
        <RefreshControls handle polling on_refresh=refresh/>
        <section class="batch__section" aria-labelledby="jobs-title">
            <ChunkList runtime/>
        </section>
        <ItemsSection
            answer
            noun=family.item_nouns
            location=items_location
            on_change=change_items
            more=job_of_key
        />
        <Commands make=commands/>
    }
}

/// Says that the browser does not have the batch as it is shown.
#[component]
fn SavedState(
    /// The batch.
    runtime: BatchRuntime,
) -> impl IntoView {
    view! {
        <Show when=move || runtime.is_forgotten.get()>
            <Banner tone=Tone::Warning>
                <p>
                    "This browser no longer has this batch: another tab has forgotten it, or what the browser saved was \
                     cleared. Nothing more is sent. The jobs that were started continue, and this page shows them as long \
                     as it is open."
                </p>
            </Banner>
        </Show>
        <Show when=move || runtime.is_unsaved.get() && !runtime.is_forgotten.get()>
            <Banner tone=Tone::Warning>
                <p>
                    "The browser could not save the last change of this batch. It continues here; after a reload, starts \
                     whose job is not saved are searched for."
                </p>
            </Banner>
        </Show>
    }
}

/// Which keys the address names, and the addresses of others.
fn items_location(runtime: BatchRuntime) -> ItemsLocation {
    let route = use_location().route;
    let name = runtime.name();
    let of = name.clone();
    let view = Memo::new(move |before| match route.get() {
        Route::Batch(route) if route.name == name => route.items,
        // Another page is about to be shown.
        _ => before.cloned().unwrap_or_default(),
    });
    ItemsLocation {
        view: view.into(),
        route: Callback::new(move |items| {
            Route::Batch(BatchRoute { items, ..BatchRoute::new(of.clone()) })
        }),
    }
}

/// All keys as the items of one job.
fn as_job(table: &KeyTable) -> Answer<Job> {
    Answer::new(Fetched {
        request: Request::get(""),
        value: Job { items: table.items().clone(), ..Job::default() },
        body: Vec::new(),
        at: clock::now(),
    })
}

/// The job that the key at an index belongs to, once it was started.
#[component]
fn JobOfKey(
    /// The batch.
    runtime: BatchRuntime,
    /// The index of the key.
    index: usize,
) -> impl IntoView {
    move || {
        let chunk = runtime.table.read().chunk_of(index);
        let batch = runtime.batch.read();
        let id = batch.chunks().get(chunk)?.job_id()?.to_owned();
        let href = encode(&Route::Job(JobRoute::new(batch.family(), &id)));
        Some(view! { <p>{format!("Job {}: ", chunk + 1)} <a href=href>{id}</a></p> })
    }
}
