//! Decides between the console and the sign-in page.

use leptos::prelude::*;

use super::dialog::SignInDialog;
use super::form::SignInForm;
use crate::hooks::use_session;

/// Shows its children while someone is signed in, or was until the session ended by itself, and the sign-in page
/// otherwise.
#[component]
pub fn SignInGate(
    /// The name of the console.
    title: String,
    /// The console. Another user, or another domain, gets a new one.
    children: ChildrenFn,
) -> impl IntoView {
    let session = use_session();
    let is_signed_out = Memo::new(move |_| session.phase.get().is_signed_out());
    let user = move || (!is_signed_out.get()).then(|| session.user_epoch.get());
    view! {
        // By key, so that no element, and nothing typed into one, passes from one user to the next.
        <For each=user key=|user| *user children=move |_| children()/>
        <Show when=move || is_signed_out.get()>
            <SignInPage title=title.clone()/>
        </Show>
        <SignInDialog/>
        <IdleWarning/>
    }
}

/// The page for signing in.
#[component]
fn SignInPage(
    /// The name of the console.
    title: String,
) -> impl IntoView {
    view! {
        <main class="sign-in">
            <div class="sign-in__card">
                <h1 class="sign-in__title">{title}</h1>
                <SignInForm/>
                <p class="sign-in__hint">
                    "The session is kept in the memory of this page only: reloading or closing the page \
                     ends it. The address stays, so a link opens what it names after signing in."
                </p>
            </div>
        </main>
    }
}

/// Warns of the idle sign-out. Any activity ends the warning, a click on its button included.
#[component]
fn IdleWarning() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.warns.get()>
            <div class="banner banner--warning idle" role="alert">
                <p>"You will soon be signed out because of inactivity."</p>
                <button type="button" class="button">"Stay signed in"</button>
            </div>
        </Show>
    }
}
