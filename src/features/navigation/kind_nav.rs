//! The picker of kinds: all jobs, batches, and the families by cloud.

use cckm_core::family::{FAMILIES, Family};
use cckm_core::format::text::capitalize;
use cckm_core::route::{AllJobsRoute, BatchRoute, JobListRoute, Page, Route, encode};
use leptos::ev::{Event, Targeted};
use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::browser::page::scroll_sideways_to;
use crate::hooks::use_location;

/// Links to all jobs, the batches and the lists of the families. A field opens any other family by its path.
#[component]
pub fn KindNav(
    /// The page on screen.
    shown: Memo<Page>,
) -> impl IntoView {
    let family = Memo::new(move |_| match &*shown.read() {
        Page::JobList(family) | Page::Job(family, _) => Some(*family),
        Page::Start(start) => Some(start.family),
        Page::AllJobs | Page::Batch(..) => None,
    });
    let list = NodeRef::<html::Ul>::new();
    // In a narrow window the links are one line that scrolls.
    Effect::new(move |_| {
        shown.read();
        request_animation_frame(move || {
            if let Some(list) = list.try_get_untracked().flatten()
                && let Ok(Some(current)) = list.query_selector("[aria-current=true]")
            {
                scroll_sideways_to(&list, &current);
            }
        });
    });
    let clouds = FAMILIES
        .chunk_by(|one, next| one.cloud == next.cloud)
        .map(|families| view! { <CloudGroup families family/> })
        .collect_view();
    view! {
        <nav class="kinds" aria-label="Kinds of jobs">
            <ul node_ref=list>
                <li class="kinds__group">
                    <ul>
                        <KindLink
                            route=Route::AllJobs(AllJobsRoute::default())
                            is_current=Signal::derive(move || *shown.read() == Page::AllJobs)
                        >
                            "All jobs"
                        </KindLink>
                        <KindLink
                            route=Route::Batch(BatchRoute::default())
                            is_current=Signal::derive(move || {
                                matches!(&*shown.read(), Page::Batch(..))
                            })
                        >
                            "Batches"
                        </KindLink>
                    </ul>
                </li>
                {clouds}
                <OtherKind/>
            </ul>
        </nav>
    }
}

/// The families of one cloud.
#[component]
fn CloudGroup(
    /// The families, at least one.
    families: &'static [Family],
    /// The family on screen.
    family: Memo<Option<&'static Family>>,
) -> impl IntoView {
    let links = families
        .iter()
        .map(|own| {
            view! {
                <KindLink
                    route=Route::JobList(JobListRoute::new(own))
                    is_current=Signal::derive(move || family.get() == Some(own))
                    // A screen reader that moves from link to link does not read the heading with the cloud.
                    label=own.full_name()
                >
                    {capitalize(own.title)}
                </KindLink>
            }
        })
        .collect_view();
    view! {
        <li class="kinds__group">
            <span class="kinds__cloud">{families[0].cloud}</span>
            <ul>{links}</ul>
        </li>
    }
}

#[component]
fn KindLink(
    /// Where it leads.
    route: Route,
    /// Whether its page is on screen.
    is_current: Signal<bool>,
    /// Its accessible name, if that is not its text.
    #[prop(optional, into)]
    label: Option<String>,
    /// Its text.
    children: Children,
) -> impl IntoView {
    view! {
        <li>
            <a
                class="kinds__link"
                href=encode(&route)
                aria-label=label
                aria-current=move || is_current.get().then_some("true")
            >
                {children()}
            </a>
        </li>
    }
}

/// The field for the path of a family that is not in the table, with or without a leading `v1/cckm/`.
#[component]
fn OtherKind() -> impl IntoView {
    let location = use_location();
    let is_refused = RwSignal::new(false);
    let open = move |event: Targeted<Event, HtmlInputElement>| {
        let input = event.target();
        let typed = input.value();
        let path = typed.trim();
        let path = path.rsplit_once("v1/cckm/").map_or(path, |(_, path)| path);
        let family = Family::resolve(path.trim_matches('/'));
        is_refused.set(family.is_none() && !path.is_empty());
        if let Some(family) = family {
            input.set_value("");
            location.navigate(&Route::JobList(JobListRoute::new(family)));
        }
    };
    view! {
        <li class="kinds__group">
            <label class="field kinds__other">
                <span class="field__label">"Other kind…"</span>
                <input
                    class="field__input"
                    type="text"
                    name="path"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="Path of the API"
                    on:change:target=open
                />
            </label>
            <Show when=move || is_refused.get()>
                <span class="kinds__why" role="alert">"This is no path such as aws/bulkjob"</span>
            </Show>
        </li>
    }
}
