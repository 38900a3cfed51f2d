//! What became of a start that was sent, and what someone can do about one of which nobody knows.

use crate::components::{banner, error_panel, time};
use crate::pages::start_form::{Words, asked, words};
use crate::reactive::{Callback, RwSignal, Signal, follow};
use crate::state::desk::{Clerk, Desk, Sent};
use crate::state::focus;
use crate::state::zone;
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::api::error::ApiError;
use cckm_core::api::explain::About;
use cckm_core::family::Family;
use cckm_core::format::text::{counted, cut, grouped};
use cckm_core::problem::Problem;
use cckm_core::route::{JobRoute, JobsRoute, Route, encode};
use cckm_core::start::Draft;
use cckm_core::start::request::StartStage;
use cckm_core::start::search::{Candidate, Findings};

/// The id of what became of it.
const STATE: &str = "start-state";
/// How many jobs are offered as the one.
const STILL_HERE: &str = "What you have entered is still here.";
const MOST_SHOWN: usize = 20;

/// What became of what `desk` sent; nothing before.
pub fn outcome(desk: Desk, clerk: Clerk, family: &'static Family) -> View {
    let stage = Signal::memo(move |_| desk.order.with(|order| order.stage().clone()));
    let asks = RwSignal::new(false);
    follow(stage, move |stage| {
        if !matches!(stage, StartStage::Draft | StartStage::Looking) {
            focus::give(STATE);
        }
    });
    dynamic(move || {
        let told = match stage.get() {
            StartStage::Draft => return View::none(),
            StartStage::Sent => el("p").attr("role", "status").child("Starting…").into(),
            StartStage::Refused => refused(desk, family),
            StartStage::Started(id) => started(id, &clerk, family),
            open => several([
                unknown(desk, &open, &clerk, family),
                again(desk, &clerk, family, asks),
            ]),
        };
        let told = el("div").class("start__state").child(told);
        told.attr("id", STATE).attr("tabindex", "-1").into()
    })
}

fn refused(desk: Desk, family: &'static Family) -> View {
    let words = words(family, desk.draft.with_untracked(Draft::is_edit));
    let error = desk.error.get_untracked();
    let problem = error.map(|error| {
        if error == ApiError::SignedOut {
            let what = format!("The session had ended before. {STILL_HERE}");
            return Problem::here(format!("Nothing was {}", words.done), what);
        }
        let permission = family.permission;
        let mut problem = error.problem(About {
            kept: false,
            permission,
        });
        let what = if error.may_have_acted() {
            // Only of a change: of a start nobody would be told that it was refused.
            "Whether the schedule was changed is not known; changing it once more does no harm."
                .to_owned()
        } else {
            format!("Nothing was {}.", words.done)
        };
        problem.explanation = format!("{} {what} {STILL_HERE}", problem.explanation);
        // The form is the way to try again.
        problem.retry = false;
        problem
    });
    let nothing = Callback::new(|()| ());
    problem
        .map(|problem| error_panel(problem, nothing.clone()))
        .into()
}

fn started(id: Option<String>, clerk: &Clerk, family: &'static Family) -> View {
    let clerk = clerk.clone();
    let words = words(family, false);
    let thing = words.thing;
    let more = button("Start another", move || clerk.leave());
    let what = match (id, family.list.is_some()) {
        (Some(id), _) => {
            let done = words.done;
            let href = encode(&Route::Job(JobRoute::of(family, id.clone())));
            let link = el("a").set("href", href).child(cut(id));
            el("p")
                .child(format!("The {thing} was {done}: "))
                .child(link)
        }
        (None, true) => {
            let href = encode(&Route::Jobs(JobsRoute::of(family)));
            let list = el("a").set("href", href).child("See the list");
            let what = format!(
                "The {thing} was {}. The server did not tell its id. ",
                words.done
            );
            el("p").child(what).child(list)
        }
        (None, false) => el("p").child(
            "The job was started. The server did not tell its id, and the API has no list of these \
             jobs.",
        ),
    };
    banner("info", vec![what.into(), more.into()]).into()
}

/// That nobody knows, what was found, and the ways out.
fn unknown(desk: Desk, stage: &StartStage, clerk: &Clerk, family: &'static Family) -> View {
    let why = desk.error.get_untracked();
    let why = why.map(|error| error.problem(About::default()));
    let Words { thing, done, .. } = *words(family, false);
    let what = format!(
        "The request was sent, and no answer told what became of it. A {thing} may have been {done}, \
         so that the request is not sent again unless you say so."
    );
    let title = el("h2")
        .class("error__title")
        .child(format!("Whether the {thing} was {done} is not known"));
    // Not what the error says to do: that is for questions, which may be asked again.
    let reason = why.map(|problem| el("p").child(problem.title));
    let sent = desk.sent.get_untracked();
    let found = match stage {
        StartStage::Looking => el("p")
            .attr("role", "status")
            .child(format!("Looking for the {thing}…"))
            .into(),
        StartStage::Blind => blind(desk),
        StartStage::Looked(findings) => looked(findings, sent.as_ref(), clerk, family),
        _ => el("p")
            .child(
                "The API has no list of these jobs, so that this console cannot look for it. What \
                 the job would have changed may show it.",
            )
            .into(),
    };
    el("section")
        .class("error")
        .attr("role", "alert")
        .child(title)
        .child(el("p").child(what))
        .child(reason)
        .child(found)
        .into()
}

