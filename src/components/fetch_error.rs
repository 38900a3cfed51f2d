//! The error of the last fetch, above the data that stays on screen.

use cckm_core::api::error::ApiError;
use cckm_core::api::explain::ErrorContext;
use leptos::prelude::*;

use super::ErrorPanel;
use crate::hooks::RefetchHandle;

/// Shows the error of a fetch, and offers to fetch again. The end of the session is not shown here: the sign-in dialog
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
    move || {
        error.get().map(|(error, kept)| {
            let problem = error.problem(ErrorContext { shows_earlier_data: kept, permission });
            let on_retry = Callback::new(move |()| handle.refetch());
            view! { <ErrorPanel problem on_retry/> }
        })
    }
}
