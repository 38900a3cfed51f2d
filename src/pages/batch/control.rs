//! What a batch does now, why it stands still, and the hand on it.

use crate::components::{Question, banner, confirm, server_words};
use crate::pages::batch::started;
use crate::reactive::{Callback, RwSignal, Signal};
use crate::state::batches::{Batches, Word};
use crate::state::lease;
use crate::state::location::use_location;
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::batch::{State, Stop};
use cckm_core::format::text::{counted, grouped};
use cckm_core::format::time::{Timestamp, span};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::route::{BatchRoute, Route, encode};

/// What it does now.
#[derive(Clone, PartialEq)]
struct Doing {
    stop: Option<Stop>,
    held: bool,
    over: bool,
    lost: usize,
    unknown: usize,
    refused: usize,
    waiting: usize,
    failed: usize,
    told: String,
    /// Whether it was made where the person is.
    here: bool,
    /// How many keys are destroyed when it goes on.
    destroys: usize,
}

/// What the batch `name` does, and what can be said to it.
pub fn control(batches: Batches, name: String, clock: Signal<Timestamp>) -> View {
    let own = name.clone();
    let doing = Signal::memo(move |before: Option<&Option<Doing>>| {
        batches.changed().get();
        batches.read().get();
        // On the way to another page it is shown once more, as it was.
        look(batches, &own).or_else(|| before.cloned().flatten())
    });
    let own = name.clone();
    // Told by nobody when the note of another tab is at its end.
    let elsewhere = Signal::memo(move |_| {
        clock.get();
        batches.changed().get();
        lease::is_foreign(&own)
    });
    let asks = RwSignal::new(false);
    let asked = RwSignal::new(None::<Word>);
    let own = name.clone();
    let state = dynamic(move || {
        let doing = doing.get()?;
        Some(state(batches, &own, &doing, elsewhere.get(), clock, asked))
    });
    // Requested anew only when it is about something else, or someone else is asked: what was typed stays while
    // jobs are read.
    let open = Signal::memo(move |_| {
        let Doing {
            stop,
            destroys,
            here,
            ..
        } = doing.get()?;
        let (word, stop) = (asked.get().filter(|_| here)?, stop?);
        (!elsewhere.get() && destroys > 0).then_some((word, destroys, stop))
    });
    let own = name.clone();
    let going_on = dynamic(move || {
        let (word, keys, _) = open.get()?;
        going_on(batches, own.clone(), word, keys, asked)
    });
    let own = name.clone();
    let buttons = dynamic(move || Some(buttons(&doing.get()?, &own, asks)));
    let question = dynamic(move || {
        let doing = doing.get().filter(|_| asks.get())?;
        Some(forgetting(batches, name.clone(), &doing, asks))
    });
    several([state, going_on, buttons, question])
}

fn look(batches: Batches, name: &str) -> Option<Doing> {
    let here = batches.is_here(name);
    batches.with(name, |work| {
        let batch = &work.batch;
        Doing {
            stop: batch.stop().cloned(),
            held: work.held,
            over: batch.is_over(),
            lost: batch.count(|state| *state == State::Lost),
            unknown: batch.count(|state| *state == State::Unknown),
            refused: batch.count(|state| matches!(state, State::Refused(_))),
            waiting: batch.count(|state| *state == State::Waiting),
            failed: work.table.counts().get(ItemStatus::Failed),
            told: started(batch),
            here,
            destroys: batch.to_destroy(),
        }
    })
}

fn state(
    batches: Batches,
    name: &str,
    doing: &Doing,
    elsewhere: bool,
    clock: Signal<Timestamp>,
    asked: RwSignal<Option<Word>>,
) -> View {
    let others = [(doing.refused, "refused"), (doing.unknown, "unknown")];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    let others = others.map(|(count, what)| format!("{} {what}", grouped(count)));
    let told: Vec<String> = [doing.told.clone()].into_iter().chain(others).collect();
    let own = name.to_owned();
    let stop = button("Stop", Callback::new(move |()| batches.halt(&own)));
    let line = el("p")
        .class("batch__told")
        .attr("role", "status")
        .child(told.join(", "));
    let more = if elsewhere {
        let what = "Another tab of this browser starts the jobs of this batch. What it has started is shown here.";
        banner("info", vec![el("p").child(what).into()]).into()
    } else if !doing.here && !doing.over {
        let Stop { why, .. } = Stop::elsewhere();
        let what = vec![
            el("h2").child(why.title).into(),
            el("p").child(why.explanation).into(),
        ];
        banner("warning", what).into()
    } else if let Some(stop) = doing.stop.clone().filter(|_| !doing.over) {
        stopped(batches, name, stop, doing, clock, asked)
    } else if doing.lost > 0 {
        let what = "The answer to a start was lost. Its job is looked for among those of the server; nothing is \
                    sent meanwhile.";
        banner(
            "info",
            vec![el("p").child(what).into(), el("p").child(stop).into()],
        )
        .into()
    } else if doing.held && !doing.over {
        el("p").child("Starting jobs… ").child(stop).into()
    } else {
        View::none()
    };
    several([line.into(), more])
}

