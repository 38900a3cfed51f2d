//! The notices above the list of all jobs: lists that failed, jobs that are missing or new.

use cckm_core::family::Family;
use cckm_core::format::text::pluralize;
use cckm_core::list::all_jobs::{FailureGroup, MergedPage};
use cckm_core::list::merge::Growth;
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::{Banner, Button, ErrorPanel, Tone};

/// Says which lists failed, once for each reason.
#[component]
pub fn ListFailures(
    /// The page on screen.
    page: Memo<MergedPage>,
    /// Requests the failed lists again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let groups = Memo::new(move |_| FailureGroup::all(&page.read().failures));
    move || {
        let groups = groups.get().into_iter();
        groups.map(|group| failure_view(group, on_retry)).collect_view()
    }
}

fn failure_view(group: FailureGroup, on_retry: Callback<()>) -> impl IntoView {
    let effect = if group.is_stale { "Not up to date" } else { "Not in this list" };
    let effect = format!("{effect}: {}.", names(&group.families));
    let mut problem = group.problem;
    if problem.can_retry {
        problem.explanation = format!("{effect} {}", problem.explanation);
        return Either::Left(view! { <ErrorPanel problem on_retry/> });
    }
    // Not a fault: the page of each list explains it at length.
    Either::Right(view! {
        <Banner tone=Tone::Info>
            <h2 class="banner__title">{problem.title}</h2>
            <p>{effect} " " {problem.explanation}</p>
        </Banner>
    })
}

/// Says which jobs the list lacks.
#[component]
pub fn ListLimits(
    /// The page on screen.
    page: Memo<MergedPage>,
) -> impl IntoView {
    let inconsistent = Memo::new(move |_| page.read().inconsistent.clone());
    let unreadable = Memo::new(move |_| page.read().unreadable.clone());
    let lines = move || {
        let inconsistent = inconsistent.read();
        let missing = (!inconsistent.is_empty()).then(|| {
            let names = names(&inconsistent);
            format!(
                "Jobs may be missing: these lists changed while they were read, have more than a million jobs, or the \
                 server sent the same jobs again: {names}."
            )
        });
        let unreadable = unreadable.read();
        let unreadable = unreadable.iter().map(|&(family, count)| {
            let count = pluralize(count, "entry is no job", "entries are no jobs");
            format!("{}: {count} and not shown.", family.full_name())
        });
        missing.into_iter().chain(unreadable).map(|line| view! { <p>{line}</p> }).collect_view()
    };
    view! {
        <Show when=move || !inconsistent.read().is_empty() || !unreadable.read().is_empty()>
            <Banner tone=Tone::Info>{lines}</Banner>
        </Show>
    }
}

/// Says that the lists have changed on the server since they were read.
#[component]
pub fn NewerJobs(
    /// The page on screen.
    page: Memo<MergedPage>,
    /// Reads all lists again, from the first page.
    on_load: Callback<()>,
) -> impl IntoView {
    let growth = Memo::new(move |_| page.read().growth);
    let text = move || match growth.get().added {
        0 => "The lists have changed since".to_owned(),
        added => pluralize(added, "newer job", "newer jobs"),
    };
    let label = move || match growth.get().added {
        0 => "Load again",
        _ => "Load them",
    };
    view! {
        <Show when=move || growth.get() != Growth::default()>
            <Banner tone=Tone::Info>
                <p class="banner__action">{text} <Button on_press=on_load>{label}</Button></p>
            </Banner>
        </Show>
    }
}

fn names(families: &[&'static Family]) -> String {
    let names: Vec<String> = families.iter().map(|family| family.full_name()).collect();
    names.join(", ")
}
