//! All jobs, batches, and the kinds of jobs by cloud, as links.

use crate::domain::family::FAMILIES;
use crate::domain::text::capitalised;
use crate::route::{AllRoute, BatchRoute, JobsRoute, Page, Route, encode};
use crate::view::{Element, el};

/// The picker of what is shown. Of a kind it is a link to the first page of its list.
pub fn kind_nav(current: &Page) -> Element {
    let current_family = match current {
        Page::Jobs(family) | Page::Job(family, _) => Some(*family),
        Page::Start(start) => Some(start.family),
        Page::All | Page::Batch(..) => None,
    };
    let whole = [
        (
            "All jobs",
            Route::All(AllRoute::default()),
            *current == Page::All,
        ),
        (
            "Batches",
            Route::Batch(BatchRoute::default()),
            matches!(current, Page::Batch(..)),
        ),
    ];
    let whole = whole.map(|(name, route, is_current)| {
        let link = el("a")
            .class("kinds__link")
            .set("href", encode(&route))
            .child(name);
        el("li").child(if is_current {
            link.attr("aria-current", "true")
        } else {
            link
        })
    });
    let whole = el("li")
        .class("kinds__group")
        .child(el("ul").children(whole));
    let clouds = FAMILIES.chunk_by(|one, next| one.cloud == next.cloud);
    let groups = clouds.map(|families| {
        let links = families.iter().map(|family| {
            let link = el("a")
                .class("kinds__link")
                .set("href", encode(&Route::Jobs(JobsRoute::of(family))))
                // The cloud's heading is not in sight of who goes from link to link.
                .set("aria-label", family.name())
                .child(capitalised(family.title));
            el("li").child(if current_family == Some(family) {
                link.attr("aria-current", "true")
            } else {
                link
            })
        });
        let cloud = families.first().map_or("", |family| family.cloud);
        el("li")
            .class("kinds__group")
            .child(el("span").class("kinds__cloud").child(cloud))
            .child(el("ul").children(links))
    });
    el("nav")
        .class("kinds")
        .attr("aria-label", "Kinds of jobs")
        .child(el("ul").child(whole).children(groups))
}
