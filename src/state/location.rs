//! The address bar as state: history to [`Route`] and back.
//!
//! The only place that reads or writes the history. Links are plain links: one listener on the
//! document takes those to `?…` over, so that no view needs to know of it.

use leptos::prelude::{document, expect_context, provide_context, window};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlAnchorElement, HtmlElement, MouseEvent};

use crate::reactive::{RwSignal, Signal};
use crate::state::listen::listen;
use cckm_core::route::{Route, decode, encode};

/// Where the page is. Lives as long as the page.
#[derive(Clone, Copy)]
pub struct Location {
    route: RwSignal<Route>,
    notices: RwSignal<Vec<String>>,
    list: RwSignal<Option<Route>>,
}

impl Location {
    /// What the address names.
    pub fn route(self) -> Signal<Route> {
        self.route.into()
    }

    /// What of the address could not be used.
    pub fn notices(self) -> Signal<Vec<String>> {
        self.notices.into()
    }

    /// The list that was last on screen, if any was.
    pub fn last_list(self) -> Signal<Option<Route>> {
        self.list.into()
    }

    /// Goes to `route` with an entry of its own in the history, if it is elsewhere. Another view of
    /// the items of a job or a batch leaves the page where it is; what begins anew is read from its top, and
    /// by the keyboard from the start of its content.
    pub fn navigate(self, route: &Route) {
        let before = self.route.get_untracked();
        self.go(&encode(route), before != *route);
        let same_page = before.page() == route.page();
        let is_job = matches!(route, Route::Job(_) | Route::Batch(_));
        if !same_page {
            // Scrolls to what it focuses, so that the scrolling to the top comes after it.
            focus_content();
        }
        if !(same_page && is_job) {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Changes the address without an entry in the history, as while someone types.
    pub fn replace(self, route: &Route) {
        self.go(&encode(route), false);
    }

    fn go(self, query: &str, push: bool) {
        if let Ok(history) = window().history() {
            let write = if push {
                history.push_state_with_url(&JsValue::NULL, "", Some(query))
            } else {
                history.replace_state_with_url(&JsValue::NULL, "", Some(query))
            };
            // A browser refuses when asked too often; the page itself still goes there.
            if write.is_err() {
                leptos::logging::warn!("The browser did not take the new address");
            }
        }
        self.read(query);
    }

    fn read(self, query: &str) {
        let (route, notices) = decode(query);
        if matches!(route, Route::Jobs(_) | Route::All(_)) {
            self.list.set(Some(route.clone()));
        }
        self.notices.set_changed(notices);
        self.route.set_changed(route);
    }

    fn read_address_bar(self) {
        self.read(&window().location().search().unwrap_or_default());
    }
}

/// Reads the address bar and follows it from now on; for the root of the page.
pub fn provide_location() -> Location {
    let location = Location {
        route: RwSignal::new(Route::default()),
        notices: RwSignal::new(Vec::new()),
        list: RwSignal::new(None),
    };
    location.read_address_bar();
    listen("popstate", move |_| location.read_address_bar());
    listen("click", move |event| follow(location, &event));
    provide_context(location);
    location
}

/// The location that the root provided.
pub fn use_location() -> Location {
    expect_context()
}

/// The link that was followed is gone with its page, and the focus with it.
fn focus_content() {
    let main = document().get_element_by_id("main");
    if let Some(main) = main.and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        // Without it the next key begins at the top of the document: worse, but no more.
        _ = main.focus();
    }
}

/// Follows a plain click on a link to `?…` without loading the page anew.
fn follow(location: Location, event: &Event) {
    let Some(event) = event.dyn_ref::<MouseEvent>() else {
        return;
    };
    let modified = event.meta_key() || event.ctrl_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into().ok());
    let link = target.and_then(|target: Element| target.closest("a[href^='?']").ok().flatten());
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else {
        return;
    };
    if link.target().is_empty() && !link.has_attribute("download") {
        event.prevent_default();
        let (route, _) = decode(&link.search());
        location.navigate(&route);
    }
}
