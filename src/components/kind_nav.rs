//! All jobs, batches, and the kinds of jobs by cloud, as links.

use crate::reactive::{Callback, RwSignal};
use crate::view::{Element, clear, dynamic, el, value_of};
use cckm_core::family::{FAMILIES, Family};
use cckm_core::format::text::capitalised;
use cckm_core::route::{AllRoute, BatchRoute, JobsRoute, Page, Route, encode};

/// The picker of what is shown. Of a kind it is a link to the first page of its list; one that the
/// table lacks is named by its path, and given to `on_other`.
pub fn kind_nav(current: &Page, on_other: Callback<&'static Family>) -> Element {
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
        .child(
            el("ul")
                .child(whole)
                .children(groups)
                .child(other(on_other)),
        )
}

/// The field for the path of a kind that the table lacks, as below `v1/cckm/` or with that before it.
fn other(on_other: Callback<&'static Family>) -> Element {
    let refused = RwSignal::new(false);
    let open = move |event| {
        let typed = value_of(&event);
        let path = typed.trim();
        let path = path.rsplit_once("v1/cckm/").map_or(path, |(_, path)| path);
        let family = Family::of_any_path(path.trim_matches('/'));
        refused.set(family.is_none() && !path.is_empty());
        if let Some(family) = family {
            clear(&event);
            on_other.run(family);
        }
    };
    let input = el("input")
        .class("field__input")
        .attr("type", "text")
        .attr("name", "path")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "Path of the API")
        .on("change", open);
    let why = dynamic(move || {
        let why = "This is no path such as aws/bulkjob";
        refused.get().then(|| {
            el("span")
                .class("kinds__why")
                .attr("role", "alert")
                .child(why)
        })
    });
    let label = el("span").class("field__label").child("Other kind…");
    let field = el("label")
        .class("field kinds__other")
        .child(label)
        .child(input);
    el("li").class("kinds__group").child(field).child(why)
}
