//! The problems of a job by cause, each with its message, its first items, and a retry of them.

use cckm_core::batch;
use cckm_core::format::text::{group_digits, pluralize};
use cckm_core::job::Job;
use cckm_core::job::cause::Cause;
use cckm_core::job::items_view::{ItemFilter, ItemsView};
use cckm_core::job::problems::first_names;
use cckm_core::route::{JobRoute, encode};
use cckm_core::start::{Repeat, retry_label};
use leptos::either::Either;
use leptos::prelude::*;

use crate::components::CopyButton;
use crate::components::items::ItemsLocation;
use crate::hooks::{Answer, latest};

/// How many causes are shown. A job may have as many as items, and a browser stalls on very many.
const MAX_CAUSES: usize = 50;
/// How many names of each cause are shown.
const MAX_NAMES: usize = 5;
/// A longer message is opened on request, in bytes.
const MAX_UNFOLDED: usize = 160;
/// How much of a message the page shows, in bytes.
const MAX_MESSAGE: usize = 20_000;

/// What is shown of a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
struct CauseRow {
    key: String,
    name: String,
    count: usize,
    message: String,
    names: Vec<String>,
}

impl CauseRow {
    /// The most frequent causes of the problems of `job`, and the number of all.
    fn all(job: &Job) -> (Vec<Self>, usize) {
        let mut causes = Cause::all(&job.items, !job.may_run());
        let total = causes.len();
        causes.truncate(MAX_CAUSES);
        let names = first_names(&causes, &job.items, MAX_NAMES);
        let rows = causes.into_iter().zip(names).map(|(cause, names)| Self {
            message: cause.sample(&job.items).to_owned(),
            key: cause.key,
            name: cause.name,
            count: cause.count,
            names,
        });
        (rows.collect(), total)
    }
}

/// The causes of the problems of a job, most frequent first.
#[component]
pub fn Causes(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// The number of problems.
    total: Memo<usize>,
    /// Where items are shown.
    items: ItemsLocation,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let causes = Memo::new(move |_| CauseRow::all(&answer.read().value));
    let rows = Signal::derive(move || causes.read().0.clone());
    let rest = move || {
        let causes = causes.read();
        let rest = causes.1 - causes.0.len();
        let href = items.href(ItemsView { filter: ItemFilter::Problems, ..ItemsView::default() });
        (rest > 0).then(|| {
            let rest = pluralize(rest, "rarer cause", "rarer causes");
            view! { <p class="causes__rest">"and " {rest} ": " <a href=href>"Show all problems"</a></p> }
        })
    };
    let named = StoredValue::new(named);
    view! {
        <ul class="causes" aria-label="Causes">
            <For each=move || rows.get() key=|row| row.key.clone() let:row>
                <CauseItem row=latest(rows, row, |row| &row.key) answer total items named=named.get_value()/>
            </For>
        </ul>
        {rest}
    }
}

/// One cause.
#[component]
fn CauseItem(
    /// The cause.
    row: Memo<CauseRow>,
    /// The job.
    answer: Memo<Answer<Job>>,
    /// The number of all problems.
    total: Memo<usize>,
    /// Where items are shown.
    items: ItemsLocation,
    /// The job's family and id.
    named: JobRoute,
) -> impl IntoView {
    let CauseRow { key, name, .. } = row.get_untracked();
    let count = Memo::new(move |_| row.read().count);
    let filter = ItemFilter::Cause(key.clone());
    let href = items.href(ItemsView { filter, ..ItemsView::default() });
    let (family, id, cause) = (named.family, named.id, key.clone());
    // Only one start for all KMS may work on more than what failed.
    let is_plan = Memo::new(move |_| {
        batch::can_repeat(family)
            && Repeat::new(family, &answer.read().value, Some(&cause)).is_excessive()
    });
    let cause = key.clone();
    let retry = move || {
        let route = batch::retry_route(family, &id, Some(cause.clone()), is_plan.get())?;
        let href = encode(&route);
        Some(
            view! { <a class="button button--quiet" href=href>{move || retry_label(count.get())}</a> },
        )
    };
    let names = Signal::derive(move || {
        let answer = answer.read();
        answer.value.problem_names(Some(&key)).collect::<Vec<_>>().join("\n")
    });
    let copied = Signal::derive(move || format!("Copied {}", group_digits(count.get())));
    let message = Signal::derive(move || row.read().message.clone());
    let width = move || {
        // A `usize` has 32 bits in the browser.
        let thousandths = (count.get() as u64).saturating_mul(1_000) / (total.get() as u64).max(1);
        format!("{}.{}%", thousandths / 10, thousandths % 10)
    };
    view! {
        <li class="cause">
            <div class="cause__head">
                <span class="cause__count">{move || group_digits(count.get())}</span>
                <a class="cause__name" href=href.clone()>{name}</a>
                <svg class="cause__bar" aria-hidden="true">
                    <rect width=width height="100%"></rect>
                </svg>
            </div>
            <Message row/>
            <FirstNames row href/>
            <p class="cause__actions">
                {retry} <CopyButton label="Copy names" text=names done=copied/>
                <CopyButton label="Copy message" text=message/>
            </p>
        </li>
    }
}

/// The message of one item of a cause. A long one is opened on request.
#[component]
fn Message(
    /// The cause.
    row: Memo<CauseRow>,
) -> impl IntoView {
    let message = Memo::new(move |_| row.read().message.clone());
    move || {
        let message = message.get();
        if message.len() <= MAX_UNFOLDED {
            return Either::Left(view! { <p class="cause__message">{message}</p> });
        }
        let first = beginning(&message, MAX_UNFOLDED);
        let whole = beginning(&message, MAX_MESSAGE);
        Either::Right(view! {
            <details class="cause__message">
                <summary>{first}</summary>
                <p class="cause__whole">{whole}</p>
            </details>
        })
    }
}

/// The first `max` bytes of `text`, with a sign that it continues.
fn beginning(text: &str, max: usize) -> String {
    if text.len() <= max {
        return text.to_owned();
    }
    let end = (0..=max).rev().find(|end| text.is_char_boundary(*end)).unwrap_or_default();
    format!("{}…", &text[..end])
}

/// The names of the first items of a cause, and a link to all.
#[component]
fn FirstNames(
    /// The cause.
    row: Memo<CauseRow>,
    /// The address of all its items.
    href: String,
) -> impl IntoView {
    let names = Memo::new(move |_| row.read().names.clone());
    let has_more = move || row.read().count > names.read().len();
    let names = move || {
        let names = names.get().into_iter();
        names.map(|name| view! { <span class="cause__item">{name}</span> " " }).collect_view()
    };
    let label = move || format!("Show all {}", group_digits(row.read().count));
    view! {
        <p class="cause__items">
            {names}
            <Show when=has_more>
                <a href=href.clone()>{label}</a>
            </Show>
        </p>
    }
}
