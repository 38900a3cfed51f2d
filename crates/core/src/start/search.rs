//! Looking for the job that a lost answer was about: which jobs may be it, and how far to read the
//! list. Pure: it asks for nothing.

use std::collections::HashSet;

use crate::family::Family;
use crate::format::json;
use crate::format::text;
use crate::format::time::Timestamp;
use crate::job::Job;
use crate::job::page::JobPage;

/// How many jobs are asked for at a time; clients are known to ask for as many (CONTRACT.md 8).
const PAGE: usize = 1_000;
/// How many jobs are read at the most.
pub const MOST_READ: usize = 20_000;

/// A job that may be the one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Its id.
    pub id: String,
    /// When it was created, by the server's clock, if it tells.
    pub created: Option<Timestamp>,
    /// Whether it asks for the same in all that jobs tell. Else something is not told, or told by
    /// name where it was given by id.
    pub same: bool,
}

/// What a look came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The jobs that may be it, those that ask for the same first.
    pub candidates: Vec<Candidate>,
    /// How many jobs were read.
    pub read: usize,
    /// Whether all were read that can be it.
    pub complete: bool,
}

/// A look, page by page.
#[derive(Clone, Debug)]
pub struct Search {
    wanted: Vec<Wanted>,
    since: Timestamp,
    skip: usize,
    seen: HashSet<String>,
    last: Option<Timestamp>,
    falling: bool,
    findings: Findings,
}

/// A member that a job of the request would have.
#[derive(Clone, Debug)]
struct Wanted {
    /// Its name in a job.
    name: String,
    list: Vec<String>,
    exact: bool,
}

/// How a job compares with a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Other,
    Unclear,
    Same,
}

impl Search {
    /// A look for the job of `family` that `body` may have started at `since`, by the server's
    /// clock.
    pub fn new(family: &Family, body: &str, since: Timestamp) -> Self {
        Self {
            wanted: wanted(family, body),
            since,
            skip: 0,
            seen: HashSet::new(),
            last: None,
            falling: family.sorts(),
            findings: Findings::default(),
        }
    }

    /// The `skip` and `limit` of the page to ask for.
    pub fn page(&self) -> (usize, usize) {
        (self.skip, PAGE)
    }

    /// Reads a page. Some when no other is needed.
    pub fn take(&mut self, page: &JobPage) -> Option<Findings> {
        let mut past = false;
        for job in &page.jobs {
            let created = job.started();
            if let (Some(last), Some(created)) = (self.last, created) {
                // A server that does not keep to the order that it was asked for.
                self.falling &= created <= last;
            }
            self.last = created.or(self.last);
            past = created.is_some_and(|created| created < self.since);
            if !past {
                self.consider(job, created);
            }
        }
        self.skip += page.jobs.len();
        self.findings.read = self.skip;
        let total = page.number("total");
        let end = page.jobs.is_empty() || total.is_some_and(|total| self.skip >= total);
        let complete = end || (past && self.falling);
        if !complete && self.skip < MOST_READ {
            return None;
        }
        self.findings.complete = complete;
        let same = |candidate: &Candidate| candidate.same;
        let (mut first, mut rest): (Vec<_>, Vec<_>) =
            (self.findings.candidates.drain(..)).partition(same);
        first.append(&mut rest);
        self.findings.candidates = first;
        Some(self.findings.clone())
    }

    fn consider(&mut self, job: &Job, created: Option<Timestamp>) {
        let Some(id) = job.id() else {
            return;
        };
        let likeness = self.wanted.iter().map(|wanted| wanted.likeness(job));
        // Where nothing can be compared, nothing is sure.
        let usual = if self.wanted.is_empty() || created.is_none() {
            Likeness::Unclear
        } else {
            Likeness::Same
        };
        let likeness = likeness.fold(usual, Likeness::min);
        if likeness != Likeness::Other && self.seen.insert(id.clone()) {
            self.findings.candidates.push(Candidate {
                id,
                created,
                same: likeness == Likeness::Same,
            });
        }
    }
}

/// What the job of `body` would tell: lists and texts, under the names of the family's table.
fn wanted(family: &Family, body: &str) -> Vec<Wanted> {
    let fields = family.start.map_or(&[][..], |api| api.fields);
    let members = json::members(body).unwrap_or_default();
    let wanted = members.into_iter().filter_map(|member| {
        let field = fields.iter().find(|field| field.member == member.name);
        let list = text::plain_list(&member.raw)
            .or_else(|| json::string(&member.raw).map(|text| vec![text]))?;
        let told = field.map_or(member.name.as_str(), |field| field.told);
        (!told.is_empty()).then(|| Wanted {
            name: told.to_owned(),
            list,
            exact: field.is_some_and(|field| field.exact),
        })
    });
    wanted.collect()
}

impl Wanted {
    fn likeness(&self, job: &Job) -> Likeness {
        let Some(raw) = job.raw(&self.name).filter(|&raw| raw != "null") else {
            return Likeness::Unclear;
        };
        let told = text::plain_list(raw);
        let Some(told) = told.or_else(|| json::string(raw).map(|text| vec![text])) else {
            return Likeness::Unclear;
        };
        let asked: HashSet<&str> = self.list.iter().map(String::as_str).collect();
        let told: HashSet<&str> = told.iter().map(String::as_str).collect();
        if asked == told {
            Likeness::Same
        } else if self.exact || told.len() > asked.len() {
            Likeness::Other
        } else {
            // Two ids, or an id and a name, may be of the same container.
            Likeness::Unclear
        }
    }
}
