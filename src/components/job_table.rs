//! A page of jobs as a table.

use cckm_core::family::Family;
use cckm_core::format::text::{capitalize, group_digits};
use cckm_core::format::time::{Timestamp, format_duration};
use cckm_core::job::JobDuration;
use cckm_core::job::counts::ItemCounts;
use cckm_core::list::job_row::{JobRow, RowNote, Scope};
use cckm_core::route::{JobRoute, Route, encode};
use leptos::html;
use leptos::prelude::*;

use super::{StatusBadge, Time};
use crate::browser::local_time::local_time;
use crate::hooks::{latest, use_focus_restore, use_server_clock};

/// The jobs of one page. A row keeps its element, the focus and the selection while its content changes and other
/// rows come and go.
#[component]
pub fn JobTable(
    /// The rows, newest first.
    #[prop(into)]
    rows: Signal<Vec<JobRow>>,
    /// The family of all jobs. Without it, each row names its own.
    family: Option<&'static Family>,
    /// Whether another page is being loaded.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    use_focus_restore(move || body.get().map(Into::into), rows);
    let (caption, items) = match family {
        Some(family) => (family.full_name(), capitalize(family.item_nouns.1)),
        None => ("All jobs".to_owned(), "Items".to_owned()),
    };
    let heads = ["Job", "Status", "About", "Started", "Duration"]
        .map(str::to_owned)
        .into_iter()
        .chain([items])
        .map(|head| view! { <th scope="col" role="columnheader">{head}</th> })
        .collect_view();
    view! {
        <table class="jobs" role="table" aria-busy=move || busy.get().to_string()>
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup" node_ref=body>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <JobTableRow row=latest(rows, row, |row| &row.key) names_family=family.is_none()/>
                </For>
            </tbody>
        </table>
    }
}

/// One job. Its family and its id belong to the key of the row, so they never change.
#[component]
fn JobTableRow(
    /// Its content.
    row: Memo<JobRow>,
    /// Whether it names its family.
    names_family: bool,
) -> impl IntoView {
    let clock = use_server_clock();
    let (family, id) = row.with_untracked(|row| (row.family, row.id.clone()));
    let href = id.clone().map(|id| encode(&Route::Job(JobRoute::new(family, id))));
    let created = Memo::new(move |_| row.read().created);
    let note = Memo::new(move |_| row.read().note);
    let duration = Memo::new(move |_| row.read().duration);
    let status = move || {
        let row = row.read();
        view! { <StatusBadge status=row.status word=row.status_text.clone()/> }
    };
    view! {
        <tr class="jobs__row" class:jobs__row--repeated=move || note.get().is_some() role="row">
            <th class="jobs__id" scope="row" role="rowheader">
                {names_family.then(|| view! { <span class="jobs__kind">{family.full_name()}</span> })}
                <a class="jobs__link" href=href>
                    {id.unwrap_or_else(|| "no usable id".to_owned())}
                </a>
                <span class="jobs__seen">{move || note.get().map(RowNote::label)}</span>
            </th>
            <td class="jobs__status" role="cell" data-label="Status">{status}</td>
            <td class="jobs__scope" role="cell" data-label="About">
                <div>{move || scope_view(&row.read().scope)}</div>
            </td>
            <td class="jobs__started" role="cell" data-label="Started">
                {move || view! { <Time at=created.get().and_then(local_time)/> }}
            </td>
            <td class="jobs__duration" role="cell" data-label="Duration">
                <span>{move || duration_text(duration.get(), clock)}</span>
            </td>
            <td class="jobs__counts" role="cell" data-label=capitalize(family.item_nouns.1)>
                <div>{move || counts_view(row.read().counts)}</div>
            </td>
        </tr>
    }
}

/// The duration of a job. Only that of a running job follows the clock.
fn duration_text(duration: JobDuration, clock: Signal<Timestamp>) -> String {
    let now = if duration.is_running { clock.get() } else { Timestamp::from_ms(0) };
    duration.ms(now).map_or_else(|| "–".to_owned(), format_duration)
}

fn scope_view(scope: &[Scope]) -> impl IntoView + use<> {
    let about = scope.iter().map(|scope| {
        let title = format!("{}: {}", scope.name, scope.full);
        view! { <span class="jobs__about" title=title>{scope.short.clone()}</span> }
    });
    about.collect_view()
}

fn counts_view(counts: ItemCounts) -> impl IntoView {
    let counts = counts.non_zero().map(|(status, count)| {
        let class = format!("count count--{}", status.as_str());
        let text = format!("{} {}", group_digits(count), status.label().to_ascii_lowercase());
        view! { <span class=class>{text}</span> }
    });
    counts.collect_view()
}
