//! The confirmation of a change before it is sent.

pub use cckm_core::start::Proof;
use leptos::prelude::*;
use leptos::{ev, html};

use super::Button;

/// A question to confirm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question: `Cancel this job?`
    pub title: String,
    /// The label of the button that does it: `Cancel the job`.
    pub verb: String,
    /// What the person has to type first.
    pub proof: Proof,
}

/// Asks `question` in place. It takes the focus when it appears; Escape means no.
#[component]
pub fn Confirm(
    /// The question.
    question: Question,
    /// The person confirms.
    on_yes: Callback<()>,
    /// The person declines.
    on_no: Callback<()>,
    /// The label of the button that declines.
    #[prop(default = "Cancel")]
    no: &'static str,
    /// What will happen, to how many items.
    children: Children,
) -> impl IntoView {
    let Question { title, verb, proof } = question;
    let label = title.clone();
    let typed = RwSignal::new(String::new());
    let dialog = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog.get() {
            // Brings it into view as well.
            _ = dialog.focus();
        }
    });
    let field = proof.label().map(|label| {
        let is_number = matches!(proof, Proof::Count(_));
        view! {
            <label class="field">
                <span class="field__label">{label}</span>
                <input
                    class="field__input"
                    type="text"
                    inputmode=if is_number { "numeric" } else { "text" }
                    name="count"
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| typed.set(event.target().value())
                />
            </label>
        }
    });
    let refused = move || !proof.accepts(&typed.read());
    let escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            on_no.run(());
        }
    };
    view! {
        <div
            class="confirm"
            role="alertdialog"
            aria-label=label
            tabindex="-1"
            node_ref=dialog
            on:keydown=escape
        >
            <h2 class="confirm__title">{title}</h2>
            {children()}
            {field}
            <p class="confirm__actions">
                <button
                    type="button"
                    class="button button--danger"
                    disabled=refused
                    on:click=move |_| on_yes.run(())
                >
                    {verb}
                </button>
                " "
                <Button quiet=true on_press=on_no>{no}</Button>
            </p>
        </div>
    }
}
