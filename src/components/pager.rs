//! First, previous, next and last, as real links.

use crate::view::{Element, el};
use cckm_core::list::pager::Pager;
use cckm_core::route::{Route, encode};

/// The way through the pages of the list `route`; `pager` says where the page on screen stands.
pub fn pager_bar(pager: Pager, route: &Route) -> Element {
    let links = [
        ("First", "", pager.first()),
        ("Previous", "prev", pager.previous()),
        ("Next", "next", pager.next()),
        ("Last", "", pager.last()),
    ];
    let links = links.map(|(name, rel, skip)| {
        let link = el("a")
            .class("pager__link")
            .attr("role", "link")
            .child(name);
        let link = if rel.is_empty() {
            link
        } else {
            link.attr("rel", rel)
        };
        match skip {
            Some(skip) => link.set("href", encode(&route.at(skip))),
            // A link without an address is no link: it cannot be reached by keyboard or followed.
            None => link.attr("aria-disabled", "true"),
        }
    });
    el("nav")
        .class("pager")
        .attr("aria-label", "Pages")
        .child(el("span").class("pager__range").child(pager.range()))
        .children(links)
}
