//! The notice, on every page, about actions whose result is unknown, or that were rejected after their page was left.

use cckm_core::format::text::truncate;
use cckm_core::route::{Page, Route, encode};
use leptos::prelude::*;

use super::{Banner, Tone};
use crate::hooks::{ReportedAction, use_pending_actions};

/// The actions on jobs of other pages whose result is unknown, or that were rejected.
#[component]
pub fn UnresolvedActions(
    /// The page on screen.
    shown: Memo<Page>,
) -> impl IntoView {
    let pending = use_pending_actions();
    let unresolved = Memo::new(move |_| {
        let mut actions = pending.reported();
        let shown = shown.read();
        actions
            .retain(|ReportedAction { job, .. }| *shown != Page::Job(job.family, job.id.clone()));
        actions
    });
    let lines = move || unresolved.get().into_iter().map(unresolved_action).collect_view();
    view! {
        <Show when=move || !unresolved.read().is_empty()>
            <Banner tone=Tone::Warning>{lines}</Banner>
        </Show>
    }
}

fn unresolved_action(reported: ReportedAction) -> impl IntoView {
    let ReportedAction { job, action, is_rejected } = reported;
    let request_for = action.labels(job.family.resource).request_for;
    let (kind, id) = (job.family.singular_name(), truncate(job.id.clone()));
    let (what, link) = if is_rejected {
        (format!("The server rejected {request_for} {kind} {id}: "), "See why")
    } else {
        (
            format!("Whether {request_for} {kind} {id} reached the server is not known: "),
            "See what is known",
        )
    };
    let href = encode(&Route::Job(job));
    view! { <p>{what} <a href=href>{link}</a></p> }
}
