//! The lists that could not be fetched, and the reasons.

use crate::api::error::ApiError;
use crate::api::explain::ErrorContext;
use crate::family::Family;
use crate::problem::Problem;

/// A list that could not be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListFailure {
    /// The family of the list.
    pub family: &'static Family,
    /// The reason.
    pub error: ApiError,
    /// Whether its jobs from an earlier answer are shown.
    pub is_stale: bool,
}

/// The lists that failed for the same reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureGroup {
    /// The reason.
    pub problem: Problem,
    /// Whether their jobs from earlier answers are shown.
    pub is_stale: bool,
    /// The families of the lists.
    pub families: Vec<&'static Family>,
}

impl FailureGroup {
    /// Groups `failures` by what the page says about them. The message of the server is that of the first of a group.
    pub fn all(failures: &[ListFailure]) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for &ListFailure { family, ref error, is_stale } in failures {
            let permission = family.permission;
            let problem = error.problem(ErrorContext { shows_earlier_data: is_stale, permission });
            // The explanation may name a permission that only some families need.
            let same = groups.iter_mut().find(|group| {
                let known = &group.problem;
                (&known.title, &known.explanation, group.is_stale)
                    == (&problem.title, &problem.explanation, is_stale)
            });
            match same {
                Some(group) => group.families.push(family),
                None => groups.push(Self { problem, is_stale, families: vec![family] }),
            }
        }
        groups
    }
}
