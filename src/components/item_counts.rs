//! How many items have which status text; each line is a link that shows these items.

use super::class_mark;
use crate::domain::counts::TextCount;
use crate::domain::items_view::{ItemsView, Show};
use crate::domain::text::{cut, grouped};
use crate::reactive::RwSignal;
use crate::route::{JobRoute, Route, encode};
use crate::view::{Element, el};

/// How many texts stand open.
const FEW: usize = 10;
/// How many are shown when all are asked for; a job may have as many texts as items.
const MOST: usize = 1_000;

/// How many texts [`item_counts`] takes.
pub fn texts_shown(all: bool) -> usize {
    if all { MOST } else { FEW }
}

/// The most frequent status texts of the job on screen, most frequent first, out of `of`; whether
/// all are asked for is in `all`.
pub fn item_counts(
    texts: &[TextCount],
    of: usize,
    route: &JobRoute,
    all: RwSignal<bool>,
) -> Element {
    let is_open = all.get();
    let more = of.saturating_sub(texts.len());
    let lines = texts.iter().map(|text| line(text, route));
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

fn line(text: &TextCount, route: &JobRoute) -> Element {
    let show = Show::of_text(&text.text);
    let is_current = route.items.show == show;
    // The line of what is shown leads back to all.
    let show = if is_current { Show::All } else { show };
    let items = ItemsView {
        show,
        ..route.items.clone()
    };
    let href = encode(&Route::Job(JobRoute {
        items,
        ..route.clone()
    }));
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
