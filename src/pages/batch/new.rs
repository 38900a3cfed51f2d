//! A new batch: its keys, what is done to them, the plan, and the last question.

use std::sync::Arc;

use crate::components::{Question, choice, confirm};
use crate::pages::batch::back;
use crate::pages::batch::parts::plan;
use crate::pages::batch::source::{Source, Sources};
use crate::pages::batch::title;
use crate::reactive::{Callback, RwSignal, Signal, effect};
use crate::state::batches::use_batches;
use crate::state::location::use_location;
use crate::view::{Element, View, dynamic, el, several, value_of};
use cckm_core::batch::{Batch, Gathered, MOST_KEYS, OPERATIONS, Task, gather, split};
use cckm_core::format::text::{counted, cut, grouped};
use cckm_core::route::{BatchRoute, Route};

/// How many odd keys are shown.
const FEW: usize = 20;

/// The form for a new batch, which begins with the keys that failed in `from`.
pub fn new_batch(from: Option<String>) -> View {
    let sources = Sources::new();
    let typed = RwSignal::new(String::new());
    let without_odd = RwSignal::new(false);
    let task = RwSignal::new(Task::default());
    let taken = from.map(|from| sources.take_failed(&from, task));
    let gathered = Signal::derive(move || {
        let found = sources.all.with(|all| {
            typed.with(|typed| {
                let given = all.iter().flat_map(|source| source.keys.iter());
                gather(given.map(String::as_str).chain(entries(typed)))
            })
        });
        if without_odd.get() {
            found.without_odd()
        } else {
            found
        }
    });
    let asked = RwSignal::new(None::<Arc<Batch>>);
    // What was asked about is no longer what is there.
    effect(move || {
        gathered.with(|_| ());
        task.with(|_| ());
        asked.set(None);
    });
    let keys = el("section")
        .class("batch__part")
        .attr("aria-labelledby", "keys-title")
        .child(el("h2").attr("id", "keys-title").child("Keys"))
        .child(taken)
        .child(key_fields(typed, sources))
        .child(dynamic(move || {
            gathered.with(|found| summary(found, without_odd))
        }));
    let operation = el("section")
        .class("batch__part")
        .attr("aria-labelledby", "operation-title")
        .child(el("h2").attr("id", "operation-title").child("Operation"))
        .child(operation_fields(task));
    let plan = el("section")
        .class("batch__part")
        .attr("aria-labelledby", "plan-title")
        .child(el("h2").attr("id", "plan-title").child("Plan"))
        .child(dynamic(move || planned(gathered, task.get(), asked)))
        .child(dynamic(move || {
            asked.get().map(|batch| question(batch, asked))
        }));
    several([
        back().into(),
        el("h1").class("page__title").child("New batch").into(),
        keys.into(),
        operation.into(),
        plan.into(),
    ])
}

/// Nothing was typed at all, which is no blank line.
fn entries(typed: &str) -> impl Iterator<Item = &str> {
    split(typed.trim())
}

fn key_fields(typed: RwSignal<String>, sources: Sources) -> Element {
    let area = el("textarea")
        .class("field__input batch__keys")
        .attr("name", "keys")
        .attr("rows", "8")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .on("input", move |event| typed.set(value_of(&event)));
    let hint = "One key a line, or with commas between them";
    let area = el("label")
        .class("field")
        .child(el("span").class("field__label").child(hint))
        .child(area);
    let file = el("input")
        .class("batch__file")
        .attr("type", "file")
        .attr("name", "file")
        .attr("multiple", "")
        .on("change", move |event| sources.read(&event));
    let hint = "From a file: one key a line, the first column of a table, a JSON list, or a job as downloaded";
    let file = el("label")
        .class("field")
        .child(el("span").class("field__label").child(hint))
        .child(file);
    let wrong = dynamic(move || {
        let wrong = sources.wrong.get().into_iter().map(|(name, why)| {
            el("p")
                .class("batch__wrong")
                .child(format!("{}: {why}", cut(name)))
        });
        el("div").attr("role", "alert").children(wrong)
    });
    let given = dynamic(move || {
        let all = sources.all.get().into_iter().enumerate();
        let all = all.map(move |(at, Source { label, .. })| {
            let remove = el("button")
                .attr("type", "button")
                .class("button button--quiet")
                .set("aria-label", format!("Remove {label}"))
                .on("click", move |_| {
                    sources.all.update(|all| _ = all.remove(at));
                })
                .child("Remove");
            el("li").child(el("span").child(cut(label))).child(remove)
        });
        el("ul").class("batch__given").children(all)
    });
    el("div")
        .class("batch__fields")
        .child(area)
        .child(file)
        .child(given)
        .child(wrong)
}

