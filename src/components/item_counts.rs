//! How many items have which status text; each line is a link that shows these items.

use super::class_mark;
use crate::domain::counts::TextCount;
use crate::domain::items_view::{ItemsView, Show};
use crate::domain::text::grouped;
use crate::route::{JobRoute, Route, encode};
use crate::view::{Element, el};

/// The most frequent status texts of the job on screen, most frequent first; there are `more`.
pub fn item_counts(texts: Vec<TextCount>, more: usize, route: &JobRoute) -> Element {
    let lines = texts.into_iter().map(|text| line(text, route));
    let lines = el("ul").class("counts__lines").children(lines);
    let more = (more > 0).then(|| format!("and {} rarer texts", grouped(more)));
    el("section")
        .class("counts")
        .attr("aria-labelledby", "counts-title")
        .child(el("h3").attr("id", "counts-title").child("Status texts"))
        .child(lines)
        .child(el("p").class("counts__more").child(more))
}

fn line(text: TextCount, route: &JobRoute) -> Element {
    let show = Show::Text(text.text.clone());
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
        .child(el("span").class("counts__text").child(text.text)),
    )
}
