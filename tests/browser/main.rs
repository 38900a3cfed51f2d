//! What only a browser can show, with no server but a fake one. `make test` runs it in headless Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod batches;
mod focus_restore;
mod items;
mod lists;
mod location;
mod remote;
mod session;
mod sign_in;
mod start_form;
mod support;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
