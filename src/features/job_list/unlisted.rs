//! A family whose jobs the API cannot list: they are opened by their id. The browser remembers the ids of the jobs
//! that were opened or started in it.

use cckm_core::family::Family;
use cckm_core::format::text::{capitalize, pluralize};
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::start::known_ids::{KnownIds, MAX_IDS};
use leptos::prelude::*;
use leptos::{ev, html};

use crate::browser::storage;
use crate::components::{Button, Confirm, EmptyState, Proof, Question};
use crate::hooks::{KnownIdStore, use_focus_restore, use_known_ids, use_location};

/// How to open a job of `family`, and the ids that the browser remembers.
#[component]
pub fn UnlistedJobs(
    /// The family.
    family: &'static Family,
) -> impl IntoView {
    let location = use_location();
    let open = move |event: ev::Targeted<ev::Event, web_sys::HtmlInputElement>| {
        let id = event.target().value().trim().to_owned();
        if !id.is_empty() {
            location.navigate(&Route::Job(JobRoute::new(family, id)));
        }
    };
    view! {
        <EmptyState title="The API has no list of these jobs">
            <p>{format!("{} can be opened by their id.", capitalize(family.title))}</p>
            <label class="field field--wide">
                <span class="field__label">"Job id"</span>
                <input
                    class="field__input"
                    type="text"
                    name="id"
                    autocomplete="off"
                    spellcheck="false"
                    on:change:target=open
                />
            </label>
        </EmptyState>
        <KnownJobs family/>
    }
}

/// The remembered ids. Each can be forgotten, and all of them after a question.
#[component]
fn KnownJobs(
    /// The family.
    family: &'static Family,
) -> impl IntoView {
    let store = use_known_ids(family);
    let known = RwSignal::new(store.load());
    let (is_confirming, set_confirming) = signal(false);
    let section = NodeRef::<html::Section>::new();
    let close = move || {
        set_confirming.set(false);
        // The focused button of the question is gone.
        if let Some(section) = section.get_untracked() {
            _ = section.focus();
        }
    };
    let forget_all = Callback::new(move |()| {
        store.forget_all();
        known.set(store.load());
        close();
    });
    let question = move || {
        let count = known.read_untracked().ids().len();
        let question = Question {
            title: format!("Forget {}?", pluralize(count, "id", "ids")),
            verb: "Forget all".to_owned(),
            proof: Proof::None,
        };
        view! {
            <Confirm question on_yes=forget_all on_no=Callback::new(move |()| close())>
                <p>
                    "The jobs themselves stay. The API cannot list them, so you need its id to open one later."
                </p>
            </Confirm>
        }
    };
    view! {
        <section class="known" tabindex="-1" aria-labelledby="known-title" node_ref=section>
            <h2 id="known-title">"What this browser knows"</h2>
            <Show when=move || is_confirming.get() fallback=move || {
                view! {
                    <KnownIdsNote known/>
                    <Show when=move || !known.read().ids().is_empty()>
                        <KnownIdList family store known/>
                        <p>
                            <Button quiet=true on_press=move |()| set_confirming.set(true)>
                                "Forget all…"
                            </Button>
                        </p>
                    </Show>
                }
            }>{question()}</Show>
        </section>
    }
}

/// Which ids are remembered, and where.
#[component]
fn KnownIdsNote(
    /// The remembered ids.
    known: RwSignal<KnownIds>,
) -> impl IntoView {
    let text = move || {
        if !storage::is_allowed() {
            "This browser does not let the page store anything, so ids are not remembered."
                .to_owned()
        } else if known.read().ids().is_empty() {
            "No id yet. A job that is opened or started here is remembered by its id, in this browser only."
                .to_owned()
        } else {
            format!(
                "The ids of the jobs that were opened or started in this browser, at most the last {MAX_IDS}. There may \
                 be other jobs: the server does not list them."
            )
        }
    };
    view! { <p class="known__note">{text}</p> }
}

#[component]
fn KnownIdList(
    /// The family of the jobs.
    family: &'static Family,
    /// Where the ids are stored.
    store: KnownIdStore,
    /// The remembered ids.
    known: RwSignal<KnownIds>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let (is_unsaved, set_unsaved) = signal(false);
    let ids = Signal::derive(move || known.read().ids().to_vec());
    use_focus_restore(move || list.get().map(Into::into), ids);
    let row = move |id: String| {
        let href = encode(&Route::Job(JobRoute::new(family, id.clone())));
        let label = format!("Forget {id}");
        let text = id.clone();
        let forget = move |()| {
            set_unsaved.set(store.forget(&id).is_err());
            known.set(store.load());
        };
        view! {
            <li class="known__row">
                <a href=href>{text}</a>
                <Button quiet=true attr:aria-label=label on_press=forget>"Forget"</Button>
            </li>
        }
    };
    view! {
        <Show when=move || is_unsaved.get()>
            <p role="alert">"The browser could not save this change: the id is still stored."</p>
        </Show>
        <ul class="known__list" node_ref=list>
            <For each=move || ids.get() key=Clone::clone children=row/>
        </ul>
    }
}
