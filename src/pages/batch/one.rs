//! One batch: all of its jobs as one.

use crate::components::{Freshness, progress_bar, refresh_bar};
use crate::pages::batch::control::control;
use crate::pages::batch::parts::parts;
use crate::pages::batch::{back, made_at, title};
use crate::pages::commands::batch_commands;
use crate::pages::job_items::{Listed, job_items};
use crate::reactive::{Callback, Signal};
use crate::state::batches::{Batches, use_batches};
use crate::state::location::use_location;
use crate::state::remote::Answer;
use crate::state::wall_clock::use_clock;
use crate::view::{View, dynamic, el, several};
use cckm_core::batch::State;
use cckm_core::batch::requests as bulk;
use cckm_core::format::text::grouped;
use cckm_core::format::time::{Timestamp, ago};
use cckm_core::job::Job;
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemsView, Show};
use cckm_core::poll::Hold;
use cckm_core::route::{BatchRoute, JobRoute, Route, encode};

/// The batch `name`, which was opened, live.
pub fn one_batch(name: String) -> View {
    let batches = use_batches();
    let location = use_location();
    let clock = use_clock();
    batches.watch(&name);
    let what = batches.with(&name, |work| title(&work.batch));
    let head = el("header")
        .class("job__head")
        .child(
            el("p")
                .class("job__kind")
                .child("Batch of AWS bulk operations"),
        )
        .child(el("h1").class("page__title").child(what))
        .child(el("p").class("job__time").child(made_at(&name)));
    let own = name.clone();
    let choice = Signal::memo(
        move |before: Option<&ItemsView>| match location.route().get() {
            Route::Batch(route) if route.name == own => route.items,
            _ => before.cloned().unwrap_or_default(),
        },
    );
    let own = name.clone();
    let to = Callback::new(move |items| {
        Route::Batch(BatchRoute {
            items,
            ..BatchRoute::of(own.clone())
        })
    });
    let (own, links) = (name.clone(), to.clone());
    let progress = dynamic(move || {
        batches.read().get();
        let known = batches.with(&own, |work| (work.table.progress(), work.table.counts()));
        let (progress, counts) = known?;
        let present: Vec<(ItemStatus, usize)> = counts.present().collect();
        let links = present.into_iter().map(|(class, count)| {
            let items = ItemsView {
                show: Show::ItemStatus(class),
                ..choice.get()
            };
            let word = class.word().to_ascii_lowercase();
            el("a")
                .set("class", format!("count count--{}", class.key()))
                .set("href", encode(&links.run(items)))
                .child(format!("{} {word}", grouped(count)))
        });
        let counts = el("p").class("job__counts").children(links);
        Some(several([
            progress_bar(progress, ("key", "keys")).into(),
            counts.into(),
        ]))
    });
    let own = name.clone();
    let items = Signal::memo(move |before: Option<&Option<Answer<Job>>>| {
        batches.read().get();
        // On the way to another page it is shown once more, as it was.
        batches.items(&own).or_else(|| before.cloned().flatten())
    });
    let own = name.clone();
    let listed = Listed {
        noun: bulk::family().item,
        choice,
        route: to,
        more: Callback::new(move |index| job_of(batches, &own, index)),
    };
    let items = items.get_untracked().map(|first| {
        let latest = Signal::derive(move || items.get().unwrap_or_else(|| first.clone()));
        job_items(latest, listed)
    });
    let jobs = el("section")
        .class("batch__part")
        .attr("aria-labelledby", "jobs-title")
        .child(parts(batches, name.clone()));
    let own = name.clone();
    let command = batch_commands(Callback::new(move |()| {
        batches
            .with(&own, |work| bulk::start(&work.batch, 0))
            .flatten()
    }));
    several([
        back().into(),
        head.into(),
        control(batches, name.clone(), clock),
        progress,
        freshness(batches, name, clock),
        jobs.into(),
        items.into(),
        command,
    ])
}

/// The job that the key at `index` belongs to.
fn job_of(batches: Batches, name: &str, index: usize) -> View {
    let found = batches.with(name, |work| {
        let part = work.table.part_of(index);
        match &work.batch.parts().get(part)?.state {
            State::Started(id) => Some((part, id.clone())),
            _ => None,
        }
    });
    let Some((part, id)) = found.flatten() else {
        return View::none();
    };
    let href = encode(&Route::Job(JobRoute::of(bulk::family(), id.clone())));
    let link = el("a").set("href", href).child(id);
    el("p")
        .child(format!("Job {}: ", part + 1))
        .child(link)
        .into()
}

fn freshness(batches: Batches, name: String, clock: Signal<Timestamp>) -> View {
    let own = name.clone();
    let pause = Callback::new(move |()| batches.refresh(&own, true));
    let own = name.clone();
    let refresh = Callback::new(move |()| batches.refresh(&own, false));
    dynamic(move || {
        batches.changed().get();
        batches.read().get();
        let (busy, over) = batches.course(&name);
        let (at, paused, sends) =
            batches.with(&name, |work| (work.at, work.paused, !work.batch.is_over()))?;
        let hold = match (over && !sends, paused) {
            (true, _) => Some(Hold::Settled),
            (_, true) => Some(Hold::Paused),
            _ => None,
        };
        let freshness = Freshness {
            updated: at.map(|at| ago(clock.get().since(at))),
            busy,
            hold,
            paused,
        };
        Some(refresh_bar(freshness, pause.clone(), refresh.clone()))
    })
}
