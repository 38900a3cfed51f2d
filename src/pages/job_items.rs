//! The items of a job: their texts by number, and the items chosen, all of them scrollable.

use crate::components::{
    ItemDetail, ItemRow, LIST, ROW_HEIGHT, copy_button, empty_state, item_counts, item_list,
    item_panel, item_toolbar,
};
use crate::domain::counts::TextCount;
use crate::domain::items_view::ItemsView;
use crate::domain::job::Job;
use crate::domain::text::{capitalised, counted, grouped};
use crate::domain::window::Window;
use crate::reactive::{Callback, RwSignal, Signal};
use crate::route::{JobRoute, Route, encode};
use crate::state::location::use_location;
use crate::state::raw::copy_text;
use crate::state::remote::Answer;
use crate::state::viewport::use_viewport;
use crate::view::{View, dynamic, el, several};

/// How many status texts stand open; a job may have as many texts as items.
const MOST_TEXTS: usize = 10;

/// The items of the job `named`, chosen as the address says.
pub fn job_items(answer: Signal<Answer<Job>>, named: JobRoute) -> View {
    let location = use_location();
    let (one, many) = named.family.item;
    // On the way to another page this one is shown once more, as it was.
    let route = Signal::memo(
        move |before: Option<&JobRoute>| match location.route().get() {
            Route::Job(route) if route.id == named.id && route.family == named.family => route,
            _ => before.cloned().unwrap_or_else(|| named.clone()),
        },
    );
    let choice = Signal::memo(move |_| route.with(|route| route.items.clone()));
    let chosen = Signal::memo(move |_| choice.get().select(&answer.get().value.items));
    // Whether there are items, and whether any is chosen.
    let state = Signal::memo(move |_| {
        let is_empty = answer.get().value.items.is_empty();
        (!is_empty, chosen.with(|chosen| !chosen.is_empty()))
    });
    let counts = move || {
        let answer = answer.get();
        let items = &answer.value.items;
        let texts = TextCount::most_frequent(items, MOST_TEXTS);
        let more = items.texts().len() - texts.len();
        route.with(|route| item_counts(texts, more, route))
    };
    let change = Callback::new(move |items: ItemsView| {
        let route = route.get_untracked();
        location.replace(&Route::Job(JobRoute { items, ..route }));
    });
    let controls = dynamic(move || {
        if !state.get().0 {
            return empty(&answer.get().value, many);
        }
        let change = change.clone();
        let toolbar = move || {
            let (shown, all) = (chosen.with(Vec::len), answer.get().value.items.len());
            let summary = format!("{} of {}", grouped(shown), counted(all, one, many));
            choice.with(|choice| item_toolbar(choice, summary, &change))
        };
        let copy = copy_button("Copy names", copy_names(answer, chosen));
        several([dynamic(counts), dynamic(toolbar), copy.into()])
    });
    let list = dynamic(move || match state.get() {
        (false, _) => View::none(),
        (true, false) => route.with(no_match),
        (true, true) => list(answer, chosen),
    });
    el("section")
        .class("job__items")
        .attr("aria-labelledby", "items-title")
        .child(el("h2").attr("id", "items-title").child(capitalised(many)))
        .child(controls)
        .child(list)
        .into()
}

/// Copies the names of all chosen items.
fn copy_names(answer: Signal<Answer<Job>>, chosen: Signal<Vec<u32>>) -> Callback<RwSignal<String>> {
    Callback::new(move |said| {
        let answer = answer.get_untracked();
        let items = &answer.value.items;
        let names: Vec<&str> = chosen.with_untracked(|chosen| {
            let chosen = chosen.iter();
            chosen.map(|index| items.name(*index as usize)).collect()
        });
        let done = format!("Copied {}", grouped(names.len()));
        copy_text(names.join("\n"), said, done);
    })
}

/// The list of the chosen items, and the active one whole.
fn list(answer: Signal<Answer<Job>>, chosen: Signal<Vec<u32>>) -> View {
    let count = Signal::memo(move |_| chosen.with(Vec::len));
    let viewport = use_viewport(LIST, count);
    // The active item and not its row, so that it stays active while the choice changes.
    let active_item = RwSignal::new(None::<u32>);
    let active = Signal::memo(move |_| {
        let active = active_item.get()?;
        chosen.with(|chosen| chosen.iter().position(|&index| index == active))
    });
    let window = Signal::memo(move |_| Window {
        count: count.get(),
        row_height: ROW_HEIGHT,
        top: viewport.top().get(),
        height: viewport.height().get(),
    });
    let activate = Callback::new(move |at: usize| {
        active_item.set(chosen.with_untracked(|chosen| chosen.get(at).copied()));
        viewport.scroll_to(window.get_untracked().scroll_to(at));
    });
    let row = Callback::new(move |at: usize| {
        let index = chosen.with(|chosen| chosen.get(at).copied())? as usize;
        let items = &answer.get().value.items;
        let text = items.text(index)?;
        Some(ItemRow {
            name: items.name(index).to_owned(),
            text: text.shown.to_string(),
            class: text.class,
        })
    });
    let shown = Signal::memo(move |_| {
        let index = active_item.get().filter(|_| active.get().is_some())?;
        detail(&answer.get().value, index)
    });
    let panel = dynamic(move || match shown.get() {
        Some(item) => {
            let name = item.name.clone();
            let copy = Callback::new(move |said| {
                copy_text(name.clone(), said, "Copied".to_owned());
            });
            item_panel(item, copy)
        }
        None => el("p")
            .class("item__hint")
            .child("Choose an item to read it whole: click it, or use the arrow keys in the list")
            .into(),
    });
    let scrolled = Callback::new(move |()| viewport.measure());
    let panel = el("section")
        .class("item")
        .attr("aria-label", "Chosen item")
        .attr("aria-live", "polite")
        .child(panel);
    several([
        item_list(window, active, row, activate, scrolled),
        panel.into(),
    ])
}

/// The item at `index`, whole.
fn detail(job: &Job, index: u32) -> Option<ItemDetail> {
    let text = job.items.text(index as usize)?;
    Some(ItemDetail {
        name: job.items.name(index as usize).to_owned(),
        text: text.shown.to_string(),
        raw: text.raw.to_string(),
        class: text.class,
    })
}

fn empty(job: &Job, many: &str) -> View {
    let why = if job.standing().is_running() {
        "The job has not reported anything yet; they appear here as it does."
    } else {
        "The job reported nothing of single items."
    };
    let why = el("p").child(why);
    empty_state(format!("No {many} yet"), vec![why.into()]).into()
}

fn no_match(route: &JobRoute) -> View {
    let all = encode(&Route::Job(JobRoute::of(route.family, route.id.clone())));
    let all = el("a").set("href", all).child("Show all");
    let title = "Nothing matches the search and the filter";
    empty_state(title, vec![el("p").child(all).into()]).into()
}
