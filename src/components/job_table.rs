//! A page of jobs as a table.

use cckm_core::family::Family;
use cckm_core::format::text::group_digits;
use cckm_core::format::time::{Timestamp, format_duration};
use cckm_core::job::JobDuration;
use cckm_core::job::cause::MainCause;
use cckm_core::job::items_view::{ItemFilter, ItemsView};
use cckm_core::list::job_row::{JobRow, RowNote};
use cckm_core::route::{JobRoute, Route, encode};
use leptos::html;
use leptos::prelude::*;

use super::{Evidence, OutcomeBadge, SegmentBar, Time};
use crate::browser::local_time::{local_time, zone_name};
use crate::hooks::{latest, use_focus_restore, use_server_clock};

/// The jobs of one page. A row keeps its element, the focus and the selection while its content changes and other
/// rows come and go.
#[component]
pub fn JobTable(
    /// The rows, newest first.
    #[prop(into)]
    rows: Signal<Vec<JobRow>>,
    /// The family of all jobs, if they have the same one.
    family: Option<&'static Family>,
    /// Whether another page is being loaded.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    use_focus_restore(move || body.get().map(Into::into), rows);
    let caption = family.map_or_else(|| "All jobs".to_owned(), Family::full_name);
    let started = format!("Started ({})", zone_name());
    let heads = [
        ("outcome", "Outcome"),
        ("what", "Job"),
        ("scope", "Scope"),
        ("items", "Items"),
        ("cause", "Main cause"),
        ("started", &started),
        ("took", "Took"),
        ("id", "Id"),
    ]
    .map(|(name, head)| {
        let class = format!("jobs__{name}");
        view! { <th class=class scope="col" role="columnheader">{head.to_owned()}</th> }
    })
    .collect_view();
    view! {
        <table class="jobs" role="table" aria-busy=move || busy.get().to_string()>
            <caption class="visually-hidden">{caption}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup" node_ref=body>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <JobTableRow row=latest(rows, row, |row| &row.key)/>
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
) -> impl IntoView {
    let clock = use_server_clock();
    let (family, id) = row.with_untracked(|row| (row.family, row.id.clone()));
    let named = id.clone().map(|id| JobRoute::new(family, id));
    let href = named.clone().map(|named| encode(&Route::Job(named)));
    let cause = Memo::new(move |_| row.read().cause.clone());
    let created = Memo::new(move |_| row.read().created);
    let note = Memo::new(move |_| row.read().note);
    let duration = Memo::new(move |_| row.read().duration);
    let evidence = Memo::new(move |_| {
        let row = row.read();
        Evidence {
            status: row.status,
            word: row.status_text.clone(),
            tally: row.tally,
            changed: row.changed(),
        }
    });
    let tally = Memo::new(move |_| row.read().tally);
    let is_finished = Memo::new(move |_| !row.read().may_run);
    let short_id =
        id.as_deref().map_or("no usable id".to_owned(), |id| id.chars().take(8).collect());
    view! {
        <tr class="jobs__row" class:jobs__row--repeated=move || note.get().is_some() role="row">
            <td class="jobs__outcome" role="cell"><OutcomeBadge evidence/></td>
            <th class="jobs__what" scope="row" role="rowheader">
                <a class="jobs__link" href=href title=move || row.read().title.clone()>
                    {move || row.read().title.clone()}
                    // Many jobs have the same title.
                    " " <span class="visually-hidden jobs__whole-id">{id.clone()}</span>
                </a>
                <span class="jobs__seen">{move || note.get().map(RowNote::label)}</span>
            </th>
            <td class="jobs__scope" role="cell" title=move || row.read().scope.full.clone()>
                {move || row.read().scope.short.clone()}
            </td>
            <td class="jobs__items" role="cell"><SegmentBar tally is_finished/></td>
            <td class="jobs__cause" role="cell">{move || cause_view(named.clone(), cause.get())}</td>
            <td class="jobs__started" role="cell">
                {move || view! { <Time at=created.get().and_then(local_time) short=true/> }}
            </td>
            <td class="jobs__took" role="cell">{move || duration_text(duration.get(), clock)}</td>
            <td class="jobs__id" role="cell" title=id>{short_id}</td>
        </tr>
    }
}

/// The duration of a job. Only that of a running job follows the clock.
fn duration_text(duration: JobDuration, clock: Signal<Timestamp>) -> String {
    let now = if duration.is_running { clock.get() } else { Timestamp::from_ms(0) };
    duration.ms(now).map_or_else(|| "–".to_owned(), format_duration)
}

/// The main cause of the problems of a job, as a link to the items that have it.
fn cause_view(named: Option<JobRoute>, cause: Option<MainCause>) -> Option<impl IntoView> {
    let MainCause { name, key, count, others } = cause?;
    let items = ItemsView { filter: ItemFilter::Cause(key), ..ItemsView::default() };
    let href = named.map(|named| encode(&Route::Job(JobRoute { items, ..named })));
    let title = name.clone();
    let count = format!(" ×{}", group_digits(count));
    let others = (others > 0).then(|| format!(" +{}", group_digits(others)));
    Some(view! {
        <a class="jobs__cause-link" href=href title=title>
            <span class="jobs__cause-name">{name}</span>
            <span>{count}</span>
            <span class="jobs__cause-others" title="Other causes">{others}</span>
        </a>
    })
}
