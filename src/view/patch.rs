//! An element in the page, kept in step with what it is made from.

use std::borrow::Cow;
use std::cell::RefCell;
use std::mem;
use std::rc::Rc;

use leptos::prelude::document;
use leptos::tachys::view::{Mountable, Render};
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::web_sys::js_sys::Reflect;
use leptos::web_sys::{self, HtmlElement};

use crate::view::element::{Handler, Parts};
use crate::view::render::{insert, rebuild_all};
use crate::view::{Event, State, View};

const SVG: &str = "http://www.w3.org/2000/svg";

/// An element in the page, and what it was made from.
pub struct ElementState {
    node: web_sys::Element,
    tag: &'static str,
    key: Option<String>,
    attributes: Vec<(&'static str, Cow<'static, str>)>,
    styles: Vec<(&'static str, String)>,
    value: Option<String>,
    listeners: Vec<Listener>,
    children: Vec<State>,
}

/// A handler that can be exchanged, and what the browser calls for it.
struct Listener {
    name: &'static str,
    handler: Rc<RefCell<Handler>>,
    _callback: Closure<dyn FnMut(Event)>,
}

impl ElementState {
    /// Makes an element.
    pub(super) fn build(parts: Parts) -> Self {
        let document = document();
        let node = match parts.tag {
            tag @ ("svg" | "path") => document.create_element_ns(Some(SVG), tag),
            tag => document.create_element(tag),
        };
        let Ok(node) = node else {
            unreachable!("{} is a name that the browser takes", parts.tag)
        };
        let names = parts.handlers.iter();
        let listeners = names.map(|(name, handler)| Listener::new(&node, name, handler));
        let mut state = Self {
            listeners: listeners.collect(),
            node,
            tag: parts.tag,
            key: None,
            attributes: Vec::new(),
            styles: Vec::new(),
            value: None,
            children: Vec::new(),
        };
        state.patch(parts);
        state
    }

    /// The element itself.
    pub(super) fn node(&self) -> &web_sys::Element {
        &self.node
    }

    /// Whether it can become what `parts` say.
    pub(super) fn fits(&self, parts: &Parts) -> bool {
        let own = self.listeners.iter().map(|listener| listener.name);
        self.tag == parts.tag && own.eq(parts.handlers.iter().map(|(name, _)| *name))
    }

    /// Makes of it what `parts` say, touching only what differs.
    pub(super) fn patch(&mut self, parts: Parts) {
        for (listener, (_, handler)) in self.listeners.iter().zip(parts.handlers) {
            listener.handler.replace(handler);
        }
        // None of these names and values is one that a browser refuses.
        for (name, _) in &self.attributes {
            if !parts.attributes.iter().any(|(new, _)| new == name) {
                _ = self.node.remove_attribute(name);
            }
        }
        for attribute in &parts.attributes {
            if !self.attributes.contains(attribute) {
                _ = self.node.set_attribute(attribute.0, &attribute.1);
            }
        }
        for style in &parts.styles {
            if !self.styles.contains(style)
                && let Some(element) = self.node.dyn_ref::<HtmlElement>()
            {
                _ = element.style().set_property(style.0, &style.1);
            }
        }
        self.patch_children(parts.children);
        // After the children: a choice takes only what is among its options.
        if parts.value != self.value
            && let Some(value) = &parts.value
        {
            _ = Reflect::set(&self.node, &JsValue::from_str("value"), &value.into());
        }
        self.key = parts.key;
        self.attributes = parts.attributes;
        self.styles = parts.styles;
        self.value = parts.value;
    }

    fn patch_children(&mut self, views: Vec<View>) {
        let keyed = |view: &View| matches!(view, View::Element(element) if element.0.key.is_some());
        if views.first().is_some_and(keyed) {
            return self.patch_keyed(views);
        }
        let node = &self.node;
        rebuild_all(views, &mut self.children, |state| state.mount(node, None));
    }

    /// Rebuilds by key. What stays in order is not moved, and so keeps the focus.
    fn patch_keyed(&mut self, views: Vec<View>) {
        let mut before = mem::take(&mut self.children);
        for view in views {
            let at = before.iter().position(|state| state.key() == view.key());
            self.children.push(match at {
                Some(at) => {
                    let mut state = before.remove(at);
                    view.rebuild(&mut state);
                    state
                }
                None => view.build(),
            });
        }
        before.iter_mut().for_each(State::unmount);
        let mut next = self.node.first_child();
        for state in &self.children {
            let State::Element(child) = state else {
                continue;
            };
            if next.as_ref() == Some(child.node()) {
                next = child.node.next_sibling();
            } else {
                insert(&self.node, &child.node, next.as_ref());
            }
        }
    }
}

impl State {
    fn key(&self) -> Option<&String> {
        match self {
            Self::Element(element) => element.key.as_ref(),
            _ => None,
        }
    }
}

impl View {
    fn key(&self) -> Option<&String> {
        match self {
            Self::Element(element) => element.0.key.as_ref(),
            _ => None,
        }
    }
}

impl Listener {
    fn new(node: &web_sys::Element, name: &'static str, handler: &Handler) -> Self {
        let handler = Rc::new(RefCell::new(Rc::clone(handler)));
        let called = Rc::clone(&handler);
        let callback: Box<dyn FnMut(Event)> = Box::new(move |event| {
            // A copy of its own: what it does may exchange it.
            let handler = Rc::clone(&called.borrow());
            handler(event);
        });
        let callback = Closure::wrap(callback);
        let function = callback.as_ref().unchecked_ref();
        _ = node.add_event_listener_with_callback(name, function);
        Self {
            name,
            handler,
            _callback: callback,
        }
    }
}
