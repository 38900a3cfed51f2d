//! The outcome of a job as word and shape, with the status of the server at hand.

use cckm_core::format::time::Timestamp;
use cckm_core::job::outcome::Outcome;
use cckm_core::job::status::JobStatus;
use cckm_core::job::tally::Tally;
use leptos::prelude::*;

use super::Mark;
use crate::hooks::use_stuck_rule;

/// What decides the outcome of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The status of the job.
    pub status: JobStatus,
    /// The status as the API wrote it.
    pub word: Option<String>,
    /// What became of its items.
    pub tally: Tally,
    /// When the job last changed.
    pub changed: Option<Timestamp>,
}

/// The outcome of a job: `Partly failed`, and where there is room `Partly failed (9 of 45)`.
#[component]
pub fn OutcomeBadge(
    /// What decides it.
    #[prop(into)]
    evidence: Signal<Evidence>,
    /// Whether it shows its numbers.
    #[prop(optional)]
    full: bool,
) -> impl IntoView {
    let rule = use_stuck_rule();
    let outcome = Memo::new(move |_| {
        let Evidence { status, tally, changed, .. } = *evidence.read();
        // Only a running job may become stuck, so only its outcome follows the clock.
        let rule = if status.is_running() { rule.get() } else { rule.get_untracked() };
        let outcome = Outcome::new(status, &tally, changed, rule);
        let idle = (outcome == Outcome::Stuck).then(|| rule.idle_ms(changed)).flatten();
        // By the minute, so that the text does not change each second.
        (outcome, idle.map(|ms| ms / 60_000 * 60_000))
    });
    move || {
        let (outcome, idle) = outcome.get();
        let Evidence { status, word, tally, .. } = evidence.get();
        let described = outcome.describe(&tally, word.as_deref(), idle);
        let word = word.filter(|word| !word.trim().is_empty());
        let word = word.unwrap_or_else(|| "no status".to_owned());
        let derived = if status.is_derived() { ", abort: true" } else { "" };
        let title = format!("{described}. The API says: {word}{derived}");
        // What only the server's word describes needs that word.
        let label =
            if full || outcome == Outcome::Other { described } else { outcome.label().to_owned() };
        view! { <Mark key=outcome.as_str() label title/> }
    }
}
