//! Everything that a job says of itself, member by member.

use crate::components::{entries, time};
use crate::view::{Element, View, el};
use cckm_core::format::local_time::LocalTime;
use cckm_core::format::text::counted;
use cckm_core::format::time::Timestamp;
use cckm_core::job::details::{Fact, FactValue};

/// How many entries of a list stand open; more are a click away.
const OPEN: usize = 5;

/// The members of a job, in the order of the answer; `when` writes an instant in the reader's zone.
pub fn facts(facts: Vec<Fact>, when: fn(Timestamp) -> Option<LocalTime>) -> Element {
    let entries = facts.into_iter().map(|fact| {
        let value = show(fact.value, &fact.raw, when);
        el("div")
            .class("facts__entry")
            .child(
                el("dt")
                    .child(fact.label)
                    .child(el("code").class("facts__member").child(fact.member)),
            )
            .child(el("dd").children(value))
    });
    el("dl").class("facts").children(entries)
}

fn show(value: FactValue, raw: &str, when: fn(Timestamp) -> Option<LocalTime>) -> Vec<View> {
    match value {
        FactValue::Instant(instant) => {
            let raw = raw.trim_matches('"').to_owned();
            let raw = el("span").class("facts__raw").child(raw);
            vec![time(when(instant)).into(), raw.into()]
        }
        FactValue::Text(text) => vec![el("span").class("facts__text").child(text).into()],
        FactValue::List(list) => vec![lines(list).into()],
    }
}

fn lines(list: Vec<String>) -> Element {
    let count = list.len();
    let lines = entries(list, ("facts__list", "facts__line"));
    if count <= OPEN {
        return lines;
    }
    let count = counted(count, "entry", "entries");
    el("details").child(el("summary").child(count)).child(lines)
}
