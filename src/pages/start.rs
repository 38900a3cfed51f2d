//! Starting a job: the form of its family, the last question, and what became of it.

use crate::components::{banner, empty_state, error_panel, skeleton};
use crate::pages::start_form::{start_form, words};
use crate::pages::start_outcome::outcome;
use crate::reactive::{Callback, Signal, effect};
use crate::state::desk::{Desk, Twins, seen_twins, unresolved, use_clerk, use_desk};
use crate::state::use_remote::{Asking, use_remote};
use crate::view::{View, dynamic, el, several};
use cckm_core::api::explain::About;
use cckm_core::api::{decode, requests};
use cckm_core::family::Family;
use cckm_core::family::start_api::StartApi;
use cckm_core::format::text::cut;
use cckm_core::problem::Problem;
use cckm_core::route::{JobRoute, JobsRoute, Page, Route, StartRoute, encode};
use cckm_core::start::prefill;

/// The form for starting what `named` names.
pub fn start_page(named: StartRoute) -> View {
    let family = named.family;
    let words = words(family, named.edit);
    let title = format!("{} {}", words.title, family.name());
    let title = el("h1").class("page__title").child(title);
    let list = encode(&Route::Jobs(JobsRoute::of(family)));
    let back = el("a")
        .set("href", list)
        .child(format!("Back to {}", family.name()));
    let back = el("nav")
        .class("back")
        .attr("aria-label", "Where these jobs are listed")
        .child(back);
    let content = match family.start {
        Some(api) => start(named, api),
        None => empty_state("The API cannot start such jobs", Vec::new()).into(),
    };
    several([back.into(), title.into(), content])
}

fn start(named: StartRoute, api: &'static StartApi) -> View {
    let desk = use_desk(&named, api);
    let clerk = use_clerk(desk, named.clone());
    let source = match &named.from {
        Some(id) => filled_in(desk, &named, id, api),
        None => View::none(),
    };
    let waits = named.from.is_some();
    let ready = Signal::memo(move |_| !waits || desk.remarks.with(Option::is_some));
    let note = (!api.note.is_empty()).then(|| {
        let what = el("p").child(api.note).into();
        banner("warning", vec![what])
    });
    let (state, form) = (clerk.clone(), clerk);
    let body = dynamic(move || {
        if !ready.get() {
            return View::none();
        }
        let family = named.family;
        several([
            outcome(desk, state.clone(), family),
            start_form(desk, form.clone(), family),
        ])
    });
    several([source, note.into(), body])
}

/// Fills the form in from the job `id`, once, and says what could not be taken over.
fn filled_in(desk: Desk, named: &StartRoute, id: &str, api: &'static StartApi) -> View {
    let (family, failed, edit) = (named.family, named.failed, named.edit);
    let route = JobRoute::of(family, id);
    let link = encode(&Route::Job(route.clone()));
    if desk.remarks.with_untracked(Option::is_none) {
        let request = requests::get(&route);
        let data = use_remote(move || request.clone(), decode::job);
        let answer = data.answer();
        effect(move || {
            let Some(answer) = answer.get() else {
                return;
            };
            if desk.remarks.with_untracked(Option::is_none) {
                let again = prefill(family, api, &answer.value, failed);
                let draft = if edit {
                    again.draft.editing()
                } else {
                    again.draft
                };
                desk.filled.set(Some(draft.clone()));
                desk.draft.set(draft);
                desk.remarks.set(Some(again.remarks));
            }
        });
        let error = data.error();
        let about = About {
            kept: false,
            permission: family.permission,
        };
        let waiting = dynamic(move || {
            let open = desk.remarks.with(Option::is_none);
            open.then(|| match error.get() {
                None => skeleton("job").into(),
                Some(error) => unread(error.problem(about), data.asking(), family),
            })
        });
        return several([waiting, remarks(desk, family, id.to_owned(), link, failed)]);
    }
    remarks(desk, family, id.to_owned(), link, failed)
}

/// The job to be started again cannot be read.
fn unread(problem: Problem, asking: Asking, family: &'static Family) -> View {
    let retry = Callback::new(move |()| asking.refresh());
    let empty = encode(&Route::Start(StartRoute::of(family)));
    let empty = el("a").set("href", empty).child("Begin with an empty form");
    several([
        error_panel(problem, retry).into(),
        el("p").child(empty).into(),
    ])
}

fn remarks(desk: Desk, family: &'static Family, id: String, link: String, failed: bool) -> View {
    dynamic(move || {
        let remarks = desk.remarks.get()?;
        let (noun, _) = family.resource.noun();
        let what = if failed {
            "Filled in with what failed of the job ".to_owned()
        } else {
            format!("Filled in from the {noun} ")
        };
        let link = el("a").set("href", link.clone()).child(id.clone());
        let what = el("p").child(what).child(link);
        let lines = remarks.into_iter().map(|line| el("li").child(line));
        let lines = el("ul").children(lines);
        Some(banner("info", vec![what.into(), lines.into()]))
    })
}

/// What starts have left that someone has to know, wherever they are: those whose outcome nobody
/// knows, but for the one that is `shown`, and jobs that came in twos.
pub fn unresolved_starts(shown: Signal<Page>) -> View {
    let (open, twins) = (unresolved(), seen_twins());
    let open = dynamic(move || {
        let shown = shown.get();
        let others = open.get().into_iter();
        let others = others.filter(|start| shown != Page::Start(start.clone()));
        let lines = others.map(|start| {
            let name = format!("Whether {} were started is not known", start.family.name());
            let link = encode(&Route::Start(start));
            let link = el("a").set("href", link).child("See what is known");
            el("p").child(name).child(": ").child(link).into()
        });
        let lines: Vec<View> = lines.collect();
        (!lines.is_empty()).then(|| banner("warning", lines))
    });
    let twins = dynamic(move || {
        let told = twins.get();
        (!told.is_empty()).then(|| {
            let seen = el("button")
                .attr("type", "button")
                .class("button")
                .on("click", move |_| twins.set(Vec::new()))
                .child("I have seen it");
            let mut lines: Vec<View> = told.into_iter().map(in_twos).collect();
            lines.push(seen.into());
            banner("warning", lines)
        })
    });
    several([open, twins])
}

fn in_twos(Twins { family, ids }: Twins) -> View {
    let what = "These jobs ask for the same and were created at once, though the console sent one \
                request. When a connection breaks, browsers send a request a second time by \
                themselves. Cancel what is not wanted.";
    let links = ids.into_iter().map(|id| {
        let href = encode(&Route::Job(JobRoute::of(family, id.clone())));
        el("li").child(el("a").set("href", href).child(cut(id)))
    });
    let links = el("ul").children(links);
    several([el("p").child(what).into(), links.into()])
}
