//! Elements, built up part by part.

use std::borrow::Cow;
use std::rc::Rc;

use crate::view::{Event, View};

/// What is done at an event.
pub(super) type Handler = Rc<dyn Fn(Event)>;

/// An element with its attributes and all that it holds.
#[must_use = "an element shows nothing until it is part of a view"]
pub struct Element(pub(super) Box<Parts>);

#[derive(Default)]
pub(super) struct Parts {
    pub tag: &'static str,
    pub key: Option<String>,
    pub attributes: Vec<(&'static str, Cow<'static, str>)>,
    pub styles: Vec<(&'static str, String)>,
    pub value: Option<String>,
    pub handlers: Vec<(&'static str, Handler)>,
    pub children: Vec<View>,
}

/// An element of the kind `tag`, with nothing in it.
pub fn el(tag: &'static str) -> Element {
    Element(Box::new(Parts {
        tag,
        ..Parts::default()
    }))
}

impl Element {
    /// Tells it from the elements beside it: it stays the same element when it comes to stand
    /// elsewhere among them. Either all of them have one, or none.
    pub fn key(mut self, key: String) -> Self {
        self.0.key = Some(key);
        self
    }

    /// Its classes.
    pub fn class(self, classes: &'static str) -> Self {
        self.attr("class", classes)
    }

    /// An attribute.
    pub fn attr(mut self, name: &'static str, value: &'static str) -> Self {
        self.0.attributes.push((name, Cow::Borrowed(value)));
        self
    }

    /// An attribute whose value was made.
    pub fn set(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push((name, Cow::Owned(value)));
        self
    }

    /// An attribute that is there or not.
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// A property of its style.
    pub fn style(mut self, name: &'static str, value: String) -> Self {
        self.0.styles.push((name, value));
        self
    }

    /// What stands in a field; typing changes it, and so does another value here.
    pub fn value(mut self, value: String) -> Self {
        self.0.value = Some(value);
        self
    }

    /// Calls `handler` at each event `name`.
    pub fn on(mut self, name: &'static str, handler: impl Fn(Event) + 'static) -> Self {
        self.0.handlers.push((name, Rc::new(handler)));
        self
    }

    /// Puts `view` at its end.
    pub fn child(mut self, view: impl Into<View>) -> Self {
        self.0.children.push(view.into());
        self
    }

    /// Puts all of `views` at its end.
    pub fn children<V: Into<View>>(mut self, views: impl IntoIterator<Item = V>) -> Self {
        self.0.children.extend(views.into_iter().map(Into::into));
        self
    }
}
