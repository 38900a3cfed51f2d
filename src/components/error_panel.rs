//! An error: what happened, what it means, what to do, and the server's message.

use cckm_core::problem::Problem;
use leptos::prelude::*;

use super::{Button, ServerMessage};

/// Shows `problem`, above rows that are kept or alone where there are none. Offers to try again where that may help.
#[component]
pub fn ErrorPanel(
    /// What went wrong.
    problem: Problem,
    /// The person wants to try again.
    on_retry: Callback<()>,
) -> impl IntoView {
    let retry = problem.can_retry.then(|| view! { <Button on_press=on_retry>"Try again"</Button> });
    view! {
        <div class="error" role="alert">
            <h2 class="error__title">{problem.title}</h2>
            <p>{problem.explanation}</p>
            {problem.server_text.map(|server| view! { <ServerMessage server/> })}
            {retry}
        </div>
    }
}
