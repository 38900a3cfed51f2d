//! The outcome of a job as word and shape, with the status of the server at hand.

use cckm_core::format::time::Timestamp;
use cckm_core::job::outcome::{Outcome, StuckRule};
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
    let badge = Memo::new(move |_| {
        let evidence = evidence.read();
        // Only a running job may become stuck, so only its outcome follows the clock.
        let is_running = evidence.status.is_running();
        Badge::new(&evidence, if is_running { rule.get() } else { rule.get_untracked() }, full)
    });
    move || {
        let Badge { key, label, title } = badge.get();
        view! { <Mark key label title/> }
    }
}

/// What the badge shows.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Badge {
    key: &'static str,
    label: String,
    title: String,
}

impl Badge {
    fn new(evidence: &Evidence, rule: StuckRule, full: bool) -> Self {
        let Evidence { status, word, tally, changed } = evidence;
        let outcome = Outcome::new(*status, tally, *changed, rule);
        // By the minute, so that the text does not change each second.
        let idle = rule.idle_ms(*changed).map(|ms| ms / 60_000 * 60_000);
        let described = outcome.describe(tally, word.as_deref(), idle);
        let word = word.as_deref().filter(|word| !word.trim().is_empty());
        let derived = if status.is_derived() { ", abort: true" } else { "" };
        Self {
            key: outcome.as_str(),
            title: format!("{described}. The API says: {}{derived}", word.unwrap_or("no status")),
            // What only the server's word describes needs that word.
            label: if full || outcome == Outcome::Other {
                described
            } else {
                outcome.label().to_owned()
            },
        }
    }
}
