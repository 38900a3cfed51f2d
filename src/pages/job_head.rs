//! The head of a job: how it stands, since when, how far it is, and what is odd about it.

use crate::components::{banner, progress_bar, status_badge, versions};
use crate::reactive::Signal;
use crate::state::remote::Answer;
use crate::state::zone;
use crate::view::{Element, View, dynamic, el, several};
use cckm_core::family::Family;
use cckm_core::format::text::{cut, grouped};
use cckm_core::format::time::{Timestamp, span};
use cckm_core::job::Job;
use cckm_core::job::counts::{Counts, Progress};
use cckm_core::job::item_status::ItemStatus;
use cckm_core::job::items_view::{ItemsView, Show};
use cckm_core::job::status::JobStatus;
use cckm_core::route::{JobRoute, Route, encode};

/// The head of the job that `route` names. Only the time of a running job follows `clock`.
pub fn head(
    answer: Signal<Option<Answer<Job>>>,
    route: Signal<JobRoute>,
    clock: Signal<Timestamp>,
) -> View {
    let named = route.get_untracked();
    let family = named.family;
    let title = el("h1")
        .class("page__title job__id")
        .child(named.id.clone());
    let summary = dynamic(move || {
        let answer = answer.get()?;
        Some(summary(answer, &named, clock))
    });
    let counts = dynamic(move || {
        let counts = Counts::of(&answer.get()?.value.items);
        Some(route.with(|route| links(counts, route)))
    });
    let head = el("header")
        .class("job__head")
        .child(el("p").class("job__kind").child(family.name()))
        .child(title)
        .child(summary)
        .child(counts);
    let versions = dynamic(move || {
        let groups = version_groups(&answer.get()?.value, family);
        (!groups.is_empty()).then(|| versions(groups))
    });
    several([head.into(), versions])
}

/// How the job stands, since when, what is odd about it, and how far it is.
fn summary(answer: Answer<Job>, named: &JobRoute, clock: Signal<Timestamp>) -> View {
    let job = &answer.value;
    let family = named.family;
    let standing = job.status();
    let noun = family
        .version_count
        .map_or(family.item, |_| ("version", "versions"));
    let progress = Progress::of_job(job, family, Counts::of(&job.items));
    let progress = progress.map(|progress| progress_bar(progress, noun));
    let timed = answer.clone();
    let time = dynamic(move || {
        let now = if standing.is_running() {
            clock.get()
        } else {
            timed.at
        };
        times(&timed.value, now)
    });
    let status = el("p")
        .class("job__status")
        .child(status_badge(standing, job.overall_status().map(cut)))
        .child(" ")
        .child(el("span").class("job__time").child(time));
    several([status.into(), remarks(job, named), progress.into()])
}

/// The number of items of each class, as links to these items, which keep the search and the order.
fn links(counts: Counts, route: &JobRoute) -> Element {
    let link = |(class, count): (ItemStatus, usize)| {
        let items = ItemsView {
            show: Show::ItemStatus(class),
            ..route.items.clone()
        };
        let href = encode(&Route::Job(JobRoute {
            items,
            ..route.clone()
        }));
        let word = class.word().to_ascii_lowercase();
        el("a")
            .set("class", format!("count count--{}", class.key()))
            .set("href", href)
            .child(format!("{} {word}", grouped(count)))
    };
    el("p")
        .class("job__counts")
        .children(counts.present().map(link))
}

fn times(job: &Job, now: Timestamp) -> String {
    let started = job.started().and_then(zone::when);
    let started = started.map(|when| format!("Started {}", when.local));
    let took = if job.status().is_running() {
        "running for"
    } else {
        "took"
    };
    let took = job.took().ms(now).map(|ms| format!("{took} {}", span(ms)));
    [started, took]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// The lists in `detailed_status` under their names, for families that list versions there.
fn version_groups(job: &Job, family: &Family) -> Vec<(String, Vec<String>)> {
    if family.version_count.is_none() {
        return Vec::new();
    }
    let groups = (0..job.items.len()).filter_map(|index| {
        let list = job.items.text(index)?.list.clone()?;
        Some((job.items.name(index).to_owned(), list))
    });
    groups.collect()
}

/// What the console concluded, and what in the answer is not as documented.
fn remarks(job: &Job, named: &JobRoute) -> View {
    let standing = job.status();
    let unreported = job.items.count(ItemStatus::Unreported);
    let concluded = match standing {
        JobStatus::Cancelled => {
            "A cancellation was asked for. The API has no word for cancelled: such jobs end as completed."
        }
        JobStatus::Cancelling => "A cancellation was asked for; the job has not ended yet.",
        JobStatus::Unknown => {
            "This console does not know this status, so it takes the job to be over."
        }
        JobStatus::Scheduled
        | JobStatus::Running
        | JobStatus::Completed
        | JobStatus::Aborted
        | JobStatus::Failed => "",
    };
    let odd = job.odd_detail.as_ref();
    let odd = odd.map(|raw| format!("detailed_status is no object, so there are no items: {raw}"));
    let missing = (unreported > 0 && !standing.is_running()).then(|| {
        let unreported = grouped(unreported);
        format!("The job is over, and has not reported {unreported} of what was asked for.")
    });
    let other = job.id().filter(|id| *id != named.id);
    let other = other.map(|id| format!("The answer names another job than the address: {id}"));
    let concluded = (!concluded.is_empty()).then(|| concluded.to_owned());
    let lines: Vec<String> = [other, concluded, odd, missing]
        .into_iter()
        .flatten()
        .collect();
    if lines.is_empty() {
        return View::none();
    }
    let lines = lines.into_iter().map(|text| el("p").child(text).into());
    banner("info", lines.collect()).into()
}
