//! Answers as they were received, for reading and copying.

use leptos::task::spawn_local;

use super::clipboard;
use crate::domain::text::grouped;
use crate::reactive::RwSignal;

/// How much of an answer is put on the page, in bytes; a browser stalls on much more.
const MOST_SHOWN: usize = 1 << 20;

/// The text of `body`, or its beginning and a line that says how much is missing.
pub fn shown(body: &[u8]) -> String {
    let head = body.get(..MOST_SHOWN).unwrap_or(body);
    let text = String::from_utf8_lossy(head);
    match body.len() - head.len() {
        0 => text.into_owned(),
        rest => {
            let rest = grouped(rest);
            format!("{text}\n… {rest} bytes more: Copy JSON gives all of it")
        }
    }
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
