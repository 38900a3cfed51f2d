//! What only a browser can show. `make test` runs it in headless Chromium.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::expect_used)]

mod items;
mod kept_focus;
mod support;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
