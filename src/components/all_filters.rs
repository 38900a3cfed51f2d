//! The filters of the list of all jobs: cloud, kind and status.

use std::borrow::Cow;

use crate::components::choice;
use crate::components::filter_bar::labelled;
use crate::reactive::Callback;
use crate::view::{Element, el};
use cckm_core::family::FAMILIES;
use cckm_core::family::STATUSES;
use cckm_core::format::text::capitalised;
use cckm_core::route::AllRoute;

/// The controls of the list `route`. Each change is a new address.
pub fn all_filters(route: &AllRoute, on_change: &Callback<AllRoute>) -> Element {
    let listed = || FAMILIES.iter().filter(|family| family.lists_jobs());
    let clouds = listed().map(|family| family.cloud);
    // Of another cloud a kind would leave nothing.
    let kinds = listed().filter(|family| [family.cloud, ""].contains(&&*route.cloud));
    let kinds = kinds.map(|family| family.title);
    let set = |change: fn(&mut AllRoute, String)| {
        let (list, on_change) = (route.at(0), on_change.clone());
        move |value| {
            let mut list = list.clone();
            change(&mut list, value);
            on_change.run(list);
        }
    };
    let cloud = set(|list, cloud| {
        list.cloud = cloud;
        if list.families().next().is_none() {
            list.kind.clear();
        }
    });
    let kind = set(|list, kind| list.kind = kind);
    let status = set(|list, status| list.status = status);
    el("div")
        .class("filters")
        .attr("role", "search")
        .attr("aria-label", "Filter the list")
        .child(choice("Cloud", "cloud", once(clouds), &route.cloud, cloud))
        .child(choice("Kind", "kind", once(kinds), &route.kind, kind))
        .child(choice(
            "Status",
            "overall_status",
            labelled(&STATUSES),
            &route.status,
            status,
        ))
}

/// Each name once, after a choice of them all.
fn once(names: impl Iterator<Item = &'static str>) -> Vec<(&'static str, Cow<'static, str>)> {
    let mut options = vec![("", Cow::Borrowed("Any"))];
    for name in names {
        if !options.iter().any(|(own, _)| *own == name) {
            options.push((name, capitalised(name).into()));
        }
    }
    options
}
