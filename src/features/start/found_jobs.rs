//! The candidates for the job of a lost start.

use cckm_core::format::text::{group_digits, pluralize, truncate};
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::start::lookup::{Candidate, LookupResult};
use leptos::prelude::*;

use super::start_controller::StartController;
use super::start_forms::SentStart;
use crate::browser::local_time::local_time;
use crate::components::{Button, Time};

/// How many jobs are offered.
const MAX_SHOWN: usize = 20;

/// The jobs that the lookup found, for the person to choose.
#[component]
pub fn FoundJobs(
    /// What the lookup found.
    result: LookupResult,
    /// Controls the form.
    controller: StartController,
) -> impl IntoView {
    let sent = controller.form.progress.read_untracked().sent.clone();
    let nouns = controller.form.route.with_value(|route| route.family.resource.nouns());
    let summary = summarize(&result, sent.as_ref(), nouns);
    let same = result.candidates.iter().filter(|candidate| candidate.same);
    let may_be_repeated = (same.count() > 1).then(|| {
        view! {
            <p>
                "More than one may come from this start: when a connection breaks, browsers send a request again."
            </p>
        }
    });
    let hidden = result.candidates.len().saturating_sub(MAX_SHOWN);
    let more =
        (hidden > 0).then(|| view! { <p>{format!("and {} more", group_digits(hidden))}</p> });
    let rows = result
        .candidates
        .into_iter()
        .take(MAX_SHOWN)
        .map(|candidate| view! { <FoundJob candidate controller/> })
        .collect_view();
    view! {
        <p>{summary}</p>
        {may_be_repeated}
        <ul class="start__found">{rows}</ul>
        {more}
    }
}

/// A text with the number of jobs found and checked, and the time since when.
fn summarize(
    result: &LookupResult,
    sent: Option<&SentStart>,
    (noun, nouns): (&str, &str),
) -> String {
    let count = result.candidates.len();
    let found = match count {
        0 => format!("No {noun} with the same request was created"),
        1 => format!("1 possible {noun} was created"),
        _ => format!("{} possible {nouns} were created", group_digits(count)),
    };
    let since = sent
        .and_then(|sent| {
            let clock = if sent.is_server_time {
                "the server's clock"
            } else {
                "this browser's clock, since the server's cannot be read"
            };
            Some(format!(" since {}, by {clock}", local_time(sent.since)?.local))
        })
        .unwrap_or_default();
    let read = pluralize(result.read, &format!("{noun} was"), &format!("{nouns} were"));
    let incomplete = if result.complete {
        String::new()
    } else {
        format!(" The list is longer than this console reads: the {noun} may be further down.")
    };
    let later = if count == 0 {
        " It may still appear: check again in a minute before you repeat the request."
    } else {
        ""
    };
    format!("{found}{since}. {read} checked.{incomplete}{later}")
}

/// A candidate for the job of the start.
#[component]
fn FoundJob(
    /// The job.
    candidate: Candidate,
    /// Controls the form.
    controller: StartController,
) -> impl IntoView {
    let Candidate { id, created, same } = candidate;
    let family = controller.form.route.with_value(|route| route.family);
    let href = encode(&Route::Job(JobRoute::new(family, id.clone())));
    let created = match created.and_then(local_time) {
        Some(at) => view! { <span>"created " <Time at=Some(at)/></span> }.into_any(),
        None => view! { <span>"does not report when it was created"</span> }.into_any(),
    };
    let similarity = if same {
        ", with the same request"
    } else {
        ", possibly with the same request: it does not report enough to tell"
    };
    let this_is = format!("This is the {}", family.resource.nouns().0);
    let name = truncate(id.clone());
    let label = format!("{this_is}: {name}");
    view! {
        <li>
            <span>
                <a href=href>{name}</a>
                ", "
                {created}
                {similarity}
            </span>
            <Button attr:aria-label=label on_press=move |()| controller.choose(id.clone())>
                {this_is}
            </Button>
        </li>
    }
}
