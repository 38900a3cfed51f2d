//! Saves data as a file of the person.

use gloo_file::{Blob, ObjectUrl};
use gloo_timers::future::TimeoutFuture;
use leptos::prelude::document;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlAnchorElement;

/// How long a browser may take to begin to save, in milliseconds.
const BEGINS_WITHIN_MS: u32 = 60_000;

/// Has the browser save `body` as the file `name`.
pub fn save(body: &[u8], name: &str) {
    let Ok(link) = document().create_element("a") else {
        return;
    };
    let link: HtmlAnchorElement = link.unchecked_into();
    let url = ObjectUrl::from(Blob::new(body));
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The URL is revoked when it is dropped, which must not be before the browser has read it.
    spawn_local(async move {
        TimeoutFuture::new(BEGINS_WITHIN_MS).await;
        drop(url);
    });
}
