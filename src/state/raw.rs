//! Answers as they were received, for reading, copying and saving.

use std::mem;
use std::time::Duration;

use leptos::prelude::document;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Uint8Array};
use web_sys::{Blob, HtmlAnchorElement, Url};

use crate::reactive::RwSignal;
use crate::state::clipboard;
use crate::state::timer::Timer;
use cckm_core::format::text::grouped;

/// How much of an answer is put on the page, in bytes; a browser stalls on much more.
const MOST_SHOWN: usize = 1 << 20;

/// How long a browser may take to begin to save what it was given.
const SAVING: Duration = Duration::from_secs(60);

/// The text of `body`, or its beginning and a line that says how much is missing.
pub fn shown(body: &[u8]) -> String {
    let mut cut = body.len().min(MOST_SHOWN);
    // Not within a character.
    while body.get(cut).is_some_and(|byte| byte & 0xC0 == 0x80) {
        cut -= 1;
    }
    let text = String::from_utf8_lossy(&body[..cut]);
    match body.len() - cut {
        0 => text.into_owned(),
        rest => {
            let rest = grouped(rest);
            format!("{text}\n… {rest} bytes more: Download JSON gives all of it")
        }
    }
}

/// Lets the browser save the whole of `body` as the file `name`.
pub fn save(body: &[u8], name: &str) {
    // Refused by no browser that runs this page: then nothing is saved.
    _ = try_save(body, name);
}

fn try_save(body: &[u8], name: &str) -> Result<(), JsValue> {
    let parts = Array::of1(&Uint8Array::from(body));
    let url = Url::create_object_url_with_blob(&Blob::new_with_u8_array_sequence(&parts)?)?;
    let link: HtmlAnchorElement = document().create_element("a")?.unchecked_into();
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Not before the browser has read it; the timer ends by itself.
    mem::forget(Timer::start(SAVING, move || {
        _ = Url::revoke_object_url(&url);
    }));
    Ok(())
}

/// Copies the whole of `body`, and says into `said` what came of it.
pub fn copy(body: &[u8], said: RwSignal<String>) {
    copy_text(
        String::from_utf8_lossy(body).into_owned(),
        said,
        "Copied".to_owned(),
    );
}

/// Copies `text`, and says `done` into `said`, or why not.
pub fn copy_text(text: String, said: RwSignal<String>, done: String) {
    spawn_local(async move {
        let outcome = clipboard::copy(&text).await;
        said.set(outcome.map_or_else(str::to_owned, |()| done));
    });
}
