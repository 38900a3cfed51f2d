//! The filters that the API has for a list, its order and its page size.
//!
//! Offers nothing that the server does not do: one page filtered or sorted here would look like
//! the whole list.

use std::borrow::Cow;

use crate::components::choice;
use crate::reactive::Callback;
use crate::view::{Element, clear, el, value_of};
use cckm_core::family::{Filter, FilterKind};
use cckm_core::route::{JobsRoute, PAGE_SIZES, Route, USUAL_SORT, encode};

/// The orders that the picker offers.
const SORTS: [(&str, &str); 3] = [
    (USUAL_SORT, "Newest first"),
    ("createdAt", "Oldest first"),
    ("-updatedAt", "Last changed first"),
];

/// The controls of the list `route`. Each change is a new address.
pub fn filter_bar(route: &JobsRoute, on_change: &Callback<JobsRoute>) -> Element {
    let filters = route.family.filters().iter();
    let filters = filters.map(|filter| control(filter, route, on_change));
    let sort = route.family.sorts().then(|| {
        let (list, on_change) = (route.clone(), on_change.clone());
        choice(
            "Order",
            "sort",
            labelled(&SORTS),
            &route.sort,
            move |sort| {
                on_change.run(JobsRoute { sort, ..list.at(0) });
            },
        )
    });
    let (list, on_change) = (route.clone(), on_change.clone());
    let limit = route.limit.to_string();
    let limit = choice(
        "Per page",
        "limit",
        labelled(&PAGE_SIZES),
        &limit,
        move |limit| {
            if let Ok(limit) = limit.parse() {
                on_change.run(JobsRoute {
                    limit,
                    ..list.at(0)
                });
            }
        },
    );
    el("div")
        .class("filters")
        .attr("role", "search")
        .attr("aria-label", "Filter the list")
        .children(filters)
        .child(sort)
        .child(limit)
}

fn control(filter: &'static Filter, route: &JobsRoute, on_change: &Callback<JobsRoute>) -> Element {
    let mut values = route.filter(filter.name).map(str::to_owned);
    let (list, on_change) = (route.clone(), on_change.clone());
    if filter.kind == FilterKind::Texts {
        return several_values(filter, list, values.collect(), on_change);
    }
    let value = values.next().unwrap_or_default();
    let set = move |value: String| {
        on_change.run(list.filtered(filter.name, &[value.trim().to_owned()]));
    };
    if let FilterKind::Choice(options) = filter.kind {
        return choice(filter.label, filter.name, labelled(options), &value, set);
    }
    field(filter.label).child(
        input("search", filter.name)
            .value(value)
            .on("change", move |event| set(value_of(&event))),
    )
}

pub(super) fn labelled(
    options: &'static [(&'static str, &'static str)],
) -> impl Iterator<Item = (&'static str, Cow<'static, str>)> {
    let options = options.iter();
    options.map(|(value, label)| (*value, Cow::Borrowed(*label)))
}

fn field(label: &'static str) -> Element {
    let label = el("span").class("field__label").child(label);
    el("label").class("field").child(label)
}

fn input(kind: &'static str, name: &'static str) -> Element {
    el("input")
        .class("field__input")
        .attr("type", kind)
        .attr("name", name)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
}

/// Any number of values; each can be taken away by a link, and Enter adds one.
fn several_values(
    filter: &'static Filter,
    route: JobsRoute,
    values: Vec<String>,
    on_change: Callback<JobsRoute>,
) -> Element {
    let chips = values.iter().enumerate().map(|(index, value)| {
        let mut rest = values.clone();
        rest.remove(index);
        let href = encode(&Route::Jobs(route.filtered(filter.name, &rest)));
        el("a")
            .class("chip")
            .set("href", href)
            .set("aria-label", format!("Remove {} {value}", filter.label))
            .child(el("span").class("chip__text").child(value.clone()))
            .child(el("span").attr("aria-hidden", "true").child("×"))
    });
    let chips = el("span").class("field__chips").children(chips);
    let add = move |event| {
        let value = value_of(&event).trim().to_owned();
        clear(&event);
        if !value.is_empty() && !values.contains(&value) {
            let values = [values.clone(), vec![value]].concat();
            on_change.run(route.filtered(filter.name, &values));
        }
    };
    let input = input("text", filter.name)
        .attr("placeholder", "Add one…")
        .on("change", add);
    el("div")
        .class("field")
        .child(
            el("label")
                .child(el("span").class("field__label").child(filter.label))
                .child(input),
        )
        .child(chips)
}
