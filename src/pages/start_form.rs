//! The form of a start, made from its family's row, and the last question before it is sent.

use crate::components::{FieldShown, Question, confirm, confirm_by_name, start_field};
use crate::pages::commands::{base, commands};
use crate::reactive::{Callback, RwSignal, Signal};
use crate::state::desk::{Clerk, Desk};
use crate::state::focus;
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::api::command;
use cckm_core::api::request::Request;
use cckm_core::family::start_api::Kind;
use cckm_core::family::{Family, Resource};
use cckm_core::format::text::counted;
use cckm_core::route::{BatchRoute, NEW, Route, encode};
use cckm_core::start::request::StartStage;
use cckm_core::start::{Draft, FieldError, Proof, entries, proof, summary};

/// The id of the last question.
const QUESTION: &str = "start-question";

/// What the form is about to do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It can be filled in.
    Open,
    /// The last question is asked.
    Asking,
    /// Something was sent.
    Sent,
}

/// What is said of sending the form.
pub struct Words {
    /// Before the family's name: `Start`.
    pub title: &'static str,
    /// The last question.
    pub question: &'static str,
    /// What its button says.
    pub verb: &'static str,
    /// What is made: `job`.
    pub thing: &'static str,
    /// `started`, in sentences such as: the job was …
    pub done: &'static str,
    /// The verb of the request.
    pub method: &'static str,
}

/// How the form for `family` speaks, which starts something, or changes what is there if `edit`.
pub fn words(family: &Family, edit: bool) -> &'static Words {
    match (family.resource, edit) {
        (Resource::Jobs, _) => &Words {
            title: "Start",
            question: "Start this job?",
            verb: "Start the job",
            thing: "job",
            done: "started",
            method: "POST",
        },
        (Resource::Schedules, false) => &Words {
            title: "Create",
            question: "Create this schedule?",
            verb: "Create the schedule",
            thing: "schedule",
            done: "created",
            method: "POST",
        },
        (Resource::Schedules, true) => &Words {
            title: "Change",
            question: "Change this schedule?",
            verb: "Change the schedule",
            thing: "schedule",
            done: "changed",
            method: "PATCH",
        },
    }
}

/// The form, as it stands on `desk`.
pub fn start_form(desk: Desk, clerk: Clerk, family: &'static Family) -> View {
    let reviewing = RwSignal::new(false);
    let tried = RwSignal::new(false);
    let step = Signal::memo(move |_| {
        let open = desk
            .order
            .with(|order| matches!(order.stage(), StartStage::Draft | StartStage::Refused));
        match (open, reviewing.get()) {
            (true, false) => Step::Open,
            (true, true) => Step::Asking,
            (false, _) => Step::Sent,
        }
    });
    // Told from the first try on, and then as soon as it changes.
    let faults = Signal::memo(move |_| {
        if tried.get() {
            desk.draft.with(Draft::faults)
        } else {
            Vec::new()
        }
    });
    let places = Signal::memo(move |_| desk.draft.with(Draft::shown));
    let review = Callback::new(move |()| {
        tried.set(true);
        let faults = desk.draft.with_untracked(Draft::faults);
        if let Some(fault) = faults.first() {
            focus::give(field_id(fault.field));
        } else {
            reviewing.set(true);
            focus::give(QUESTION);
        }
    });
    let form = dynamic(move || {
        let places = places.get().into_iter();
        let (faults, review, step) = (faults.get(), review.clone(), step.get());
        let fields = desk.draft.with_untracked(|draft| {
            let fields = places.map(|at| field(desk, draft, at, &faults));
            fields.collect::<Vec<Element>>()
        });
        let count = faults.len();
        let wrong = (count > 0).then(|| {
            let what = counted(count, "field has", "fields have");
            format!("{what} to be corrected")
        });
        let button = el("button")
            .attr("type", "submit")
            .class("button button--primary")
            .child("Review…");
        let fields = el("div").class("start__fields").children(fields);
        let fieldset = el("fieldset")
            .class("start__set")
            .flag("disabled", step != Step::Open)
            .child(el("legend").class("visually-hidden").child("What to start"))
            .child(fields)
            .child(
                el("p")
                    .attr("role", "alert")
                    .class("start__wrong")
                    .child(wrong),
            )
            .child((step == Step::Open).then_some(button));
        el("form")
            .class("start")
            .attr("method", "dialog")
            .flag("novalidate", true)
            .on("submit", move |event| {
                event.prevent_default();
                review.run(());
            })
            .child(fieldset)
    });
    let question = dynamic(move || {
        let asked = step.get() == Step::Asking;
        asked.then(|| question(desk, clerk.clone(), family, reviewing))
    });
    several([form, question])
}

