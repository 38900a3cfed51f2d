//! Following links, the history, and the title of the tab.

use std::cell::Cell;
use std::rc::Rc;

use cckm_console::hooks::{UseLocation, provide_location, use_title};
use cckm_core::route::{Route, encode};
use gloo_timers::future::TimeoutFuture;
use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use crate::support::{Mounted, mount, settle};

/// Links, and the content that takes the focus.
fn mount_links() -> Mounted<UseLocation> {
    mount(|| {
        let location = provide_location();
        use_title("Console".to_owned());
        let view = view! {
            <a href="?jobs=azure/bulkjobs">"A list"</a>
            <a href="?jobs=azure/bulkjobs" download="file">"A download"</a>
            <b>{move || encode(&location.route.read())}</b>
            <main tabindex="-1" node_ref=location.content></main>
        };
        (location, view)
    })
}

fn address() -> String {
    window().location().search().unwrap()
}

fn go_home() {
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some("?")).unwrap();
}

/// Whether the page has taken over a click on the element for `selector`. `keys` are members of `MouseEventInit`. The
/// browser itself must not follow the link, which would end the tests.
fn click(page: &Mounted<UseLocation>, selector: &str, keys: &str) -> bool {
    let new_click =
        format!("return new MouseEvent('click', {{ bubbles: true, cancelable: true, {keys} }})");
    let click = Function::new_no_args(&new_click).call0(&JsValue::NULL).unwrap();
    let is_taken = Rc::new(Cell::new(false));
    let seen = Rc::clone(&is_taken);
    let listener = window_event_listener_untyped("click", move |event: Event| {
        seen.set(event.default_prevented());
        event.prevent_default();
    });
    page.find(selector).dispatch_event(click.unchecked_ref()).unwrap();
    listener.remove();
    is_taken.get()
}

#[wasm_bindgen_test]
async fn link_to_a_query_is_followed_without_loading_the_document() {
    go_home();
    let page = mount_links();
    settle().await;
    assert_eq!(document().title(), "Jobs · Console");

    assert!(click(&page, "a", ""));
    let at_once = address();
    settle().await;
    assert_eq!(
        address(),
        "?jobs=azure/bulkjobs",
        "at once {at_once}, shown {}, title {}, {} {:?}",
        page.find("b").inner_text(),
        document().title(),
        document().body().unwrap().inner_html(),
        page.value.notices.get_untracked()
    );
    assert_eq!(page.find("b").inner_text(), "?jobs=azure/bulkjobs");
    assert_eq!(document().title(), "Azure bulk operations · Console");
    let focused = document().active_element().unwrap();
    assert_eq!(focused.tag_name(), "MAIN");

    window().history().unwrap().back().unwrap();
    TimeoutFuture::new(100).await;
    assert_eq!(page.value.route.get_untracked(), Route::default());
    assert_eq!(document().title(), "Jobs · Console");
    go_home();
}

#[wasm_bindgen_test]
async fn link_clicked_with_a_modifier_or_to_download_is_left_to_the_browser() {
    go_home();
    let page = mount_links();
    for (selector, keys) in
        [("a", "ctrlKey: true"), ("a", "shiftKey: true"), ("a", "button: 1"), ("a[download]", "")]
    {
        assert!(!click(&page, selector, keys), "{selector} {keys}");
    }
    assert_eq!(page.value.route.get_untracked(), Route::default());
}

#[wasm_bindgen_test]
async fn location_of_an_address_with_unusable_parts_tells_them() {
    let history = window().history().unwrap();
    history.replace_state_with_url(&JsValue::NULL, "", Some("?jobs=no%20such%20kind")).unwrap();
    let page = mount_links();
    assert_eq!(page.value.notices.read_untracked().len(), 1);
    page.value.replace(&Route::default());
    assert!(page.value.notices.read_untracked().is_empty());
    go_home();
}
