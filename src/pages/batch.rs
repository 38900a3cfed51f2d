//! Many keys as one operation: the batches that this browser knows, a new one, or one of them.

mod control;
mod new;
mod one;
mod parts;
mod source;

use crate::components::{copy_button, empty_state};
use crate::pages::batch::new::new_batch;
use crate::pages::batch::one::one_batch;
use crate::reactive::{Callback, RwSignal};
use crate::state::batches::use_batches;
use crate::state::location::use_location;
use crate::state::zone;
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::batch::{Batch, State, made};
use cckm_core::format::text::{counted, grouped};
use cckm_core::route::{BatchRoute, NEW, Route, encode};

/// The batch called `name`, a new one of what failed in `from`, or the list of all.
pub fn batch_page(name: String, from: Option<String>) -> View {
    match &*name {
        "" => list(),
        NEW => new_batch(from),
        _ if use_batches().open(&name) => one_batch(name),
        _ => unknown(name),
    }
}

/// What a batch is about, in a line.
fn title(batch: &Batch) -> String {
    let keys = counted(batch.keys(), "key", "keys");
    format!("{}: {keys}", batch.task().label())
}

/// How many of the jobs of a batch were started.
fn started(batch: &Batch) -> String {
    let started = batch.count(|state| matches!(state, State::Started(_)));
    let of = counted(batch.parts().len(), "job", "jobs");
    format!("{} of {of} started", grouped(started))
}

/// When the batch `name` was made, if its name tells.
fn made_at(name: &str) -> Option<String> {
    let when = made(name).and_then(zone::when)?;
    Some(format!("Made {}", when.local))
}

fn list() -> View {
    let batches = use_batches();
    let new = el("a")
        .class("button button--primary")
        .set("href", encode(&Route::Batch(BatchRoute::of(NEW))))
        .child("New batch…");
    let about = "AWS takes at most 100 keys in one bulk operation. A batch is one operation on any number of \
                 keys: this console starts a job for each 100 of them and shows them as one. This browser \
                 keeps the keys, the operation and the ids of the jobs, and nothing that the server said of them.";
    let lines = dynamic(move || {
        batches.changed().get();
        let names = batches.names();
        if names.is_empty() {
            return empty_state("No batches in this browser", Vec::new());
        }
        let lines = names.into_iter().map(move |name| {
            let href = encode(&Route::Batch(BatchRoute::of(name.clone())));
            let known = batches.open(&name);
            let told = batches.with(&name, |work| (title(&work.batch), started(&work.batch)));
            let (title, started) = told.filter(|_| known).unwrap_or_else(|| {
                let unreadable = "What the browser kept of it cannot be read".to_owned();
                (name.clone(), unreadable)
            });
            let elsewhere = known && !batches.is_here(&name);
            let elsewhere = elsewhere.then(|| "In another domain or at another server".to_owned());
            let told: Vec<String> = [made_at(&name), Some(started), elsewhere]
                .into_iter()
                .flatten()
                .collect();
            el("li")
                .key(name)
                .class("batches__line")
                .child(el("a").set("href", href).child(title))
                .child(el("span").class("batches__told").child(told.join(" · ")))
        });
        el("ul").class("batches").children(lines)
    });
    several([
        el("h1").class("page__title").child("Batches").into(),
        el("p").class("batch__about").child(about).into(),
        el("p").child(new).into(),
        lines,
    ])
}

/// The way back to the list.
fn back() -> Element {
    let href = encode(&Route::Batch(BatchRoute::default()));
    el("nav")
        .class("back")
        .attr("aria-label", "Where batches are listed")
        .child(el("a").set("href", href).child("Back to all batches"))
}

/// A name that this browser keeps no batch under, or one that cannot be read.
fn unknown(name: String) -> View {
    let (batches, location) = (use_batches(), use_location());
    let is_kept = batches.names().contains(&name);
    let why = if is_kept {
        "What the browser kept of it cannot be read: another program may have changed it. The jobs that \
         were started are among the AWS bulk operations."
    } else {
        "A batch is known only to the browser in which it was made, until it is forgotten there."
    };
    let mut what = vec![el("p").child(why).into()];
    if is_kept {
        let forget = Callback::new(move |_: RwSignal<String>| {
            batches.forget(&name);
            location.navigate(&Route::Batch(BatchRoute::default()));
        });
        what.push(copy_button("Forget it", forget).into());
    }
    several([
        back().into(),
        el("h1").class("page__title").child("Batch").into(),
        empty_state("No such batch in this browser", what).into(),
    ])
}
