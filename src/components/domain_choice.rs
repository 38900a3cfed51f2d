//! The domains that one can switch to.

use crate::reactive::Callback;
use crate::view::{Element, el};

/// A button for each of `domains`, by name; `on_choose` is given the one that was pressed.
pub fn domain_choice(domains: Vec<String>, on_choose: &Callback<String>) -> Element {
    let buttons = domains.into_iter().map(|name| {
        let on_choose = on_choose.clone();
        let label = name.clone();
        let button = el("button")
            .attr("type", "button")
            .class("button button--quiet")
            .on("click", move |_| on_choose.run(name.clone()))
            .child(label);
        el("li").child(button)
    });
    let list = el("ul").class("domains__list").children(buttons);
    el("section")
        .class("domains")
        .attr("aria-label", "Domains")
        .child(el("p").child("Switching takes a new token, so it asks for your password"))
        .child(list)
}
