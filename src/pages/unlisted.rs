//! A kind whose jobs the API cannot list: they are opened by their id, and this browser knows those
//! that it has opened or started.

use crate::components::{Question, confirm, empty_state, known_list};
use crate::reactive::{Callback, RwSignal};
use crate::state::known_ids::{Keeper, keeper};
use crate::state::location::use_location;
use crate::state::{focus, kept};
use crate::view::{Element, View, dynamic, el, several, value_of};
use cckm_core::family::Family;
use cckm_core::format::text::{capitalised, counted};
use cckm_core::route::{JobRoute, Route, encode};
use cckm_core::start::known_ids::{KnownIds, MOST};

/// The id of the part with the ids, and of the question before all are forgotten.
const KNOWN: &str = "known";
const QUESTION: &str = "known-question";

/// How to open a job of `family`, and the ids that this browser knows.
pub fn unlisted(family: &'static Family) -> View {
    let location = use_location();
    let open = move |event| {
        let id = value_of(&event).trim().to_owned();
        if !id.is_empty() {
            location.navigate(&Route::Job(JobRoute::of(family, id)));
        }
    };
    let how = format!("{} can be opened by their id.", capitalised(family.title));
    let input = el("input")
        .class("field__input")
        .attr("type", "text")
        .attr("name", "id")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .on("change", open);
    let field = el("label")
        .class("field field--wide")
        .child(el("span").class("field__label").child("Job id"))
        .child(input);
    let opened = empty_state(
        "The API has no list of these jobs",
        vec![el("p").child(how).into(), field.into()],
    );
    several([opened.into(), known(family)])
}

fn known(family: &'static Family) -> View {
    let keeper = keeper(family);
    let ids = RwSignal::new(keeper.load());
    let asks = RwSignal::new(false);
    let list = dynamic(move || {
        let known = ids.get();
        if asks.get() {
            return question(known.ids().len(), keeper.clone(), ids, asks).into();
        }
        let forget = {
            let keeper = keeper.clone();
            Callback::new(move |id: String| {
                keeper.forget(&id);
                ids.set(keeper.load());
                focus::catch(KNOWN);
            })
        };
        listed(family, &known, &forget, asks)
    });
    el("section")
        .class("known")
        .attr("id", KNOWN)
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "known-title")
        .child(
            el("h2")
                .attr("id", "known-title")
                .child("What this browser knows"),
        )
        .child(list)
        .into()
}

fn listed(
    family: &'static Family,
    known: &KnownIds,
    forget: &Callback<String>,
    asks: RwSignal<bool>,
) -> View {
    if !kept::is_allowed() {
        let why = "This browser does not let the page keep anything, so ids are not remembered.";
        return el("p").class("known__note").child(why).into();
    }
    let what = if known.ids().is_empty() {
        "No id yet. A job that is opened or started here is remembered by its id, in this browser only."
            .to_owned()
    } else {
        let most = format!(
            "The ids of the jobs that were opened or started in this browser, the last {MOST} at most. \
             There may be others: the server does not tell."
        );
        most
    };
    let what = el("p").class("known__note").child(what);
    if known.ids().is_empty() {
        return what.into();
    }
    let ids = known.ids().iter().map(|id| {
        let href = encode(&Route::Job(JobRoute::of(family, id.clone())));
        (id.clone(), href)
    });
    let all = el("button")
        .attr("type", "button")
        .class("button button--quiet")
        .on("click", move |_| {
            asks.set(true);
            focus::give(QUESTION);
        })
        .child("Forget all…");
    several([
        what.into(),
        known_list(ids.collect(), forget).into(),
        el("p").child(all).into(),
    ])
}

fn question(
    count: usize,
    keeper: Keeper,
    ids: RwSignal<KnownIds>,
    asks: RwSignal<bool>,
) -> Element {
    let what = "The jobs themselves stay. The API cannot list them, so whoever needs one later must know its id.";
    let count = counted(count, "id", "ids");
    let question = Question {
        title: format!("Forget {count}?"),
        what: vec![el("p").child(what).into()],
        verb: "Forget all".into(),
        count: None,
    };
    let close = move || {
        asks.set(false);
        focus::catch(KNOWN);
    };
    let yes = Callback::new(move |()| {
        keeper.forget_all();
        ids.set(keeper.load());
        close();
    });
    let no = Callback::new(move |()| close());
    confirm(question, yes, no)
        .attr("id", QUESTION)
        .attr("tabindex", "-1")
}
