//! Ids that the browser keeps, each a link, and each to be forgotten.

use crate::reactive::Callback;
use crate::view::{Element, el};

/// `ids` with their addresses; `on_forget` forgets the one that it is given.
pub fn known_list(ids: Vec<(String, String)>, on_forget: &Callback<String>) -> Element {
    let rows = ids.into_iter().map(|(id, href)| {
        let on_forget = on_forget.clone();
        let (key, label) = (id.clone(), format!("Forget {id}"));
        let link = el("a").set("href", href).child(id.clone());
        let forget = el("button")
            .attr("type", "button")
            .class("button button--quiet")
            .set("aria-label", label)
            .on("click", move |_| on_forget.run(id.clone()))
            .child("Forget");
        // By id, so that a second press does not meet the row that moves up.
        el("li")
            .key(key)
            .class("known__row")
            .child(link)
            .child(forget)
    });
    el("ul").class("known__list").children(rows)
}
