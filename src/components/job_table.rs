//! A page of jobs as a table.

use crate::components::{status_badge, time};
use crate::reactive::Signal;
use crate::view::{Element, View, dynamic, el};
use cckm_core::family::Family;
use cckm_core::format::text::{capitalised, grouped};
use cckm_core::format::time::{Timestamp, span};
use cckm_core::job::counts::Counts;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::list::job_row::{JobRow, Scope};
use cckm_core::route::{JobRoute, Route, encode};

/// The jobs of one page, which are of `family`, or each of its own, which it then names. A row keeps
/// its place, and the focus in it, while its contents change and others come and go. How long a running
/// job has taken follows `clock`; `busy` says that another page is on its way.
pub fn job_table(
    rows: Vec<JobRow>,
    family: Option<&'static Family>,
    clock: Signal<Timestamp>,
    busy: bool,
) -> Element {
    let (name, items) = match family {
        Some(family) => (family.name(), capitalised(family.item.1)),
        None => ("All jobs".to_owned(), "Items".to_owned()),
    };
    let heads = ["Job", "Status", "About", "Started", "Duration"].map(str::to_owned);
    let heads = heads.into_iter().chain([items]);
    let heads = heads.map(|head| {
        el("th")
            .attr("scope", "col")
            .attr("role", "columnheader")
            .child(head)
    });
    let rows = rows
        .into_iter()
        .map(|row| line(row, family.is_none(), clock));
    el("table")
        .class("jobs")
        .attr("role", "table")
        .attr("aria-busy", if busy { "true" } else { "false" })
        .child(el("caption").class("visually-hidden").child(name))
        .child(
            el("thead")
                .attr("role", "rowgroup")
                .child(el("tr").attr("role", "row").children(heads)),
        )
        .child(el("tbody").attr("role", "rowgroup").children(rows))
}

fn line(row: JobRow, named: bool, clock: Signal<Timestamp>) -> Element {
    let family = row.family;
    let kind = named.then(|| el("span").class("jobs__kind").child(family.name()));
    let (class, seen) = if row.repeated {
        ("jobs__row jobs__row--repeated", "Seen on another page")
    } else {
        ("jobs__row", "")
    };
    let link = el("a").class("jobs__link");
    let link = match row.id {
        Some(id) => {
            let href = encode(&Route::Job(JobRoute::of(family, id.clone())));
            link.set("href", href).child(id)
        }
        None => link.child("no usable id"),
    };
    let took = row.took;
    let took_at = move |now| took.ms(now).map_or_else(|| "–".to_owned(), span);
    let duration = if took.runs {
        dynamic(move || took_at(clock.get()))
    } else {
        View::from(took_at(Timestamp::from_ms(0)))
    };
    el("tr")
        .key(row.key)
        .class(class)
        .attr("role", "row")
        .child(
            el("th")
                .class("jobs__id")
                .attr("scope", "row")
                .attr("role", "rowheader")
                .child(kind)
                .child(link)
                .child(el("span").class("jobs__seen").child(seen)),
        )
        .child(cell("jobs__status", "Status").child(status_badge(row.standing, row.status)))
        .child(
            cell("jobs__scope", "About")
                .child(el("div").children(row.scope.into_iter().map(about))),
        )
        .child(cell("jobs__started", "Started").child(time(row.started)))
        .child(cell("jobs__duration", "Duration").child(el("span").child(duration)))
        .child(
            cell("jobs__counts", "")
                .set("data-label", capitalised(family.item.1))
                .child(counts(row.counts)),
        )
}

fn cell(class: &'static str, label: &'static str) -> Element {
    let cell = el("td").class(class).attr("role", "cell");
    if label.is_empty() {
        return cell;
    }
    cell.attr("data-label", label)
}

fn about(scope: Scope) -> Element {
    el("span")
        .class("jobs__about")
        .set("title", format!("{}: {}", scope.name, scope.full))
        .child(scope.short)
}

fn counts(counts: Counts) -> Element {
    let count = |(class, count): (ItemStatus, usize)| {
        el("span")
            .set("class", format!("count count--{}", class.key()))
            .child(format!(
                "{} {}",
                grouped(count),
                class.word().to_ascii_lowercase()
            ))
    };
    el("div").children(counts.present().map(count))
}
