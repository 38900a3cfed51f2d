//! The jobs of a batch: how each stands, and which keys it has.

use crate::reactive::Callback;
use crate::view::{Element, View, el};
use cckm_core::format::text::{counted, cut, grouped};

/// One job of a batch, started or not.
pub struct PartRow {
    /// Its place among all, from 0.
    pub part: usize,
    /// How it stands; nothing in a plan.
    pub state: View,
    /// The id and the address of its job, once there is one.
    pub job: Option<(String, String)>,
    /// How many keys it has, and the first and the last of them.
    pub keys: (usize, String, String),
    /// What else there is to say, a line each.
    pub said: Vec<String>,
    /// Whether someone may have it sent again.
    pub again: bool,
}

/// The jobs in this order; `on_again` asks for one to be sent again.
pub fn part_list(rows: Vec<PartRow>, on_again: &Callback<usize>) -> Element {
    let rows = rows.into_iter().map(|row| line(row, on_again.clone()));
    el("ol").class("parts").children(rows)
}

fn line(row: PartRow, on_again: Callback<usize>) -> Element {
    let PartRow {
        part,
        state,
        job,
        keys: (count, first, last),
        said,
        again,
    } = row;
    let name = format!("Job {}", grouped(part + 1));
    let job = match job {
        Some((id, href)) => el("a").class("parts__id").set("href", href).child(id),
        None => el("span"),
    };
    let keys = counted(count, "key", "keys");
    let range = if count == 1 {
        cut(first)
    } else {
        format!("{} … {}", cut(first), cut(last))
    };
    let said = said.into_iter().map(|said| {
        let line = el("span").class("parts__said");
        line.child(cut(said))
    });
    let again = again.then(|| {
        el("button")
            .attr("type", "button")
            .class("button button--quiet")
            .set("aria-label", format!("Send again… job {}", part + 1))
            .on("click", move |_| on_again.run(part))
            .child("Send again…")
    });
    el("li")
        .key(part.to_string())
        .class("parts__row")
        .child(el("span").class("parts__name").child(name))
        .child(el("span").class("parts__state").child(state))
        .child(el("span").class("parts__keys").child(keys))
        .child(
            el("span")
                .class("parts__what")
                .child(job)
                .child(el("span").class("parts__range").child(range))
                .children(said)
                .child(again),
        )
}