fn field_id(at: usize) -> String {
    format!("start-{at}")
}

fn field(desk: Desk, draft: &Draft, at: usize, faults: &[FieldError]) -> Element {
    let field = &draft.api.fields[at];
    let fault = faults.iter().find(|fault| fault.field == at);
    let shown = FieldShown {
        field,
        id: field_id(at),
        text: draft.text(at).to_owned(),
        fixed: draft.is_fixed(at),
        wrong: fault.map(|fault| fault.text.clone()).unwrap_or_default(),
        note: several([
            if matches!(field.kind, Kind::Texts(_)) {
                entered(desk, at)
            } else {
                View::none()
            },
            fault.filter(|fault| fault.too_many).map(batch).into(),
        ]),
    };
    let set = Callback::new(move |text| desk.draft.update(|draft| draft.set(at, text)));
    start_field(shown, set)
}

/// How many entries stand in a list, and what was left out.
fn entered(desk: Desk, at: usize) -> View {
    let told = Signal::memo(move |_| {
        desk.draft.with(|draft| {
            let noun = draft.api.fields[at].noun;
            let entries = entries(draft.text(at));
            let count = counted(entries.list.len(), noun.0, noun.1);
            let left_out = entries.left_out();
            match (entries.list.is_empty(), left_out.is_empty()) {
                (true, _) => String::new(),
                (false, true) => count,
                (false, false) => format!("{count}. {left_out}"),
            }
        })
    });
    let told = dynamic(move || told.get());
    el("p")
        .class("start__hint")
        .attr("role", "status")
        .child(told)
        .into()
}

/// The way to several jobs where one does not take so many.
fn batch(_: &FieldError) -> Element {
    let href = encode(&Route::Batch(BatchRoute::of(NEW)));
    let link = el("a").set("href", href).child("Start a batch");
    let what = el("p").child("Several jobs, one after another, are a batch. ");
    what.child(link)
}

/// What will happen, and whether to do it.
fn question(desk: Desk, clerk: Clerk, family: &Family, reviewing: RwSignal<bool>) -> Element {
    let title = words(family, desk.draft.with_untracked(Draft::is_edit)).question;
    let title = title.to_owned();
    let request = clerk.request();
    let yes = Callback::new(move |()| {
        reviewing.set(false);
        clerk.confirm();
    });
    let no = Callback::new(move |()| reviewing.set(false));
    let asked = desk
        .draft
        .with_untracked(|draft| asked(draft, request, family, title, Vec::new(), yes, no));
    el("div")
        .attr("id", QUESTION)
        .attr("tabindex", "-1")
        .child(asked)
}

/// The last question before `draft` is sent, with `warning` above what it will do.
pub fn asked(
    draft: &Draft,
    request: Request,
    family: &Family,
    title: String,
    warning: Vec<View>,
    yes: Callback<()>,
    no: Callback<()>,
) -> Element {
    let mut effects = summary(draft).into_iter();
    let main = el("p").class("start__effect").child(effects.next());
    let rest = el("ul").children(effects.map(|line| el("li").child(line)));
    let words = words(family, draft.is_edit());
    let body = request.body.clone().unwrap_or_default();
    let body = format!("{} {}\n{body}", words.method, request.path);
    let base = base();
    let command = commands(Callback::new(move |()| {
        vec![command::sent(&base, words.verb, &request)]
    }));
    let sent = el("details")
        .class("words")
        .child(el("summary").child("What is sent"))
        .child(el("pre").attr("tabindex", "0").child(body));
    let mut what = warning;
    what.extend([main.into(), rest.into(), sent.into(), command]);
    let question = |count| Question {
        title,
        what,
        verb: words.verb.to_owned(),
        count,
    };
    match proof(draft) {
        Proof::Nothing => confirm(question(None), yes, no),
        Proof::Count(count) => confirm(question(Some(count)), yes, no),
        Proof::Name(name) => confirm_by_name(question(None), name, yes, no),
    }
}
