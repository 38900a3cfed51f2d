//! The head of a job: how it stands, since when, how far it is, and what is odd about it.

use crate::components::{banner, progress_bar, status_badge, versions};
use crate::domain::class::Class;
use crate::domain::counts::{Counts, Progress};
use crate::domain::family::Family;
use crate::domain::items_view::{ItemsView, Show};
use crate::domain::job::Job;
use crate::domain::standing::Standing;
use crate::domain::text::grouped;
use crate::domain::time::{Timestamp, span};
use crate::route::{JobRoute, Route, encode};
use crate::state::zone;
use crate::view::{Element, View, el, several};

/// The head of `job`, which is of `family`, at the instant `now`.
pub fn head(job: &Job, family: &'static Family, now: Timestamp) -> View {
    let standing = job.standing();
    let noun = family
        .version_count
        .map_or(family.item, |_| ("version", "versions"));
    let progress = Progress::of_job(job, family);
    let progress = progress.map(|progress| progress_bar(progress, noun));
    let groups = version_groups(job, family);
    let versions = (!groups.is_empty()).then(|| versions(groups));
    let id = job.id().unwrap_or_else(|| "no id".to_owned());
    let status = el("p")
        .class("job__status")
        .child(status_badge(standing, job.overall_status()))
        .child(" ")
        .child(el("span").class("job__time").child(times(job, now)));
    let head = el("header")
        .class("job__head")
        .child(el("p").class("job__kind").child(family.name()))
        .child(el("h1").class("page__title job__id").child(id))
        .child(status)
        .child(remarks(job))
        .child(progress)
        .child(counts(job, family));
    several([head.into(), versions.into()])
}

/// The number of items of each class, as links to these items.
fn counts(job: &Job, family: &'static Family) -> Element {
    let id = job.id().unwrap_or_default();
    let counts = Counts::of_job(job, family);
    let link = |(class, count): (Class, usize)| {
        let items = ItemsView {
            show: Show::Class(class),
            ..ItemsView::default()
        };
        let href = encode(&Route::Job(JobRoute {
            items,
            ..JobRoute::of(family, id.clone())
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
    let took = if job.standing().is_running() {
        "running for"
    } else {
        "took"
    };
    let took = job
        .duration_ms(now)
        .map(|ms| format!("{took} {}", span(ms)));
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
fn remarks(job: &Job) -> View {
    let standing = job.standing();
    let unreported = job.items.count(Class::Unreported);
    let concluded = match standing {
        Standing::Cancelled => {
            "A cancellation was asked for. The API has no word for cancelled: such jobs end as completed."
        }
        Standing::Cancelling => "A cancellation was asked for; the job has not ended yet.",
        Standing::Unknown => {
            "This console does not know this status, so it takes the job to be over."
        }
        Standing::Running | Standing::Completed | Standing::Failed => "",
    };
    let odd = job.odd_detail.as_ref();
    let odd = odd.map(|raw| format!("detailed_status is no object, so there are no items: {raw}"));
    let missing = (unreported > 0 && !standing.is_running()).then(|| {
        let unreported = grouped(unreported);
        format!("The job is over, and has not reported {unreported} of what was asked for.")
    });
    let concluded = (!concluded.is_empty()).then(|| concluded.to_owned());
    let lines: Vec<String> = [concluded, odd, missing].into_iter().flatten().collect();
    if lines.is_empty() {
        return View::none();
    }
    let lines = lines.into_iter().map(|text| el("p").child(text).into());
    banner("info", lines.collect()).into()
}
