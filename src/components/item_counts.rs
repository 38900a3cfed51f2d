//! How many items have which status text; each line is a link that shows these items.

use crate::components::class_mark;
use crate::reactive::{Callback, RwSignal};
use crate::view::{Element, el};
use cckm_core::format::text::{cut, grouped};
use cckm_core::job::counts::TextCount;
use cckm_core::job::items_view::{ItemsView, Show};
use cckm_core::route::{Route, encode};

/// How many texts stand open.
const FEW: usize = 10;
/// How many are shown when all are asked for; a job may have as many texts as items.
const MOST: usize = 1_000;

/// How many texts [`item_counts`] takes.
pub fn texts_shown(all: bool) -> usize {
    if all { MOST } else { FEW }
}

/// The most frequent status texts of the items chosen by `choice`, most frequent first, out of `of`;
/// `route` is where another choice is shown, and whether all texts are asked for is in `all`.
pub fn item_counts(
    texts: &[TextCount],
    of: usize,
    choice: &ItemsView,
    route: &Callback<ItemsView, Route>,
    all: RwSignal<bool>,
) -> Element {
    let is_open = all.get();
    let more = of.saturating_sub(texts.len());
    let lines = texts.iter().map(|text| line(text, choice, route));
    let class = if is_open {
        "counts__lines counts__lines--all"
    } else {
        "counts__lines"
    };
    let counts = el("section")
        .class("counts")
        .attr("aria-labelledby", "counts-title")
        .child(el("h3").attr("id", "counts-title").child("Status texts"))
        .child(el("ul").class(class).children(lines));
    if of <= FEW {
        return counts;
    }
    let more = (more > 0).then(|| format!("and {} rarer texts ", grouped(more)));
    let label = if is_open {
        format!("Show the {FEW} most frequent")
    } else {
        format!("Show {} of {} texts", grouped(of.min(MOST)), grouped(of))
    };
    let switch = el("button")
        .attr("type", "button")
        .class("button button--quiet")
        .on("click", move |_| all.set(!is_open))
        .child(label);
    counts.child(el("p").class("counts__more").child(more).child(switch))
}

fn line(text: &TextCount, choice: &ItemsView, route: &Callback<ItemsView, Route>) -> Element {
    let show = Show::of_text(&text.text);
    let is_current = choice.show == show;
    // The line of what is shown leads back to all.
    let show = if is_current { Show::All } else { show };
    let items = ItemsView {
        show,
        ..choice.clone()
    };
    let href = encode(&route.run(items));
    let mut link = el("a").class("counts__line").set("href", href);
    if is_current {
        link = link.attr("aria-current", "true");
    }
    el("li").child(
        link.child(
            el("span")
                .class("counts__number")
                .child(grouped(text.count)),
        )
        .child(class_mark(text.class))
        .child(
            el("span")
                .class("counts__text")
                .child(cut(text.text.clone())),
        ),
    )
}
