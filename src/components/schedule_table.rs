//! A page of schedules as a table.

use cckm_core::family::Family;
use cckm_core::list::job_row::RowNote;
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::schedule::ScheduleRow;
use leptos::html;
use leptos::prelude::*;

use super::{Mark, Time};
use crate::browser::local_time::local_time;
use crate::hooks::{latest, use_focus_restore};

const HEADS: [&str; 5] = ["Schedule", "State", "What it does", "When", "Next run"];

/// The schedules of one page. A row keeps its element, the focus and the selection while its content changes
/// and other rows come and go.
#[component]
pub fn ScheduleTable(
    /// The rows, in the order of the page.
    #[prop(into)]
    rows: Signal<Vec<ScheduleRow>>,
    /// Their family.
    family: &'static Family,
    /// Whether another page is being loaded.
    #[prop(into)]
    busy: Signal<bool>,
) -> impl IntoView {
    let body = NodeRef::<html::Tbody>::new();
    use_focus_restore(move || body.get().map(Into::into), rows);
    let heads =
        HEADS.map(|head| view! { <th scope="col" role="columnheader">{head}</th> }).collect_view();
    view! {
        <table class="jobs" role="table" aria-busy=move || busy.get().to_string()>
            <caption class="visually-hidden">{family.full_name()}</caption>
            <thead role="rowgroup">
                <tr role="row">{heads}</tr>
            </thead>
            <tbody role="rowgroup" node_ref=body>
                <For each=move || rows.get() key=|row| row.key.clone() let:row>
                    <ScheduleTableRow row=latest(rows, row, |row| &row.key) family/>
                </For>
            </tbody>
        </table>
        <p class="schedule__note">
            "Times and next runs are read as UTC: the time zone of the server is not documented."
        </p>
    }
}

/// One schedule. Its id belongs to the key of the row, so it never changes.
#[component]
fn ScheduleTableRow(
    /// Its content.
    row: Memo<ScheduleRow>,
    /// The family of schedules.
    family: &'static Family,
) -> impl IntoView {
    let id = row.read_untracked().id.clone();
    let href = id.clone().map(|id| encode(&Route::Job(JobRoute::new(family, id))));
    let name = move || {
        let name = row.read().name.clone();
        if name.is_empty() {
            return id.clone().unwrap_or_else(|| "no name".to_owned());
        }
        name
    };
    let state = Memo::new(move |_| row.read().state);
    let next_run = Memo::new(move |_| row.read().next_run);
    let note = Memo::new(move |_| row.read().note);
    view! {
        <tr class="jobs__row" class:jobs__row--repeated=move || note.get().is_some() role="row">
            <th class="jobs__id" scope="row" role="rowheader">
                <a class="jobs__link" href=href>{name}</a>
                <span class="jobs__seen">{move || note.get().map(RowNote::label)}</span>
            </th>
            <td class="jobs__status" role="cell" data-label=HEADS[1]>
                {move || {
                    let state = state.get();
                    view! { <Mark key=state.as_str() label=state.label()/> }
                }}
            </td>
            <td class="jobs__scope" role="cell" data-label=HEADS[2]>
                {move || row.read().operation.clone()}
            </td>
            <td class="jobs__scope" role="cell" data-label=HEADS[3]>
                <div>{move || row.read().description.clone()}</div>
                <code>{move || row.read().run_at.clone()}</code>
            </td>
            <td class="jobs__started" role="cell" data-label=HEADS[4]>
                {move || view! { <Time at=next_run.get().and_then(local_time)/> }}
            </td>
        </tr>
    }
}
