//! One item, whole: what a row of the list may have to cut short.

use crate::components::class_mark;
use crate::view::{Element, el};
use cckm_core::job::items::Items;

/// The item at `index`.
pub fn item_panel(items: &Items, index: usize) -> Element {
    let list = el("dl")
        .class("item__facts")
        .child(el("dt").child("Name"))
        .child(
            el("dd")
                .class("item__name")
                .child(items.name(index).to_owned()),
        );
    let Some(text) = items.text(index) else {
        return list;
    };
    let raw = if text.raw.is_empty() {
        "nothing"
    } else {
        &text.raw
    };
    list.child(el("dt").child("Status"))
        .child(
            el("dd")
                .child(class_mark(text.class))
                .child(" ")
                .child(el("span").class("item__text").child(text.shown.to_string())),
        )
        .child(el("dt").child("As received"))
        .child(el("dd").child(el("code").child(raw.to_owned())))
}
