//! The header of the console.

use leptos::prelude::*;

use super::domains::{CurrentDomain, DomainChoice, use_domains};
use crate::components::Button;
use crate::hooks::use_session;

/// Shows the name of the console, the user, the domain and the sign-out button. The list of other domains opens below.
#[component]
pub fn Header(
    /// The name of the console.
    title: String,
) -> impl IntoView {
    let session = use_session();
    let domains = use_domains();
    view! {
        <header class="header">
            <a class="header__name" href="?">{title}</a>
            <span class="header__user">{move || session.user.get()}</span>
            <CurrentDomain domains/>
            <Button quiet=true on_press=move |()| session.sign_out()>"Sign out"</Button>
        </header>
        <DomainChoice domains/>
    }
}
