//! Search, filter and order of a job's items.

use crate::components::choice;
use crate::reactive::Callback;
use crate::view::{Element, el, value_of};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemOrder, ItemsView, Show};

/// The controls above the items. `items` is the choice on screen, `summary` says how many are
/// shown of how many, `on_change` takes a changed choice.
pub fn item_toolbar(
    items: &ItemsView,
    summary: String,
    on_change: &Callback<ItemsView>,
) -> Element {
    el("div")
        .class("filters")
        .attr("role", "search")
        .attr("aria-label", "Filter the items")
        .child(search(items.clone(), on_change.clone()))
        .child(show(items.clone(), on_change.clone()))
        .child(order(items.clone(), on_change.clone()))
        .child(
            el("span")
                .class("filters__summary")
                .attr("role", "status")
                .child(summary),
        )
}

fn search(items: ItemsView, on_change: Callback<ItemsView>) -> Element {
    let input = el("input")
        .class("field__input")
        .attr("type", "search")
        .attr("name", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "Name or status text")
        .value(items.search.clone())
        .on("input", move |event| {
            on_change.run(ItemsView {
                search: value_of(&event),
                ..items.clone()
            });
        });
    el("label")
        .class("field field--wide")
        .child(el("span").class("field__label").child("Search"))
        .child(input)
}

fn show(items: ItemsView, on_change: Callback<ItemsView>) -> Element {
    let shown = match &items.show {
        Show::All => "",
        Show::ItemStatus(class) => class.key(),
        Show::Text(_) => "text",
    };
    let mut offered = vec![("", "All".into())];
    offered.extend(ItemStatus::ALL.map(|class| (class.key(), class.word().into())));
    if let Show::Text(text) = &items.show {
        offered.push(("text", format!("Text: {text}").into()));
    }
    choice("Show", "show", offered, shown, move |key| {
        let show = ItemStatus::from_key(&key).map_or(Show::All, Show::ItemStatus);
        on_change.run(ItemsView {
            show,
            ..items.clone()
        });
    })
}

fn order(items: ItemsView, on_change: Callback<ItemsView>) -> Element {
    let orders = ItemOrder::ALL.map(|order| (order.key(), order.label().into()));
    choice("Order", "order", orders, items.order.key(), move |key| {
        on_change.run(ItemsView {
            order: ItemOrder::from_key(&key).unwrap_or_default(),
            ..items.clone()
        });
    })
}
