//! What the server said, to the letter.

use cckm_core::problem::ServerText;
use leptos::prelude::*;

/// The server's own words, folded if they are the source of a web page.
#[component]
pub fn ServerMessage(
    /// The words.
    server: ServerText,
) -> impl IntoView {
    view! {
        <details class="words" open=!server.is_html>
            <summary>"The server's words"</summary>
            <pre tabindex="0">{server.text}</pre>
        </details>
    }
}
