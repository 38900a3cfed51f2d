//! What is told of an action that was asked for, refused or lost. Must not do anything.

use crate::components::{banner, server_words};
use crate::view::{Element, View, el};
use cckm_core::api::error::ApiError;
use cckm_core::family::{Family, Resource};
use cckm_core::format::text::{counted, grouped};
use cckm_core::job::action::Action;
use cckm_core::job::counts::Progress;
use cckm_core::problem::Problem;

/// That nothing could be seen.
pub const UNSEEN: &str = "It could not be looked at either, so it is not known whether the server has done \
                      it. Nothing is sent again.";

/// How many items the end of a job of `family` would leave out, as far as that can be told.
pub fn unfinished(family: &Family, progress: Option<Progress>) -> String {
    const ASKED: &str = "The job is asked to end early";
    let (one, many) = family.item;
    let Some(Progress { over, of }) = progress else {
        return format!("{ASKED}. It has not reported any {many} yet.");
    };
    let all = counted(of, one, many);
    if family.asked.is_none() {
        // There may be more of them than it tells.
        let over = grouped(over);
        return format!("{ASKED}. It has reported {all} so far, {over} of them finished.");
    }
    let open = grouped(of - over.min(of));
    format!("{ASKED}: {open} of {all} not finished yet.")
}

/// What happened to the answer, and what was seen since.
pub fn lost(problem: Problem, seen: &'static str, button: Option<Element>) -> View {
    let what = el("p").child(format!("The answer was lost: {}.", problem.title));
    let words = problem.server.map(server_words);
    let seen = el("p").child(seen);
    let what = vec![what.into(), seen.into(), words.into(), button.into()];
    banner("warning", what).into()
}

/// Why the server said no, in the words of the action.
pub fn refused(
    action: Action,
    resource: Resource,
    error: &ApiError,
    mut problem: Problem,
) -> Problem {
    let done = action.words(resource).done;
    let (what, _) = resource.noun();
    if let ApiError::NotFound(_) | ApiError::Status { status: 405, .. } = error {
        problem.explanation = format!(
            "The {what} is not there any more, or this server does not let such a {what} be {done}. \
             Nothing was changed."
        );
    }
    problem.title = format!("The {what} was not {done}: {}", problem.title);
    problem.retry = false;
    problem
}
