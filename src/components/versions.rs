//! The versions that an update of all versions lists under the names it gives them.

use crate::components::entries;
use crate::view::{Element, el};
use cckm_core::format::text::counted;

/// The version numbers of a job, as it groups them, with what it calls each group: `completed` is
/// documented, others may come.
pub fn versions(groups: Vec<(String, Vec<String>)>) -> Element {
    let groups = groups.into_iter().map(|(name, versions)| {
        let count = counted(versions.len(), "version", "versions");
        let chips = entries(versions, ("versions__list", "chip"));
        el("div")
            .class("versions__group")
            .child(
                el("h3")
                    .class("versions__name")
                    .child(name)
                    .child(" ")
                    .child(el("span").class("versions__count").child(count)),
            )
            .child(chips)
    });
    el("section")
        .class("versions")
        .attr("aria-labelledby", "versions-title")
        .child(el("h2").attr("id", "versions-title").child("Versions"))
        .children(groups)
}
