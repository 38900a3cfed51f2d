//! A job's items as a bar: one segment each for what succeeded, failed, runs and waits.

use cckm_core::format::text::group_digits;
use cckm_core::job::tally::Tally;
use leptos::prelude::*;

/// The bar and its numbers. Colours repeat what the numbers and the outcome say.
#[component]
pub fn SegmentBar(
    /// What became of the items.
    #[prop(into)]
    tally: Signal<Tally>,
    /// Whether the job is finished: then everything that is not a success is a problem.
    #[prop(into)]
    is_finished: Signal<bool>,
) -> impl IntoView {
    let segments = move || {
        let tally = tally.get();
        let total = tally.total().max(1);
        let mut start = 0;
        let segments = named(tally, is_finished.get()).into_iter().filter(|&(_, count)| count > 0);
        segments
            .map(|(name, count)| {
                let (x, width) = (percent(start, total), percent(count, total));
                start += count;
                view! { <rect class=format!("bar__{name}") x=x width=width height="100%"></rect> }
            })
            .collect_view()
    };
    let has_problems = move || tally.get().problems(is_finished.get()) != 0;
    view! {
        <span class="bar">
            <svg class="bar__shape" role="img" aria-label=move || bar_label(tally.get(), is_finished.get())>
                {segments}
            </svg>
            <span
                class="bar__text"
                class:bar__text--failed=has_problems
                aria-hidden="true"
            >
                {move || numbers(tally.get(), is_finished.get())}
            </span>
        </span>
    }
}

/// The segments in their order, by the name of their colour.
fn named(tally: Tally, is_finished: bool) -> [(&'static str, usize); 5] {
    let (running, waiting) =
        if is_finished { ("problem", "problem") } else { ("running", "waiting") };
    [
        ("done", tally.succeeded),
        ("failed", tally.failed),
        ("problem", tally.other),
        (running, tally.running),
        (waiting, tally.waiting),
    ]
}

fn percent(part: usize, total: usize) -> String {
    // In thousandths, without the rounding of floating point numbers. A `usize` has 32 bits in the browser.
    let thousandths = part as u64 * 100_000 / total as u64;
    format!("{}.{:03}%", thousandths / 1_000, thousandths % 1_000)
}

/// The numbers beside the bar: `9/45` of failures, `12/45` of finished items, or `45`.
fn numbers(tally: Tally, is_finished: bool) -> String {
    let total = group_digits(tally.total());
    match tally.problems(is_finished) {
        0 if tally.total() == 0 => "–".to_owned(),
        0 if is_finished => total,
        0 => format!("{}/{total}", group_digits(tally.finished())),
        problems => format!("{}/{total}", group_digits(problems)),
    }
}

/// What the bar shows, in words.
pub fn bar_label(tally: Tally, is_finished: bool) -> String {
    let total = group_digits(tally.total());
    let problems = group_digits(tally.problems(is_finished));
    let finished = group_digits(tally.finished());
    match (is_finished, tally.problems(is_finished)) {
        _ if tally.total() == 0 => "No items reported".to_owned(),
        (true, 0) => format!("All {total} succeeded"),
        (true, _) if tally.problems(true) == tally.failed => {
            format!("{problems} of {total} failed")
        }
        (true, _) => format!("{problems} of {total} did not succeed"),
        (false, 0) => format!("{finished} of {total} finished"),
        (false, _) => format!("{finished} of {total} finished, {problems} failed"),
    }
}
