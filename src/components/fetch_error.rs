//! The error of the last fetch, above the data that stays on screen.

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use leptos::prelude::*;

use super::{Banner, ErrorPanel, Tone};
use crate::hooks::RefetchHandle;

/// Shows the error of a fetch, and offers to fetch again. Says that something is missing that is known to exist. The end of the session is not shown here: the sign-in dialog
/// does that.
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
    let error = move || {
        error.get().map(|(error, kept)| {
            let problem = error.problem(ErrorContext { shows_earlier_data: kept, permission });
            let on_retry = Callback::new(move |()| handle.refetch());
            view! { <ErrorPanel problem on_retry/> }
        })
    };
    view! {
        {missing}
        {error}
    }
}
