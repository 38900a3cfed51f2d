//! How the page of a list on screen fits those seen before it, and what is said of it.

use crate::components::banner;
use crate::reactive::Signal;
use crate::state::remote::Answer;
use crate::view::{View, el};
use cckm_core::api::request::Request;
use cckm_core::job::page::JobPage;
use cckm_core::list::page_shift::{PageShift, SeenPages};
use cckm_core::list::pager::Pager;
use cckm_core::route::{JobsRoute, Route, USUAL_LIMIT, encode};

/// Where the page on screen stands, which may not yet be the one that the address asks for.
pub fn place(answer: &Answer<JobPage>) -> Pager {
    let asked = |name| answer.request.parameter(name)?.parse().ok();
    let limit = asked("limit").unwrap_or(USUAL_LIMIT);
    Pager::of(&answer.value, asked("skip").unwrap_or(0), limit)
}

/// How the page on screen fits those seen before it of the same list.
pub fn use_drift(page: Signal<Option<Answer<JobPage>>>) -> Signal<PageShift> {
    let memory = Signal::memo(
        move |before: Option<&Option<(Request, SeenPages, PageShift)>>| {
            let page = page.get()?;
            let mut list = page.request.clone();
            list.query.retain(|(name, _)| name != "skip");
            let before = before.and_then(Option::as_ref);
            let same = before.filter(|(seen, ..)| *seen == list);
            let mut ledger = same
                .map(|(_, ledger, _)| ledger.clone())
                .unwrap_or_default();
            let pager = place(&page);
            let drift = ledger.visit(pager.skip, &page.value.ids(), pager.total);
            Some((list, ledger, drift))
        },
    );
    Signal::derive(move || {
        let drift = memory.with(|seen| seen.as_ref().map(|(.., drift)| drift.clone()));
        drift.unwrap_or_default()
    })
}

/// Tells that the list moved while someone paged through it.
pub fn moved(drift: &PageShift, route: &JobsRoute) -> View {
    if drift.is_still() {
        return View::none();
    }
    let marked = if drift.repeated.is_empty() {
        ""
    } else {
        " Rows moved on: those marked stood on another page before."
    };
    let text = match drift.change {
        0 => format!("The list changed while you paged.{marked}"),
        1 => format!("1 job arrived while you paged.{marked}"),
        2.. => format!("{} jobs arrived while you paged.{marked}", drift.change),
        _ => format!(
            "The list is shorter by {} than when you paged, so rows moved up: some may have gone to \
             the page before unseen.{marked}",
            drift.change.unsigned_abs()
        ),
    };
    let start = encode(&Route::Jobs(route.at(0)));
    let link = el("a")
        .set("href", start)
        .child("Start from the first page");
    let what = el("p").child(text).child(" ").child(link);
    banner("info", vec![what.into()]).into()
}
