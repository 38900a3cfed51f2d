//! How far a job is.

use cckm_core::format::text::{group_digits, pluralize};
use cckm_core::job::counts::Progress;
use leptos::prelude::*;

/// A bar and its numbers.
#[component]
pub fn ProgressBar(
    /// How many are finished, of how many.
    #[prop(into)]
    progress: Signal<Progress>,
    /// What is counted: one, many.
    noun: (&'static str, &'static str),
) -> impl IntoView {
    let text = move || {
        let Progress { done, total } = progress.get();
        format!("{} of {} finished", group_digits(done), pluralize(total, noun.0, noun.1))
    };
    view! {
        <div class="progress">
            <progress
                class="progress__bar"
                max=move || progress.get().total.to_string()
                value=move || progress.get().done.min(progress.get().total).to_string()
                aria-label="Progress"
            ></progress>
            <span class="progress__text">{text}</span>
        </div>
    }
}
