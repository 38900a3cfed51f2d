//! The address bar as state: history to [`Route`] and back.
//!
//! Only this file reads or writes the history. Links are plain links: one listener on the document takes
//! over clicks on links to `?…`, so that no component needs to know of it.

use cckm_core::family::Family;
use cckm_core::route::{Route, decode, encode};
use leptos::prelude::*;
use leptos::{ev, html};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

use super::use_window_event;

/// Where the page is. From [`use_location`].
#[derive(Clone, Copy)]
pub struct UseLocation {
    /// What the address names.
    pub route: ReadSignal<Route>,
    /// Sentences about the parts of the address that could not be used.
    pub notices: ReadSignal<Vec<String>>,
    /// The list that was last on screen, if any was.
    pub last_list: ReadSignal<Option<Route>>,
    /// The element that holds the page's content. It takes the focus when another page is shown.
    pub content: NodeRef<html::Main>,
    set_route: WriteSignal<Route>,
    set_notices: WriteSignal<Vec<String>>,
    set_last_list: WriteSignal<Option<Route>>,
}

impl UseLocation {
    /// Goes to `route` with a new history entry, unless the page is already there.
    ///
    /// Another page begins at its top and takes the focus. Another choice of items of the same job or batch
    /// leaves the scroll position and the focus as they are.
    pub fn navigate(self, route: &Route) {
        let before = self.route.get_untracked();
        self.write(&encode(route), before != *route);
        let same_page = before.page() == route.page();
        if !same_page && let Some(content) = self.content.get_untracked() {
            // Focusing scrolls to the element, so the scrolling to the top comes after it.
            _ = content.focus();
        }
        let keeps_scroll = same_page && matches!(route, Route::Job(_) | Route::Batch(_));
        if !keeps_scroll {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// The list that was last on screen, if it shows jobs of `family`.
    pub fn last_list_of(self, family: &'static Family) -> Option<Route> {
        let list = self.last_list.get();
        list.filter(|list| list.family().is_none_or(|own| own == family))
    }

    /// Changes the address without a history entry, as while someone types.
    pub fn replace(self, route: &Route) {
        self.write(&encode(route), false);
    }

    fn write(self, query: &str, push: bool) {
        let written = window().history().and_then(|history| {
            if push {
                history.push_state_with_url(&JsValue::NULL, "", Some(query))
            } else {
                history.replace_state_with_url(&JsValue::NULL, "", Some(query))
            }
        });
        // A browser refuses too frequent changes of the address; the page itself still goes there.
        if written.is_err() {
            leptos::logging::warn!("The browser did not accept the new address");
        }
        self.read(query);
    }

    fn read(self, query: &str) {
        let (route, notices) = decode(query);
        if matches!(route, Route::JobList(_) | Route::AllJobs(_)) {
            self.set_last_list.set(Some(route.clone()));
        }
        if *self.notices.read_untracked() != notices {
            self.set_notices.set(notices);
        }
        if *self.route.read_untracked() != route {
            self.set_route.set(route);
        }
    }

    fn read_address_bar(self) {
        self.read(&window().location().search().unwrap_or_default());
    }

    /// Follows a plain click on a link to `?…` without loading the document again.
    fn follow_link(self, event: &MouseEvent) {
        let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
        if event.default_prevented() || event.button() != 0 || modified {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into().ok());
        let link = target
            .and_then(|target: Element| target.closest("a[href^='?']").ok().flatten())
            .and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok())
            .filter(|link| link.target().is_empty() && !link.has_attribute("download"));
        if let Some(link) = link {
            event.prevent_default();
            let (route, _) = decode(&link.search());
            self.navigate(&route);
        }
    }
}

/// Reads the address bar, follows it from now on, and gives the location to all components.
pub fn provide_location() -> UseLocation {
    let (route, set_route) = signal(Route::default());
    let (notices, set_notices) = signal(Vec::new());
    let (last_list, set_last_list) = signal(None);
    let location = UseLocation {
        route,
        notices,
        last_list,
        content: NodeRef::new(),
        set_route,
        set_notices,
        set_last_list,
    };
    location.read_address_bar();
    use_window_event(ev::popstate, move |_| location.read_address_bar());
    use_window_event(ev::click, move |event| location.follow_link(&event));
    provide_context(location);
    location
}

/// The location of this page. Panics if `app.rs` has not provided it.
pub fn use_location() -> UseLocation {
    expect_context()
}
