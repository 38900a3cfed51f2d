//! The domain of the session, and switching to another one. A server that does not list the domains, or lists only one,
//! offers no switch, and the page does not mention it.

use cckm_core::api::decode;
use cckm_core::session::auth;
use cckm_core::session::domains::{Domain, domain_label};
use leptos::prelude::*;

use crate::components::Button;
use crate::hooks::{use_remote, use_session, use_switching};

/// The domains that the user can sign in to.
#[derive(Clone, Copy)]
pub struct UseDomains {
    listed: Memo<Vec<Domain>>,
    /// The domain of the session by id or name.
    current: Memo<Option<String>>,
    is_open: RwSignal<bool>,
}

/// Fetches the domains after each sign-in.
pub fn use_domains() -> UseDomains {
    let remote = use_remote(Memo::new(|_| auth::self_domains()), decode::job_page);
    let listed = Memo::new(move |_| {
        let answer = remote.answer.read();
        answer.as_ref().map_or_else(Vec::new, |answer| Domain::all(&answer.value))
    });
    UseDomains { listed, current: use_session().domain, is_open: RwSignal::new(false) }
}

/// The name of the domain, and the button that opens the others.
#[component]
pub fn CurrentDomain(
    /// The domains.
    domains: UseDomains,
) -> impl IntoView {
    let UseDomains { listed, current, is_open } = domains;
    let name = move || {
        current.get().map(|current| {
            view! {
                <span class="header__user">"Domain " {domain_label(&current, &listed.read())}</span>
            }
        })
    };
    let can_switch = move || listed.read().len() > 1;
    view! {
        {name}
        <Show when=can_switch>
            <Button
                quiet=true
                attr:aria-expanded=move || is_open.get().to_string()
                on_press=move |()| is_open.update(|is_open| *is_open = !*is_open)
            >
                "Switch domain…"
            </Button>
        </Show>
    }
}

/// A button for each of the other domains.
#[component]
pub fn DomainChoice(
    /// The domains.
    domains: UseDomains,
) -> impl IntoView {
    let UseDomains { listed, current, is_open } = domains;
    let switching = use_switching();
    let others = move || {
        let current = current.get().unwrap_or_default();
        (listed.get().into_iter())
            .filter(|domain| !domain.is_named(&current))
            .map(|domain| {
                let name = domain.label().to_owned();
                let choose = move |()| {
                    is_open.set(false);
                    switching.switch_to(domain.label().to_owned());
                };
                view! { <li><Button quiet=true on_press=choose>{name}</Button></li> }
            })
            .collect_view()
    };
    view! {
        <Show when=move || is_open.get()>
            <section class="domains" aria-label="Domains">
                <p>"Switching takes a new token, so it asks for your password"</p>
                <ul class="domains__list">{others}</ul>
            </section>
        </Show>
    }
}