fn stopped(
    batches: Batches,
    name: &str,
    stop: Stop,
    doing: &Doing,
    clock: Signal<Timestamp>,
    asked: RwSignal<Option<Word>>,
) -> View {
    let asks = doing.destroys > 0;
    let Stop { why, until } = stop;
    let say = |word| {
        let name = name.to_owned();
        Callback::new(move |()| {
            if asks {
                asked.set(Some(word));
            } else {
                batches.go_on(&name, word);
            }
        })
    };
    let (go, look) = (say(Word::GoOn), say(Word::Look));
    let wait = move || {
        let left = until.map_or(0, |until| until.since(clock.get()));
        (left > 0).then_some(left)
    };
    let label = if doing.waiting + doing.lost > 0 {
        "Go on"
    } else {
        "Leave it so"
    };
    let looks = if doing.waiting > 0 {
        "Look for it again, then go on"
    } else {
        "Look for it again"
    };
    let look = (doing.unknown > 0).then(|| button(looks, look));
    let buttons = dynamic(move || {
        let go = go.clone();
        match wait() {
            Some(left) => {
                // Up to the next whole second.
                let left = span((left + 999) / 1_000 * 1_000);
                let go = button(label, Callback::new(|()| ())).flag("disabled", true);
                el("p")
                    .child(go)
                    .child(format!(" The server asks to wait {left} more"))
            }
            None => el("p").child(button(label, go)),
        }
    });
    let what = vec![
        el("h2").child(why.title).into(),
        el("p").child(why.explanation).into(),
        why.server.map(server_words).into(),
        buttons,
        look.into(),
    ];
    banner("warning", what).into()
}

fn button(label: &'static str, on_click: Callback<()>) -> Element {
    el("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| on_click.run(()))
        .child(label)
}

fn buttons(doing: &Doing, name: &str, asks: RwSignal<bool>) -> Element {
    let retry = (doing.failed > 0).then(|| {
        let failed = grouped(doing.failed);
        el("a")
            .class("button")
            .set("href", encode(&Route::Batch(BatchRoute::from(name))))
            .child(format!("Retry {failed} failed…"))
    });
    let forget = button("Forget…", Callback::new(move |()| asks.set(true)));
    el("p").class("batch__actions").child(retry).child(forget)
}

/// The question before a batch that destroys goes on: who says so may be someone else than who began it.
fn going_on(
    batches: Batches,
    name: String,
    word: Word,
    keys: usize,
    asked: RwSignal<Option<Word>>,
) -> Option<Element> {
    let (title, effect) = batches.with(&name, |work| {
        let task = work.batch.task();
        (format!("{}: go on?", task.label()), task.effect(keys))
    })?;
    let lost = "A start whose answer was lost is looked for first, and not sent again.";
    let question = Question {
        title,
        what: vec![el("p").child(effect).into(), el("p").child(lost).into()],
        verb: match word {
            Word::Look => "Look for it and go on".to_owned(),
            _ => format!("Go on with {}", counted(keys, "key", "keys")),
        },
        count: Some(keys),
    };
    let yes = Callback::new(move |()| {
        asked.set(None);
        batches.go_on(&name, word);
    });
    Some(confirm(
        question,
        yes,
        Callback::new(move |()| asked.set(None)),
    ))
}

fn forgetting(batches: Batches, name: String, doing: &Doing, asks: RwSignal<bool>) -> Element {
    let mut what = vec![
        el("p")
            .child(
                "This browser forgets its keys and the ids of its jobs. The jobs that were started go on, and \
                 stay among the AWS bulk operations.",
            )
            .into(),
    ];
    if !doing.over {
        let open = counted(doing.waiting + doing.lost + doing.unknown, "job", "jobs");
        let text = format!(
            "It is not over: {open} of it are not known to be started, and their keys are forgotten with it."
        );
        what.push(el("p").child(text).into());
    }
    let question = Question {
        title: "Forget this batch?".to_owned(),
        what,
        verb: "Forget it".to_owned(),
        count: None,
    };
    let location = use_location();
    let yes = Callback::new(move |()| {
        batches.forget(&name);
        location.navigate(&Route::Batch(BatchRoute::default()));
    });
    confirm(question, yes, Callback::new(move |()| asks.set(false)))
}
