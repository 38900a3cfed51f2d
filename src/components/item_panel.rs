//! One item, whole: what a row of the list may have to cut short.

use super::{class_mark, copy_button};
use crate::domain::class::Class;
use crate::reactive::{Callback, RwSignal};
use crate::view::{View, el, several};

/// An item, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDetail {
    /// Its name.
    pub name: String,
    /// Its status text as people read it.
    pub text: String,
    /// The value as JSON, exactly as it came; empty if the job has not reported it.
    pub raw: String,
    /// What the text probably means.
    pub class: Class,
}

/// The active item; `on_copy` copies its name.
pub fn item_panel(item: ItemDetail, on_copy: Callback<RwSignal<String>>) -> View {
    let raw = if item.raw.is_empty() {
        "nothing".to_owned()
    } else {
        item.raw
    };
    let facts = el("dl")
        .class("item__facts")
        .child(el("dt").child("Name"))
        .child(el("dd").class("item__name").child(item.name))
        .child(el("dt").child("Status"))
        .child(
            el("dd")
                .child(class_mark(item.class))
                .child(" ")
                .child(el("span").class("item__text").child(item.text)),
        )
        .child(el("dt").child("As received"))
        .child(el("dd").child(el("code").child(raw)));
    several([facts.into(), copy_button("Copy name", on_copy).into()])
}
