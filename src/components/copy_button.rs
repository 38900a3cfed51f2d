//! A button that copies a text and says whether it did.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Button;
use crate::browser::clipboard;

/// Copies `text` when pressed, and shows the result until the next press.
#[component]
pub fn CopyButton(
    /// Its label.
    #[prop(into)]
    label: Signal<String>,
    /// The text to copy; read only when the button is pressed.
    #[prop(into)]
    text: Signal<String>,
    /// The message after copying.
    #[prop(into, default = Signal::stored("Copied".to_owned()))]
    done: Signal<String>,
) -> impl IntoView {
    let (outcome, set_outcome) = signal(String::new());
    let copy = move |()| {
        let (text, done) = (text.get_untracked(), done.get_untracked());
        spawn_local(async move {
            let copied = clipboard::copy(&text).await;
            // The button may be gone by now.
            set_outcome.try_set(copied.map_or_else(str::to_owned, |()| done));
        });
    };
    view! {
        <span class="copy">
            <Button quiet=true on_press=copy>{label}</Button>
            <span class="copy__outcome" role="status">{outcome}</span>
        </span>
    }
}
