//! What the console has observed of a job since its page was opened.

use cckm_core::family::Family;
use cckm_core::format::time::{Timestamp, format_duration};
use cckm_core::job::Job;
use cckm_core::job::counts::ItemCounts;
use cckm_core::job::tally::Tally;
use leptos::prelude::*;

use crate::browser::local_time::local_time;
use crate::components::{Time, bar_label};
use crate::hooks::{Answer, use_clock};

/// How many changes are kept. A running job changes with each answer.
const MAX_CHANGES: usize = 200;

/// One observed state of the job.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    at: Timestamp,
    word: String,
    tally: Tally,
}

/// The observed changes. From [`use_timeline`].
#[derive(Clone, Copy)]
pub struct UseTimeline {
    changes: RwSignal<Vec<Change>>,
}

/// Records each answer that shows a change of the job, which is of `family`.
pub fn use_timeline(answer: Memo<Option<Answer<Job>>>, family: &'static Family) -> UseTimeline {
    let changes = RwSignal::new(Vec::<Change>::new());
    // Not derived, because earlier answers are not kept.
    Effect::new(move |_| {
        let answer = answer.read();
        let Some(answer) = &*answer else { return };
        let job = &answer.value;
        let tally = Tally::new(job, family, &ItemCounts::new(&job.items));
        let word = job.status_text().unwrap_or_default();
        let is_same = |last: &Change| last.tally == tally && last.word == word;
        if !changes.read_untracked().last().is_some_and(is_same) {
            changes.update(|changes| {
                if changes.len() == MAX_CHANGES {
                    changes.remove(1);
                }
                changes.push(Change { at: answer.at, word, tally });
            });
        }
    });
    UseTimeline { changes }
}

/// The times that the job reports, and the changes that were observed.
#[component]
pub fn Timeline(
    /// The job.
    answer: Memo<Answer<Job>>,
    /// What was observed.
    timeline: UseTimeline,
) -> impl IntoView {
    let now = use_clock();
    let reported = move || {
        let answer = answer.read();
        let job = &answer.value;
        let times = [("Created", job.created_at()), ("Ended", job.ended_at())];
        let times = times.into_iter().filter_map(|(what, at)| Some((what, at?)));
        times
            .map(|(what, at)| {
                view! { <li class="timeline__entry"><Time at=local_time(at)/> " " {what} ", as the job reports"</li> }
            })
            .collect_view()
    };
    let since = move || {
        let changes = timeline.changes.read();
        let first = changes.first()?;
        let duration = format_duration(now.get().ms_since(first.at).max(0) / 1_000 * 1_000);
        Some(format!("Observed by this page for {duration}. The API keeps no history of a job."))
    };
    let observed = move || {
        let changes = timeline.changes.get().into_iter();
        changes.map(|change| {
            let text = describe(&change);
            view! { <li class="timeline__entry"><Time at=local_time(change.at)/> " " {text}</li> }
        }).collect_view()
    };
    view! {
        <section class="timeline" aria-labelledby="timeline-title">
            <h2 id="timeline-title">"Timeline"</h2>
            <p class="timeline__note">{since}</p>
            <ol class="timeline__list">{reported} {observed}</ol>
        </section>
    }
}

/// The observed state in words.
fn describe(change: &Change) -> String {
    let Change { word, tally, .. } = change;
    let counts = bar_label(*tally, tally.running + tally.waiting == 0);
    if word.is_empty() { counts } else { format!("{word}: {counts}") }
}
