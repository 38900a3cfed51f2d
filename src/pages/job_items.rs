//! The items of a job, or of many as one: their texts by number, and the items chosen, all of them scrollable.

use crate::components::{
    ItemRow, LIST, ROW_HEIGHT, copy_button, empty_state, item_counts, item_list, item_panel,
    item_toolbar, texts_shown,
};
use crate::reactive::{Callback, RwSignal, Signal, follow};
use crate::state::location::use_location;
use crate::state::raw::copy_text;
use crate::state::remote::Answer;
use crate::state::viewport::use_viewport;
use crate::view::{View, dynamic, el, several};
use cckm_core::format::text::{capitalised, counted, grouped};
use cckm_core::job::Job;
use cckm_core::job::counts::TextCount;
use cckm_core::job::item_window::Window;
use cckm_core::job::items_view::ItemsView;
use cckm_core::route::{Route, encode};

/// Whose items they are, and how they are chosen.
pub struct Listed {
    /// What an item is called: one, many.
    pub noun: (&'static str, &'static str),
    /// The choice.
    pub choice: Signal<ItemsView>,
    /// Where another choice is shown.
    pub route: Callback<ItemsView, Route>,
    /// What else is told of the item at an index when it is the chosen one.
    pub more: Callback<usize, View>,
}

/// The items of a job as they are `listed`.
pub fn job_items(answer: Signal<Answer<Job>>, listed: Listed) -> View {
    let location = use_location();
    let Listed {
        noun: (one, many),
        choice,
        route,
        more,
    } = listed;
    let chosen = Signal::memo(move |_| choice.get().select(&answer.get().value.items));
    // Each for itself: the field for the search must stay while nothing is found.
    let has_items = Signal::memo(move |_| !answer.get().value.items.is_empty());
    let has_chosen = Signal::memo(move |_| chosen.with(|chosen| !chosen.is_empty()));
    let all_texts = RwSignal::new(false);
    // Counted once an answer, and not with each letter of a search.
    let texts = Signal::derive(move || {
        let most = texts_shown(all_texts.get());
        TextCount::most_frequent(&answer.get().value.items, most)
    });
    let to = route.clone();
    let counts = move || {
        let answer = answer.get();
        let of = answer.value.items.texts().iter();
        let of = of.filter(|text| text.count > 0).count();
        texts.with(|texts| choice.with(|choice| item_counts(texts, of, choice, &to, all_texts)))
    };
    let to = route.clone();
    let change = Callback::new(move |items: ItemsView| location.replace(&to.run(items)));
    let controls = dynamic(move || {
        if !has_items.get() {
            return empty(&answer.get().value, many);
        }
        let change = change.clone();
        let toolbar = move || {
            let (shown, all) = (chosen.with(Vec::len), answer.get().value.items.len());
            let summary = format!("{} of {}", grouped(shown), counted(all, one, many));
            choice.with(|choice| item_toolbar(choice, summary, &change))
        };
        let copy = copy_button("Copy names", copy_names(answer, chosen));
        several([dynamic(counts.clone()), dynamic(toolbar), copy.into()])
    });
    let list = dynamic(move || {
        if has_chosen.get() {
            list(answer, chosen, choice, more.clone())
        } else if has_items.get() {
            no_match(&route)
        } else {
            View::none()
        }
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
fn list(
    answer: Signal<Answer<Job>>,
    chosen: Signal<Vec<u32>>,
    choice: Signal<ItemsView>,
    more: Callback<usize, View>,
) -> View {
    let count = Signal::memo(move |_| chosen.with(Vec::len));
    let viewport = use_viewport(LIST, count);
    // Another choice is read from its start.
    follow(choice, move |_| viewport.scroll_to(0));
    // The active item and not its row, so that it stays active while the choice changes.
    let active_item = RwSignal::new(None::<usize>);
    // And the same by name when the items come to stand elsewhere.
    let mut before = answer.get_untracked();
    follow(answer, move |now| {
        let items = &now.value.items;
        if let Some(index) = active_item.get_untracked() {
            active_item.set_changed(items.find(before.value.items.name(index), index));
        }
        before = now;
    });
    let active = Signal::memo(move |_| {
        let active = active_item.get()?;
        chosen.with(|chosen| chosen.iter().position(|&index| index as usize == active))
    });
    let top = viewport.top();
    let window = Signal::memo(move |_| {
        let window = Window {
            count: count.get(),
            row_height: ROW_HEIGHT,
            top: top.get(),
            height: viewport.height().get(),
        };
        // Most pixels that it is scrolled by change nothing.
        window.by_rows()
    });
    let activate = Callback::new(move |at: usize| {
        let index = chosen.with_untracked(|chosen| chosen.get(at).copied());
        active_item.set(index.map(|index| index as usize));
        let top = top.get_untracked();
        let window = window.get_untracked();
        viewport.scroll_to(Window { top, ..window }.scroll_to(at));
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

    let item = dynamic(move || match active.get().and(active_item.get()) {
        Some(index) => {
            let item = item_panel(&answer.get().value.items, index);
            several([item.into(), more.run(index)])
        }
        None => el("p")
            .class("item__hint")
            .child("Choose an item to read it whole: click it, or use the arrow keys in the list")
            .into(),
    });
    let copy = Callback::new(move |said| {
        if let Some(index) = active_item.get_untracked() {
            let name = answer.get_untracked().value.items.name(index).to_owned();
            copy_text(name, said, "Copied".to_owned());
        }
    });
    let copy = dynamic(move || {
        let is_chosen = active.get().is_some();
        is_chosen.then(|| copy_button("Copy name", copy.clone()))
    });
    let scrolled = Callback::new(move |()| viewport.measure());
    let panel = el("section")
        .class("item")
        .attr("aria-label", "Chosen item")
        .child(el("div").attr("aria-live", "polite").child(item))
        .child(copy);
    several([
        item_list(window, active, row, activate, scrolled),
        panel.into(),
    ])
}

fn empty(job: &Job, many: &str) -> View {
    let why = if job.status().is_running() {
        "The job has not reported anything yet; they appear here as it does."
    } else {
        "The job reported nothing of single items."
    };
    let why = el("p").child(why);
    empty_state(format!("No {many} yet"), vec![why.into()]).into()
}

fn no_match(route: &Callback<ItemsView, Route>) -> View {
    let all = encode(&route.run(ItemsView::default()));
    let all = el("a").set("href", all).child("Show all");
    let title = "Nothing matches the search and the filter";
    empty_state(title, vec![el("p").child(all).into()]).into()
}