fn summary(found: &Gathered, without_odd: RwSignal<bool>) -> View {
    let said = el("p")
        .class("batch__summary")
        .attr("role", "status")
        .child(found.summary());
    let is_left = without_odd.get();
    if found.odd.is_empty() && !is_left {
        return said.into();
    }
    let odd = found.odd.len();
    let label = if is_left {
        "Keep what looks odd".to_owned()
    } else {
        format!("Leave out the {} that look odd", grouped(odd))
    };
    let switch = el("button")
        .attr("type", "button")
        .class("button button--quiet")
        .on("click", move |_| without_odd.set(!is_left))
        .child(label);
    let lines = found.odd.iter().take(FEW);
    let lines = lines.map(|key| el("li").child(el("code").child(cut(key.clone()))));
    let rest = odd.saturating_sub(FEW);
    let rest = (rest > 0).then(|| el("p").child(format!("and {} more", grouped(rest))));
    let title = format!(
        "{} odd: with spaces, longer than 200 characters, or the head of a column",
        if odd == 1 {
            "1 looks".to_owned()
        } else {
            format!("{} look", grouped(odd))
        }
    );
    let list = (!is_left).then(|| {
        let list = el("ul").class("batch__odd").children(lines);
        el("div")
            .child(el("p").child(title))
            .child(list)
            .child(rest)
    });
    several([said.into(), list.into(), switch.into()])
}

fn operation_fields(task: RwSignal<Task>) -> View {
    let operation = Signal::memo(move |_| task.with(|task| task.operation.clone()));
    let which = dynamic(move || {
        let none = ("", "Choose…".into());
        let known = OPERATIONS
            .iter()
            .map(|known| (known.name, known.label.into()));
        let options: Vec<_> = [none].into_iter().chain(known).collect();
        choice(
            "Operation",
            "operation",
            options,
            &operation.get(),
            move |operation| {
                task.update(|task| {
                    *task = Task {
                        operation,
                        value: String::new(),
                    }
                });
            },
        )
    });
    let parameter = dynamic(move || {
        operation.with(|_| ());
        let task_now = task.with_untracked(Clone::clone);
        let parameter = task_now.known()?.parameter.as_ref()?;
        let mut input = el("input")
            .class("field__input")
            .attr("name", parameter.name)
            .attr("type", "text")
            .attr("autocomplete", "off")
            .value(task_now.value.clone())
            .on("input", move |event| {
                let value = value_of(&event);
                task.update(|task| task.value = value);
            });
        let mut label = parameter.label.to_owned();
        if let Some((least, most)) = parameter.range {
            input = input.attr("inputmode", "numeric");
            label = format!("{label}, {least} to {most}");
        }
        let label = el("span").class("field__label").child(label);
        Some(el("label").class("field").child(label).child(input))
    });
    el("div")
        .class("filters")
        .child(which)
        .child(parameter)
        .into()
}

/// What will happen, or why it cannot.
fn planned(found: Signal<Gathered>, task: Task, asked: RwSignal<Option<Arc<Batch>>>) -> View {
    let wrong = task.problem();
    let none = found.with(|found| found.keys.is_empty());
    let wrong = if none {
        Some("There are no keys yet".to_owned())
    } else {
        wrong
    };
    if let Some(wrong) = wrong {
        return el("p").class("batch__wanting").child(wrong).into();
    }
    let keys = found.with(|found| found.keys.clone());
    let batch = Arc::new(Batch::plan(task, keys, MOST_KEYS));
    let effect = el("p").child(batch.task().effect(batch.keys()));
    let jobs = el("p").child(jobs(&batch));
    let list = plan(&batch);
    let start = el("button")
        .attr("type", "button")
        .class("button button--primary")
        .on("click", move |_| asked.set(Some(Arc::clone(&batch))))
        .child("Start…");
    several([
        effect.into(),
        jobs.into(),
        list,
        el("p").child(start).into(),
    ])
}

fn jobs(batch: &Batch) -> String {
    let (keys, jobs) = (batch.keys(), batch.parts().len());
    let (keys, jobs) = (counted(keys, "key", "keys"), counted(jobs, "job", "jobs"));
    format!("{keys} in {jobs} of at most {MOST_KEYS}, started one after another.")
}

fn question(batch: Arc<Batch>, asked: RwSignal<Option<Arc<Batch>>>) -> View {
    let (batches, location) = (use_batches(), use_location());
    let unkept = RwSignal::new(false);
    let destroys = batch.task().known().is_some_and(|known| known.destroys);
    let question = Question {
        title: format!("{}?", title(&batch)),
        what: vec![
            el("p").child(batch.task().effect(batch.keys())).into(),
            el("p").child(jobs(&batch)).into(),
        ],
        verb: format!("Start {}", counted(batch.parts().len(), "job", "jobs")),
        count: destroys.then(|| batch.keys()),
    };
    let yes = Callback::new(move |()| match batches.start(Batch::clone(&batch)) {
        Some(name) => location.navigate(&Route::Batch(BatchRoute::of(name))),
        None => unkept.set(true),
    });
    let no = Callback::new(move |()| asked.set(None));
    let why = "The browser cannot keep so many keys, so that they would be lost with a reload. Nothing was \
               started. Forget other batches, or take fewer keys.";
    let unkept = dynamic(move || {
        let alert = el("p")
            .class("batch__wrong")
            .attr("role", "alert")
            .child(why);
        unkept.get().then_some(alert)
    });
    several([confirm(question, yes, no).into(), unkept])
}
