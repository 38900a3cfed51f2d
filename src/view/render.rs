//! Views put into the page and kept in step with it.

use std::borrow::Cow;
use std::mem;

use leptos::prelude::{Render, RenderEffect, document};
use leptos::tachys::view::Mountable;
use leptos::web_sys::{self, Node, Text};

use crate::view::View;
use crate::view::patch::ElementState;

/// A [`View`] in the page.
pub enum State {
    /// A text.
    Text(Text, Cow<'static, str>),
    /// An element.
    Element(Box<ElementState>),
    /// Several parts, and an empty text behind them that keeps their place.
    Several(Vec<State>, Text),
    /// A part that follows signals.
    Dynamic(Following),
}

/// A part that follows signals, until it is dropped.
pub struct Following(RenderEffect<State>);

impl Drop for Following {
    fn drop(&mut self) {
        // The framework lets go of what is inside only in a later task. Until then a part within
        // would still follow signals, and read some that are gone.
        drop(self.0.take_value());
    }
}

impl Render for View {
    type State = State;

    fn build(self) -> State {
        match self {
            Self::Text(text) => State::Text(document().create_text_node(&text), text),
            Self::Element(element) => State::Element(Box::new(ElementState::build(*element.0))),
            Self::Several(views) => {
                let states = views.into_iter().map(Self::build).collect();
                State::Several(states, document().create_text_node(""))
            }
            Self::Dynamic(mut view) => {
                State::Dynamic(Following(RenderEffect::new(move |before| {
                    let view = view();
                    match before {
                        Some(mut state) => {
                            view.rebuild(&mut state);
                            state
                        }
                        None => view.build(),
                    }
                })))
            }
        }
    }

    fn rebuild(self, state: &mut State) {
        match (self, state) {
            (Self::Text(text), State::Text(node, before)) => {
                if text != *before {
                    node.set_data(&text);
                    *before = text;
                }
            }
            (Self::Element(element), State::Element(state)) if state.fits(&element.0) => {
                state.patch(*element.0);
            }
            (Self::Several(views), State::Several(states, end)) => {
                rebuild_all(views, states, |state| _ = end.insert_before_this(state));
            }
            (view, state) => {
                let mut before = mem::replace(state, view.build());
                before.insert_before_this(state);
                before.unmount();
            }
        }
    }
}

impl Mountable for State {
    fn unmount(&mut self) {
        match self {
            Self::Text(text, _) => text.remove(),
            Self::Element(element) => element.node().remove(),
            Self::Several(states, end) => {
                states.iter_mut().for_each(Self::unmount);
                end.remove();
            }
            Self::Dynamic(part) => part.0.unmount(),
        }
    }

    fn mount(&mut self, parent: &web_sys::Element, marker: Option<&Node>) {
        match self {
            Self::Text(text, _) => insert(parent, text, marker),
            Self::Element(element) => insert(parent, element.node(), marker),
            Self::Several(states, end) => {
                for state in states {
                    state.mount(parent, marker);
                }
                insert(parent, end, marker);
            }
            Self::Dynamic(part) => part.0.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Text(text, _) => text.insert_before_this(child),
            Self::Element(element) => element.node().insert_before_this(child),
            Self::Several(states, end) => match states.first() {
                Some(first) => first.insert_before_this(child),
                None => end.insert_before_this(child),
            },
            Self::Dynamic(part) => part.0.insert_before_this(child),
        }
    }

    fn elements(&self) -> Vec<web_sys::Element> {
        Vec::new()
    }
}

/// Puts `node` into `parent`. Fails only for a place that is not in the page any more, and then nothing is to be shown.
pub(super) fn insert(parent: &Node, node: &Node, marker: Option<&Node>) {
    _ = parent.insert_before(node, marker);
}

/// Rebuilds by place: what is too much goes, what is missing is put to the end by `append`.
pub(super) fn rebuild_all(views: Vec<View>, states: &mut Vec<State>, append: impl Fn(&mut State)) {
    for mut state in states.drain(views.len().min(states.len())..) {
        state.unmount();
    }
    for (at, view) in views.into_iter().enumerate() {
        if let Some(state) = states.get_mut(at) {
            view.rebuild(state);
        } else {
            let mut state = view.build();
            append(&mut state);
            states.push(state);
        }
    }
}
