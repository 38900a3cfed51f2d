//! A status as word and shape; colour only repeats what these say.

use crate::view::{Element, View, el};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::status::JobStatus;

/// How a job stands, `status` being the API's word. A status that the console does not know
/// is shown as the API wrote it.
pub fn status_badge(standing: JobStatus, status: Option<String>) -> Element {
    let said = status.unwrap_or_else(|| "no status".to_owned());
    let own = if standing.is_derived() {
        ", abort: true. The API has no word for it."
    } else {
        ""
    };
    let title = format!("The API says: {said}{own}");
    let word = standing.word().map_or_else(|| View::from(said), View::from);
    mark(standing.key(), word).set("title", title)
}

/// What an item's status text probably means.
pub fn class_mark(class: ItemStatus) -> Element {
    mark(class.key(), class.word().into())
}

/// A word with its shape; `key` names both shape and colour.
pub fn mark(key: &'static str, word: View) -> Element {
    el("span")
        .set("class", format!("status status--{key}"))
        .child(shape(key))
        .child(word)
}

/// The outline that goes with a word: a different one for each meaning.
fn shape(key: &str) -> Element {
    let path = match key {
        "completed" | "done" => "M3 8.5l3.2 3.2L13 4.8",
        "failed" => "M4 4l8 8M12 4l-8 8",
        "running" => "M8 2.5a5.5 5.5 0 1 1-5.5 5.5",
        "scheduled" => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M8 5v3.2l2.2 1.4",
        "cancelling" => "M8 2.5a5.5 5.5 0 1 1-5.5 5.5M6 6l4 4M10 6l-4 4",
        "cancelled" => "M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11M4.2 4.2l7.6 7.6",
        "unreported" => "M3 8h2M7 8h2M11 8h2",
        "list" => "M4 4.5h8M4 8h8M4 11.5h8",
        _ => "M5.8 6a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.4",
    };
    el("svg")
        .class("status__shape")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .child(el("path").attr("d", path))
}
