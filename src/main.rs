//! Mounts the console. `boot.js` calls [`mount`] once the program has been loaded.

use cckm_console::app::App;
use js_sys::Promise;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Shows the console in the page. `config` is the pending response to the request for `config.json`, which `boot.js`
/// sends while the program is still being loaded.
#[wasm_bindgen]
pub fn mount(config: Promise) {
    leptos::mount::mount_to_body(move || view! { <App config/> });
}

/// Does nothing: a program must have this function, and runs it before it can be given anything.
fn main() {}
