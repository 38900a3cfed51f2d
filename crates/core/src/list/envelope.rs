//! Holds a page of a list against its request and against itself. Contradictions are reported; no row is dropped.

use crate::api::request::Request;
use crate::family::Family;
use crate::format::text::{group_digits, pluralize, truncate};
use crate::job::Job;
use crate::job::page::JobPage;

/// Something about a page that contradicts its request or itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The server counts fewer jobs than it sent. Holds its total, and the number of jobs up to the end of the page.
    TotalTooSmall(usize, usize),
    /// The answer begins after another number of jobs than the request.
    OtherPosition,
    /// These rows, by index, do not match the filters: the server ignores a filter that it does not support
    /// (CONTRACT.md 11.3).
    NotFiltered(Vec<usize>),
    /// These elements, as JSON, are no jobs.
    Unreadable(Vec<String>),
}

/// How many unreadable elements a sentence names.
const MAX_NAMED: usize = 3;

/// What is wrong with `page` of the list of `family`, which answers `request`.
pub fn findings(page: &JobPage, request: &Request, family: &Family) -> Vec<Finding> {
    let number = |name| request.parameter(name)?.parse::<usize>().ok();
    let skip = number("skip").unwrap_or(0);
    let end = skip.saturating_add(page.received());
    let total = page.number("total").filter(|_| page.total(skip).is_none());
    let is_elsewhere = page.number("skip").is_some_and(|answered| answered != skip);
    let unmatched: Vec<usize> = page
        .jobs
        .iter()
        .enumerate()
        .filter(|(index, job)| !page.known.contains(index) && !matches(job, request, family))
        .map(|(index, _)| index)
        .collect();
    let findings = [
        total.map(|total| Finding::TotalTooSmall(total, end)),
        (is_elsewhere && page.received() > 0).then_some(Finding::OtherPosition),
        (!unmatched.is_empty()).then_some(Finding::NotFiltered(unmatched)),
        (!page.unreadable.is_empty()).then(|| Finding::Unreadable(page.unreadable.clone())),
    ];
    findings.into_iter().flatten().collect()
}

/// Whether `job` has one of the ids and one of the statuses that `request` filters by. Other filters may be by id where
/// a job reports a name, so they are not compared.
fn matches(job: &Job, request: &Request, family: &Family) -> bool {
    let status = job.status_text().unwrap_or_default();
    let id = job.id().unwrap_or_default();
    let status_filter = family.status_filter().unwrap_or_default();
    has_one(request, status_filter, |value| status.trim().eq_ignore_ascii_case(value))
        && has_one(request, "id", |value| id == value)
}

/// Whether `is` holds for one of the values of the parameter `name`, or there is none. An array filter repeats its name
/// (CONTRACT.md 8).
fn has_one(request: &Request, name: &str, is: impl Fn(&str) -> bool) -> bool {
    let mut values = request.query.iter().filter(|(other, _)| other == name).peekable();
    values.peek().is_none() || values.any(|(_, value)| is(value))
}

impl Finding {
    /// The finding as a sentence.
    pub fn text(&self) -> String {
        match self {
            Self::TotalTooSmall(total, end) => format!(
                "The server counts {}, but has sent {}. Its number is not used.",
                pluralize(*total, "job", "jobs"),
                group_digits(*end)
            ),
            Self::OtherPosition => {
                "The server sent another part of the list than was requested. Choose more jobs per page to see more of the list."
                    .to_owned()
            }
            Self::NotFiltered(rows) => format!(
                "The server ignores a filter: {} not match it, as marked.",
                pluralize(rows.len(), "job does", "jobs do")
            ),
            Self::Unreadable(elements) => {
                let named = elements.iter().take(MAX_NAMED).map(|element| truncate(element.clone()));
                let named = named.collect::<Vec<_>>().join(", ");
                let more = if elements.len() > MAX_NAMED { ", …" } else { "" };
                let count = pluralize(elements.len(), "entry is no job", "entries are no jobs");
                format!("{count} and not shown: {named}{more}")
            }
        }
    }
}
