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
        .filter(|(_, job)| !matches(job, request, family))
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

/// Whether `job` has the id and the status that `request` filters by. Other filters may be by id where a job reports a
/// name, so they are not compared.
fn matches(job: &Job, request: &Request, family: &Family) -> bool {
    let status = family.status_filter().and_then(|name| request.parameter(name));
    let has_status = status.is_none_or(|status| {
        let text = job.status_text().unwrap_or_default();
        text.trim().eq_ignore_ascii_case(status)
    });
    let id = request.parameter("id");
    has_status && id.is_none_or(|id| job.id().as_deref() == Some(id))
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
                "The server sent another part of the list than was requested. More jobs on one page show more of it."
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
