//! What is said above the list of all jobs: which lists are missing and why, and what has come since.

use crate::components::{banner, error_panel};
use crate::reactive::Callback;
use crate::view::{View, el};
use cckm_core::api::explain::About;
use cckm_core::family::Family;
use cckm_core::format::text::counted;
use cckm_core::list::all_jobs::{AllPage, Failure};
use cckm_core::problem::Problem;

/// A note for each reason for which lists are missing; `on_retry` asks them again.
pub fn failures(page: &AllPage, on_retry: &Callback<()>) -> View {
    let mut groups: Vec<(Problem, bool, Vec<&'static Family>)> = Vec::new();
    for Failure {
        family,
        error,
        kept,
    } in &page.failures
    {
        let problem = error.problem(About {
            kept: *kept,
            permission: family.permission,
        });
        let same = groups
            .iter_mut()
            .find(|(other, as_kept, _)| other.title == problem.title && as_kept == kept);
        match same {
            Some((.., families)) => families.push(family),
            None => groups.push((problem, *kept, vec![family])),
        }
    }
    let notes = groups.into_iter().map(|(mut problem, kept, families)| {
        let what = if kept {
            "Not up to date"
        } else {
            "Not in this list"
        };
        let what = format!("{what}: {}.", names(&families));
        if problem.retry {
            problem.explanation = format!("{what} {}", problem.explanation);
            return error_panel(problem, on_retry.clone()).into();
        }
        // Nothing is wrong; each of these lists by itself says it at length.
        let title = el("h2").class("banner__title").child(problem.title);
        let what = el("p").child(what).child(" ").child(problem.explanation);
        banner("info", vec![title.into(), what.into()]).into()
    });
    View::Several(notes.collect())
}

/// What has come to the lists since they were read; `on_load` reads them anew from the first page.
pub fn newer(page: &AllPage, on_load: Callback<()>) -> View {
    let (what, load) = match (page.growth.added, page.growth.changed) {
        (0, false) => return View::none(),
        (0, true) => ("The lists have changed since".to_owned(), "Load anew"),
        (added, _) => (counted(added, "newer job", "newer jobs"), "Load them"),
    };
    let button = el("button")
        .attr("type", "button")
        .class("button")
        .on("click", move |_| on_load.run(()))
        .child(load);
    let what = el("p").class("banner__action").child(what).child(button);
    banner("info", vec![what.into()]).into()
}

/// How the list is not quite what was asked for.
pub fn remarks(page: &AllPage) -> View {
    let torn = (!page.torn.is_empty()).then(|| {
        let torn = names(&page.torn);
        format!("Jobs may be missing, since these lists changed while they were read: {torn}.")
    });
    let here = (!page.filtered_here.is_empty()).then(|| {
        let here = names(&page.filtered_here);
        format!("The API cannot filter these by status, so the console has done it: {here}.")
    });
    let lines = [torn, here].into_iter().flatten();
    let lines: Vec<View> = lines.map(|line| el("p").child(line).into()).collect();
    if lines.is_empty() {
        return View::none();
    }
    banner("info", lines).into()
}

fn names(families: &[&'static Family]) -> String {
    let names = families.iter().map(|family| family.name());
    names.collect::<Vec<_>>().join(", ")
}
