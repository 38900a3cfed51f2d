//! Compares the page on screen with the pages of the same list that were seen before, and says if rows moved.

use cckm_core::api::request::Request;
use cckm_core::job::page::JobPage;
use cckm_core::list::page_shift::{PageShift, SeenPages};
use cckm_core::list::pager::Pager;
use cckm_core::route::{JobListRoute, Route, encode};
use leptos::prelude::*;

use crate::components::{Banner, Tone};
use crate::hooks::Answer;

/// The pages of one list that were seen, up to the page on screen.
#[derive(Clone, PartialEq)]
struct PageHistory {
    /// The request of the list, without the position and the size of a page.
    list: Request,
    seen: SeenPages,
    shift: PageShift,
}

/// Compares the page on screen with the pages of the same list that were seen before.
pub fn use_page_shift(answer: Memo<Option<Answer<JobPage>>>) -> Memo<PageShift> {
    let history = Memo::new(move |before: Option<&Option<PageHistory>>| {
        let answer = answer.get()?;
        let mut list = answer.request.clone();
        list.query.retain(|(name, _)| name != "skip" && name != "limit");
        let mut seen = before
            .and_then(Option::as_ref)
            .filter(|before| before.list == list)
            .map(|before| before.seen.clone())
            .unwrap_or_default();
        let pager = Pager::of(&answer.value, &answer.request);
        let shift = seen.visit(pager.skip, &answer.value.ids(), pager.total);
        Some(PageHistory { list, seen, shift })
    });
    Memo::new(move |_| {
        let history = history.read();
        let shift = history.as_ref().map(|history| history.shift.clone());
        shift.unwrap_or_default()
    })
}

/// Says that the list shifted while someone paged through it.
#[component]
pub fn ShiftNotice(
    /// The shift.
    shift: Memo<PageShift>,
    /// The list.
    route: Memo<JobListRoute>,
) -> impl IntoView {
    let text = move || {
        let shift = shift.read();
        let change = match shift.change {
            0 => "The list changed while you paged.".to_owned(),
            1 => "1 job arrived while you paged.".to_owned(),
            2.. => format!("{} jobs arrived while you paged.", shift.change),
            _ => format!(
                "The list is shorter by {} than when you paged, so rows moved up: some may have moved to the \
                 previous page before you saw them.",
                shift.change.unsigned_abs()
            ),
        };
        let marked = if shift.repeated.is_empty() {
            ""
        } else {
            " The marked rows were on another page before."
        };
        change + marked
    };
    view! {
        <Show when=move || !shift.read().is_none()>
            <Banner tone=Tone::Info>
                <p>
                    {text} " "
                    <a href=move || encode(&Route::JobList(route.read().with_skip(0)))>
                        "Start from the first page"
                    </a>
                </p>
            </Banner>
        </Show>
    }
}
