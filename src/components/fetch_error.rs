//! The error of the last fetch, above the data that stays on screen.

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use leptos::html;
use leptos::prelude::*;

use super::{Banner, ErrorPanel, Tone};
use crate::hooks::{RefetchHandle, use_focus_return};

/// Shows the error of a fetch, or that the person cancelled it, and offers to fetch again. Says that something is missing
/// that is known to exist. The end of the session is not shown here: the sign-in dialog does that.
#[component]
pub fn FetchError(
    /// The fetch.
    handle: RefetchHandle,
    /// The permission of CCKM users that the request needs, where one is documented.
    permission: Option<&'static str>,
    /// Whether the page itself says that the requested object does not exist.
    #[prop(optional)]
    page_shows_not_found: bool,
) -> impl IntoView {
    let error = Memo::new(move |_| {
        let status = handle.status.read();
        let kept = status.at.is_some();
        let error = status.error.clone()?;
        let shown_elsewhere = match error {
            ApiError::SignedOut => true,
            ApiError::NotFound(_) => page_shows_not_found && !kept,
            _ => false,
        };
        (!shown_elsewhere).then_some((error, kept))
    });
    let is_missing = Memo::new(move |_| handle.status.read().misses > 0);
    let missing = move || {
        is_missing.get().then(|| {
            view! {
                <Banner tone=Tone::Info>
                    <p role="status">
                        "The server does not show it at the moment, although it exists. The servers of a cluster may lag. \
                         It is requested again."
                    </p>
                </Banner>
            }
        })
    };
    let is_cancelled = Memo::new(move |_| handle.status.read().is_cancelled);
    let error = move || {
        error.get().map(|(error, kept)| {
            let problem = error.problem(ErrorContext { shows_earlier_data: kept, permission });
            let on_retry = Callback::new(move |()| handle.refetch());
            view! { <ErrorPanel problem on_retry/> }
        })
    };
    view! {
        {missing}
        <Show when=move || is_cancelled.get()>
            <Cancelled handle/>
        </Show>
        {error}
    }
}

/// Says that the person cancelled the loading, and offers to load. It takes the focus, because the button that was pressed
/// is gone.
#[component]
fn Cancelled(
    /// The fetch.
    handle: RefetchHandle,
) -> impl IntoView {
    let button = NodeRef::<html::Button>::new();
    use_focus_return(button);
    Effect::new(move |_| {
        if let Some(button) = button.get() {
            _ = button.focus();
        }
    });
    let kept = handle.status.read_untracked().at.is_some();
    let earlier = kept.then_some(" What is on the page is from an earlier answer.");
    view! {
        <Banner tone=Tone::Info>
            <p class="banner__action">
                "Loading was cancelled." {earlier} " "
                <button type="button" class="button" node_ref=button on:click=move |_| handle.refetch()>
                    "Load"
                </button>
            </p>
        </Banner>
    }
}
