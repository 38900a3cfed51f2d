//! The answer as received: to read, to copy, to save.

use cckm_core::format::text::group_digits;
use leptos::prelude::*;

use super::{Button, CopyButton, Disclosure};
use crate::browser::download;
use crate::hooks::UseRemote;

/// How much of an answer is rendered, in bytes; a browser stalls on much more.
const MAX_SHOWN: usize = 1 << 20;

/// The last answer of `data`, opened on request.
#[component]
pub fn ReceivedJson<T: Send + Sync + 'static>(
    /// What was fetched.
    data: UseRemote<T>,
) -> impl IntoView {
    let answer = data.answer;
    let shown = move || {
        let answer = answer.read();
        answer.as_ref().map(|answer| beginning(&answer.body))
    };
    let whole = Signal::derive(move || {
        let answer = answer.read();
        let body = answer.as_ref().map(|answer| String::from_utf8_lossy(&answer.body).into_owned());
        body.unwrap_or_default()
    });
    let save = move |()| {
        if let Some(answer) = &*answer.read_untracked() {
            // The browser makes a file name of the path.
            download::save(&answer.body, &format!("{}.json", answer.request.path));
        }
    };
    view! {
        <Disclosure label="JSON as received">
            <p>
                <Button quiet=true on_press=save>"Download JSON"</Button>
                <CopyButton label="Copy JSON" text=whole/>
            </p>
            <pre class="raw__text" tabindex="0" role="region" aria-label="JSON as received">
                {shown}
            </pre>
        </Disclosure>
    }
}

/// The text of `body`, or its beginning and a line that says how much is missing.
fn beginning(body: &[u8]) -> String {
    let mut end = body.len().min(MAX_SHOWN);
    // Not within a character.
    while body.get(end).is_some_and(|byte| byte & 0xC0 == 0x80) {
        end -= 1;
    }
    let text = String::from_utf8_lossy(&body[..end]);
    match body.len() - end {
        0 => text.into_owned(),
        rest => {
            format!("{text}\n… {} more bytes: use Download JSON to get all", group_digits(rest))
        }
    }
}
