//! The dialog for signing in again or to another domain.

use cckm_core::session::phase::Phase;
use leptos::prelude::*;
use leptos::{ev, html};
use web_sys::HtmlDialogElement;

use super::form::SignInForm;
use crate::hooks::{use_session, use_switching};

/// A modal dialog over the page, open while the session has ended by itself or the person wants to switch to another
/// domain.
#[component]
pub fn SignInDialog() -> impl IntoView {
    let session = use_session();
    let switching = use_switching();
    let dialog = NodeRef::<html::Dialog>::new();
    let is_expired = Memo::new(move |_| matches!(session.phase.get(), Phase::Expired(_)));
    let is_open = Memo::new(move |_| is_expired.get() || switching.target.read().is_some());
    let follow = move |is_open| {
        if let Some(dialog) = dialog.get_untracked() {
            set_open(&dialog, is_open);
        }
    };
    Effect::new(move |_| follow(is_open.get()));
    let title = move || match switching.target.get() {
        Some(domain) => format!("Switch to the domain {domain}"),
        None => "Sign in again".to_owned(),
    };
    let cancel_on_escape = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            switching.cancel();
        }
    };
    let leave = move |_| {
        if is_expired.get_untracked() {
            session.sign_out();
        } else {
            switching.cancel();
        }
    };
    view! {
        <dialog
            class="sign-in-dialog"
            aria-labelledby="sign-in-dialog-title"
            closedby="none"
            node_ref=dialog
            on:keydown=cancel_on_escape
            // The browser sends this event for Escape.
            on:cancel=|event: ev::Event| event.prevent_default()
            // Browsers close a dialog at the second Escape even if the page prevented the first.
            on:close=move |_| follow(is_open.get_untracked())
        >
            <Show when=move || is_open.get()>
                <h2 class="sign-in__title" id="sign-in-dialog-title">{title}</h2>
                <SignInForm/>
                <button type="button" class="sign-in__out" on:click=leave>
                    {move || if is_expired.get() { "Sign out" } else { "Stay in this domain" }}
                </button>
            </Show>
        </dialog>
    }
}

/// Opens or closes `dialog` if needed. Closing restores the focus.
fn set_open(dialog: &HtmlDialogElement, is_open: bool) {
    match (dialog.open(), is_open) {
        // The browser refuses only while the dialog is not in the document.
        (false, true) => _ = dialog.show_modal(),
        (true, false) => dialog.close(),
        _ => {}
    }
}
