//! The page as values: elements, texts and the parts that follow signals, all of one type.
//!
//! Written like the framework's own builder, `el("p").class("…").child(…)`, and run by its render
//! effects. `view!` makes a type, and code to build and to change it, of each element with its
//! attributes; measured together with `reactive`, the page was two fifths larger with it.

mod element;
mod event;
mod patch;
mod render;

pub use crate::view::element::{Element, el};
pub use crate::view::event::{Event, clear, is_ticked, key, value_of};
pub use crate::view::render::State;

use std::borrow::Cow;

/// A part of the page.
pub enum View {
    /// A text; an empty one stands for nothing.
    Text(Cow<'static, str>),
    /// An element with all that it holds.
    Element(Element),
    /// Several parts, one after another.
    Several(Vec<View>),
    /// A part that follows signals; see [`dynamic`].
    Dynamic(Box<dyn FnMut() -> View>),
}

/// A part that is made anew when a signal that `view` reads changes. Elements that stay the same
/// stay in the page, with their focus; but not those of a dynamic part within, which is put into
/// the page anew with the part around it.
pub fn dynamic<V: Into<View>>(mut view: impl FnMut() -> V + 'static) -> View {
    View::Dynamic(Box::new(move || view().into()))
}

/// Several parts, one after another.
pub fn several<const N: usize>(views: [View; N]) -> View {
    View::Several(views.into())
}

impl View {
    /// Nothing.
    pub const fn none() -> Self {
        Self::Text(Cow::Borrowed(""))
    }
}

impl From<&'static str> for View {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for View {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Element> for View {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}

impl From<Vec<View>> for View {
    fn from(views: Vec<View>) -> Self {
        Self::Several(views)
    }
}

impl<V: Into<View>> From<Option<V>> for View {
    fn from(view: Option<V>) -> Self {
        view.map_or_else(Self::none, Into::into)
    }
}
