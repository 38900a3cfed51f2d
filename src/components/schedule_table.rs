//! A page of schedules as a table.

use crate::components::{mark, time};
use crate::view::{Element, el};
use cckm_core::family::Family;
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::schedule::ScheduleRow;

const HEADS: [&str; 5] = ["Schedule", "State", "What it does", "When", "Next run"];

/// The schedules of one page; `busy` says that another page is on its way.
pub fn schedule_table(rows: Vec<ScheduleRow>, family: &'static Family, busy: bool) -> Element {
    let heads = HEADS.map(|head| {
        el("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .child(head)
    });
    let rows = rows.into_iter().map(|row| line(row, family));
    el("table")
        .class("jobs")
        .attr("role", "table")
        .attr("aria-busy", if busy { "true" } else { "false" })
        .child(el("caption").class("visually-hidden").child(family.name()))
        .child(
            el("thead")
                .attr("role", "rowgroup")
                .child(el("tr").attr("role", "row").children(heads)),
        )
        .child(el("tbody").attr("role", "rowgroup").children(rows))
}

fn line(row: ScheduleRow, family: &'static Family) -> Element {
    let name = match (row.name.is_empty(), &row.id) {
        (true, Some(id)) => id.clone(),
        (true, None) => "no name".to_owned(),
        (false, _) => row.name,
    };
    let link = el("a").class("jobs__link");
    let link = match row.id {
        Some(id) => link.set("href", encode(&Route::Job(JobRoute::of(family, id)))),
        None => link,
    };
    let cell = |label: &'static str, class: &'static str| {
        el("td")
            .class(class)
            .attr("role", "cell")
            .attr("data-label", label)
    };
    el("tr")
        .key(row.key)
        .class("jobs__row")
        .attr("role", "row")
        .child(
            el("th")
                .class("jobs__id")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .child(link.child(name)),
        )
        .child(cell(HEADS[1], "jobs__status").child(mark(row.state.key(), row.state.word().into())))
        .child(cell(HEADS[2], "jobs__scope").child(row.operation))
        .child(
            cell(HEADS[3], "jobs__scope")
                .child(el("div").child(row.words))
                .child(el("code").child(row.run_at)),
        )
        .child(cell(HEADS[4], "jobs__started").child(time(row.next)))
}
