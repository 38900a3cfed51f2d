//! The notices about starts that every page shows: starts whose result is unknown, and jobs that were created twice.

use cckm_core::family::Family;
use cckm_core::format::text::truncate;
use cckm_core::route::{JobRoute, Page, Route, encode};
use leptos::prelude::*;

use super::labels::StartLabels;
use super::start_controller::use_restored_starts;
use super::start_forms::{Duplicates, UnresolvedStart, use_start_forms};
use crate::browser::local_time::local_time;
use crate::components::{Banner, Button, CopyButton, Time, Tone};

/// The starts of other pages whose result is unknown, and the jobs that may have been created twice.
#[component]
pub fn UnresolvedStarts(
    /// The page on screen.
    shown: Memo<Page>,
) -> impl IntoView {
    let forms = use_start_forms();
    use_restored_starts();
    let unresolved = Memo::new(move |_| {
        let mut starts = forms.unresolved();
        let shown = shown.read();
        starts.retain(|start| *shown != Page::Start(start.route.clone()));
        starts
    });
    let lines = move || {
        let lines = unresolved.get().into_iter();
        lines.map(unresolved_start).collect_view()
    };
    let duplicates = forms.duplicates;
    let groups = move || duplicates.get().into_iter().map(created_twice).collect_view();
    let unsaved = forms.unsaved;
    let ids = move || unsaved.get().into_iter().map(unsaved_id).collect_view();
    view! {
        <Show when=move || !unsaved.read().is_empty()>
            <Banner tone=Tone::Warning>
                {ids}
                <Button on_press=move |()| unsaved.set(Vec::new())>"Dismiss"</Button>
            </Banner>
        </Show>
        <Show when=move || !unresolved.read().is_empty()>
            <Banner tone=Tone::Warning>{lines}</Banner>
        </Show>
        <Show when=move || !duplicates.read().is_empty()>
            <Banner tone=Tone::Warning>
                {groups}
                <Button on_press=move |()| duplicates.set(Vec::new())>"Dismiss"</Button>
            </Banner>
        </Show>
    }
}

fn unresolved_start(start: UnresolvedStart) -> impl IntoView {
    let UnresolvedStart { route, sent_at, effect } = start;
    let done = StartLabels::new(route.family, route.edit).done;
    let what = format!("Whether {} were {done} is not known", route.family.full_name());
    let effect = effect.map(|effect| format!(": {effect}"));
    let href = encode(&Route::Start(route));
    view! {
        <p>
            {what} " (sent " <Time at=sent_at.and_then(local_time)/> {effect} "). "
            <a href=href>"See what is known"</a>
        </p>
    }
}

fn unsaved_id((family, id): (&'static Family, String)) -> impl IntoView {
    let href = encode(&Route::Job(JobRoute::new(family, id.clone())));
    view! {
        <p>
            "This job was started, but the browser could not save its id, and the API has no list of these jobs. Copy \
             the id, so that you can open the job later: "
            <a href=href>{id.clone()}</a>
            " "
            <CopyButton label="Copy id" text=Signal::stored(id)/>
        </p>
    }
}

fn created_twice(Duplicates { family, ids }: Duplicates) -> impl IntoView {
    let links = ids
        .into_iter()
        .map(|id| {
            let href = encode(&Route::Job(JobRoute::new(family, id.clone())));
            view! { <li><a href=href>{truncate(id)}</a></li> }
        })
        .collect_view();
    view! {
        <p>
            "These jobs have the same request and were created together, although the console sent one request. "
            "When a connection breaks, browsers send the request again without asking. "
            "Cancel the jobs that you do not want."
        </p>
        <ul>{links}</ul>
    }
}
