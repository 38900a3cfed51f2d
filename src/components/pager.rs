//! First, previous, next and last, as real links.

use cckm_core::list::pager::Pager;
use cckm_core::route::{Route, encode};
use leptos::prelude::*;

/// The links to the other pages of a list. Nothing until the position of the page is known.
#[component]
pub fn PagerBar(
    /// The position of the page on screen in its list.
    #[prop(into)]
    pager: Signal<Option<Pager>>,
    /// The list.
    #[prop(into)]
    route: Signal<Route>,
) -> impl IntoView {
    let to = move |page: fn(&Pager) -> Option<usize>| {
        Signal::derive(move || {
            let pager = pager.get()?;
            Some(encode(&route.read().with_page(page(&pager)?, pager.limit)))
        })
    };
    view! {
        <Show when=move || pager.read().is_some()>
            <nav class="pager" aria-label="Pages">
                <span class="pager__range">{move || pager.read().as_ref().map(Pager::range)}</span>
                <PagerLink label="First" href=to(Pager::first)/>
                <PagerLink label="Previous" rel="prev" href=to(Pager::previous)/>
                <PagerLink label="Next" rel="next" href=to(Pager::next)/>
                <PagerLink label="Last" href=to(Pager::last)/>
            </nav>
        </Show>
    }
}

/// Without an address it is disabled: the keyboard cannot reach it, and nobody can follow it.
#[component]
fn PagerLink(
    /// Its text.
    label: &'static str,
    /// How the page relates to the one on screen.
    #[prop(optional)]
    rel: Option<&'static str>,
    /// The address of the page, if there is one.
    href: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <a
            class="pager__link"
            role="link"
            rel=rel
            href=href
            aria-disabled=move || href.read().is_none().then_some("true")
        >
            {label}
        </a>
    }
}
