//! Looks up the job of a start whose answer was lost: finds candidates, and decides how far to read the list.
//! Pure: it sends nothing.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::family::Family;
use crate::format::json;
use crate::format::text;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::page::JobPage;

/// The number of jobs in a page of the lookup. Other clients request as many (CONTRACT.md 8).
const PAGE_SIZE: usize = 1_000;
/// The maximum number of jobs that are read.
pub const MAX_JOBS: usize = 20_000;

/// A job that may be the one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// When it was created, by the server's clock, if the job reports it.
    pub created: Option<Timestamp>,
    /// Whether the job reports every member of the request with an equal value. If not, a member is missing, or
    /// reported by name where it was requested by id.
    pub same: bool,
}

/// The result of a lookup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookupResult {
    /// The candidates, the certain ones first.
    pub candidates: Vec<Candidate>,
    /// How many jobs were read.
    pub read: usize,
    /// Whether all jobs that can be candidates were read.
    pub complete: bool,
}

/// A lookup, page by page.
#[derive(Clone, Debug)]
pub struct Lookup {
    expected: Vec<Expected>,
    since: Timestamp,
    seen: HashSet<String>,
    /// The ids of all jobs that were read.
    ids: HashSet<String>,
    last_created: Option<Timestamp>,
    is_descending: bool,
    result: LookupResult,
}

/// A member that the job of the request would have.
#[derive(Clone, Debug)]
struct Expected {
    member: String,
    list: Vec<String>,
    exact: bool,
}

/// How a job compares with a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Similarity {
    Different,
    Unclear,
    Same,
}

impl Lookup {
    /// Looks for the job of `family` that `body` may have started at or after `since`, by the server's clock.
    pub fn new(family: &Family, body: &str, since: Timestamp) -> Self {
        Self {
            expected: expected(family, body),
            since,
            seen: HashSet::new(),
            ids: HashSet::new(),
            last_created: None,
            is_descending: family.can_sort(),
            result: LookupResult::default(),
        }
    }

    /// The `skip` and `limit` of the next page.
    pub fn page(&self) -> (usize, usize) {
        (self.result.read, PAGE_SIZE)
    }

    /// Reads a page. Returns the result when no further page is needed.
    pub fn read_page(&mut self, page: &JobPage) -> Option<LookupResult> {
        let mut is_past = false;
        for job in &page.jobs {
            let created = job.created_at();
            if let (Some(last), Some(created)) = (self.last_created, created) {
                // Some servers ignore the order that was requested.
                self.is_descending &= created <= last;
            }
            self.last_created = created.or(self.last_created);
            is_past = created.is_some_and(|created| created < self.since);
            if !is_past {
                self.consider(job, created);
            }
        }
        let before = self.result.read;
        self.result.read += page.received();
        let read = self.result.read;
        let is_end = page.received() == 0 || page.total(before).is_some_and(|total| read >= total);
        self.result.complete = is_end || (is_past && self.is_descending);
        // A server that sends the same jobs again and again would be read for ever.
        let known = self.ids.len();
        self.ids.extend(page.ids());
        let has_progress = self.ids.len() > known;
        if !self.result.complete && has_progress && read < MAX_JOBS {
            return None;
        }
        self.result.candidates.sort_by_key(|candidate| !candidate.same);
        Some(self.result.clone())
    }

    fn consider(&mut self, job: &Job, created: Option<Timestamp>) {
        let Some(id) = job.id() else {
            return;
        };
        // A job is not certain if nothing can be compared.
        let best = if self.expected.is_empty() || created.is_none() {
            Similarity::Unclear
        } else {
            Similarity::Same
        };
        let similarity =
            self.expected.iter().map(|expected| expected.compare(job)).fold(best, Similarity::min);
        if similarity != Similarity::Different && self.seen.insert(id.clone()) {
            self.result.candidates.push(Candidate {
                id,
                created,
                same: similarity == Similarity::Same,
            });
        }
    }
}

/// The lists and texts that the job of `body` would report, by the member names of such jobs.
fn expected(family: &Family, body: &str) -> Vec<Expected> {
    let fields = family.start.map_or(&[][..], |api| api.fields);
    let members = json::parse_object(body).unwrap_or_default();
    members
        .into_iter()
        .filter_map(|member| {
            let field = fields.iter().find(|field| field.member == member.name);
            let name = field.map_or(member.name.as_str(), |field| field.job_member);
            Some(Expected {
                member: Some(name).filter(|name| !name.is_empty())?.to_owned(),
                list: texts(&member.raw)?,
                exact: field.is_some_and(|field| field.exact),
            })
        })
        .collect()
}

/// The texts of a JSON list or text.
fn texts(raw: &str) -> Option<Vec<String>> {
    let list = text::parse_list(raw).map(|list| list.into_iter().map(Cow::into_owned).collect());
    list.or_else(|| json::parse_string(raw).map(|text| vec![text]))
}

impl Expected {
    fn compare(&self, job: &Job) -> Similarity {
        let Some(reported) = job.raw(&self.member).and_then(texts) else {
            return Similarity::Unclear;
        };
        let requested: HashSet<&String> = self.list.iter().collect();
        let reported: HashSet<&String> = reported.iter().collect();
        if requested == reported {
            Similarity::Same
        } else if self.exact || reported.len() > requested.len() {
            Similarity::Different
        } else {
            // Two ids, or an id and a name, may belong to the same container.
            Similarity::Unclear
        }
    }
}
