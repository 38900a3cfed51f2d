//! The server's error message, verbatim.

use cckm_core::problem::ServerText;
use leptos::prelude::*;

/// The server's message, collapsed if it is the source of a web page.
#[component]
pub fn ServerMessage(
    /// The message.
    server: ServerText,
) -> impl IntoView {
    view! {
        <details class="verbatim" open=!server.is_html>
            <summary>"Message from the server"</summary>
            <pre tabindex="0">{server.text}</pre>
        </details>
    }
}
