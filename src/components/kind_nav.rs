//! The kinds of jobs, as links, by cloud.

use crate::domain::family::{FAMILIES, Family};
use crate::domain::text::capitalised;
use crate::route::{JobsRoute, Route, encode};
use crate::view::{Element, el};

/// The picker of the kind. Each is a link to the first page of its list.
pub fn kind_nav(current: &'static Family) -> Element {
    let clouds = FAMILIES.chunk_by(|one, next| one.cloud == next.cloud);
    let groups = clouds.map(|families| {
        let links = families.iter().map(|family| {
            let link = el("a")
                .class("kinds__link")
                .set("href", encode(&Route::Jobs(JobsRoute::of(family))))
                // The cloud's heading is not in sight of who goes from link to link.
                .set("aria-label", family.name())
                .child(capitalised(family.title));
            el("li").child(if current == family {
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
        .child(el("ul").children(groups))
}
