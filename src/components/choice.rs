//! A choice of one among a few values.

use std::borrow::Cow;

use crate::view::{Element, View, el, value_of};

/// One of `options`, each a value and what people read. A value outside them, as from an address,
/// is offered as it is.
pub fn choice(
    label: &'static str,
    name: &'static str,
    options: impl IntoIterator<Item = (&'static str, Cow<'static, str>)>,
    value: &str,
    on_change: impl Fn(String) + 'static,
) -> Element {
    let options = options.into_iter().collect();
    let select = select(options, value).on("change", move |event| on_change(value_of(&event)));
    el("label")
        .class("field")
        .child(el("span").class("field__label").child(label))
        .child(select.attr("name", name))
}

fn select(options: Vec<(&'static str, Cow<'static, str>)>, value: &str) -> Element {
    let foreign = !options.iter().any(|(own, _)| *own == value);
    let foreign = foreign.then(|| option(value.to_owned(), value.to_owned().into(), true));
    let own = options.into_iter();
    let own = own.map(|(own, label)| option(own.to_owned(), View::Text(label), own == value));
    el("select")
        .class("field__input")
        .value(value.to_owned())
        .children(own.chain(foreign))
}

fn option(value: String, label: View, selected: bool) -> Element {
    el("option")
        .set("value", value)
        .flag("selected", selected)
        .child(label)
}
