//! Shown for a job without items.

use cckm_core::job::Job;
use cckm_core::job::details::{Detail, DetailValue};
use leptos::prelude::*;

use crate::components::EmptyState;
use crate::hooks::Answer;

/// That the job has no items, and what it says instead.
#[component]
pub fn NoItems(
    /// The job.
    answer: Signal<Answer<Job>>,
    /// What items are called.
    many: &'static str,
) -> impl IntoView {
    let may_run = Memo::new(move |_| answer.read().value.may_run());
    let messages = Memo::new(move |_| answer.read().value.messages());
    move || {
        let messages = messages.get();
        let (title, why) = match (may_run.get(), messages.is_empty()) {
            (true, true) => {
                let why = "The job has not reported anything yet. Items appear here when it does.";
                (format!("No {many} yet"), Some(why))
            }
            (true, false) => (format!("No {many} yet"), None),
            (false, true) => (format!("No {many}"), Some("The job reported no single items.")),
            (false, false) => (format!("No {many}. The job says:"), None),
        };
        let messages = messages.into_iter().map(message).collect_view();
        view! {
            <EmptyState title>
                {why.map(|why| view! { <p>{why}</p> })}
                {messages}
            </EmptyState>
        }
    }
}

fn message(message: Detail) -> impl IntoView {
    let text = match message.value {
        DetailValue::Text(text) | DetailValue::Instant(_, text) => text,
        DetailValue::List(first, _) => first.join("\n"),
    };
    view! { <p class="empty__message"><code>{message.member}</code> ": " {text}</p> }
}