fn blind(desk: Desk) -> View {
    let error = desk.blind.get_untracked();
    let problem = error.map(|error| error.problem(About::default()));
    let line = problem.map(|problem| format!("{}: {}", problem.title, problem.explanation));
    let what = el("p").child("Looking for the job failed. ").child(line);
    what.into()
}

fn looked(
    findings: &Findings,
    sent: Option<&Sent>,
    clerk: &Clerk,
    family: &'static Family,
) -> View {
    let count = findings.candidates.len();
    let since = sent.and_then(|sent| {
        let at = zone::when(sent.since)?;
        let clock = if sent.by_server {
            "the server's clock"
        } else {
            "this browser's clock, since the server's cannot be seen"
        };
        Some(format!(" since {}, by {clock}", at.local))
    });
    let read = counted(findings.read, "job was", "jobs were");
    let read = format!("{read} looked at");
    let bound = (!findings.complete)
        .then_some(" The list is longer than this console reads: the job may be further down.");
    let what = match count {
        0 => "No job that asks for the same was created".to_owned(),
        1 => "1 job that may be it was created".to_owned(),
        _ => format!("{} jobs that may be it were created", grouped(count)),
    };
    let late = (count == 0)
        .then_some(" It may still come: look again in a minute before you start it once more.");
    let told = el("p")
        .child(what)
        .child(since)
        .child(format!(". {read}."))
        .child(bound)
        .child(late);
    let twins = (findings.candidates.iter().filter(|one| one.same).count() > 1).then(|| {
        el("p").child(
            "More than one may be of this start: when a connection breaks, browsers send a request \
             a second time by themselves.",
        )
    });
    let shown = findings.candidates.iter().take(MOST_SHOWN);
    let rows = shown.map(|candidate| row(candidate, clerk, family));
    let rows = el("ul").class("start__found").children(rows);
    let more = count.saturating_sub(MOST_SHOWN);
    let more = (more > 0).then(|| el("p").child(format!("and {} more", grouped(more))));
    several([told.into(), twins.into(), rows.into(), more.into()])
}

fn row(candidate: &Candidate, clerk: &Clerk, family: &'static Family) -> Element {
    let id = candidate.id.clone();
    let href = encode(&Route::Job(JobRoute::of(family, id.clone())));
    let link = el("a").set("href", href).child(cut(id.clone()));
    let created = candidate.created.and_then(zone::when);
    let created = match created {
        Some(when) => el("span").child("created ").child(time(Some(when))),
        None => el("span").child("does not tell when it was created"),
    };
    let same = if candidate.same {
        ", asks for the same"
    } else {
        ", may ask for the same: that cannot be told from what it says"
    };
    let (clerk, chosen) = (clerk.clone(), id.clone());
    let choose = button("It is this one", move || clerk.choose(&chosen));
    let choose = choose.set("aria-label", format!("It is this one: {}", cut(id)));
    let line = el("span")
        .child(link)
        .child(", ")
        .child(created)
        .child(same);
    el("li").child(line).child(choose)
}

/// What can be done: look again, start it again, or leave it.
fn again(desk: Desk, clerk: &Clerk, family: &'static Family, asks: RwSignal<bool>) -> View {
    let clerk = clerk.clone();
    dynamic(move || {
        if asks.get() {
            let request = clerk.request();
            let (sender, no) = (clerk.clone(), Callback::new(move |()| asks.set(false)));
            let yes = Callback::new(move |()| {
                asks.set(false);
                sender.send_again();
            });
            let warning =
                "If the first request was carried out after all, this starts a second job.";
            let warning = vec![el("p").child(warning).into()];
            let title = "Start it again?".to_owned();
            return desk
                .draft
                .with_untracked(|draft| asked(draft, request, family, title, warning, yes, no));
        }
        let (looker, leaver) = (clerk.clone(), clerk.clone());
        let look = family
            .list
            .is_some()
            .then(|| button("Look again", move || looker.look()));
        el("p")
            .class("confirm__actions")
            .child(look)
            .child(button("Start it again…", move || asks.set(true)))
            .child(button("Leave it", move || leaver.leave()))
    })
}

fn button(name: &'static str, pressed: impl Fn() + 'static) -> Element {
    el("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| pressed())
        .child(name)
}
