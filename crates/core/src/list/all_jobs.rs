//! The jobs of all families on their way to one page: what is to be asked next, and what can be
//! shown. Pure: it sends nothing and has no clock.
//!
//! What is on screen is one reading of the lists ([`Merge`]). A refresh is another, which takes its
//! place when it covers the page, so that rows neither flicker nor go. Between refreshes a look asks
//! for the jobs of the page that still run, and for the number of jobs in each list.

mod reading;

use std::time::Duration;

use crate::list::all_jobs::reading::Reading;
pub use crate::list::all_jobs::reading::{AllPage, Failure};
use crate::poll::FetchStatus;

use crate::api::decode;
use crate::api::error::ApiError;
use crate::api::request::Request;
use crate::api::requests;
use crate::api::response::Response;
use crate::family::Family;
use crate::format::time::Timestamp;
use crate::list::merge::Ask;
use crate::route::{AllRoute, JobRoute};

/// How many jobs a page holds.
pub const PAGE: usize = 20;
/// How many requests may be under way.
const MOST: usize = 4;

/// All jobs, as far as they are known.
pub struct AllJobs {
    shown: Reading,
    /// What is to take the place of what is shown.
    fresh: Option<Reading>,
    /// How many jobs come before the page.
    skip: usize,
    under_way: Vec<(u32, What)>,
    /// The number of the last request.
    last: u32,
    /// What the look under way has still to ask, and what of it failed.
    looks: Vec<What>,
    unseen: Vec<Failure>,
    /// When the lists were last counted, by any clock.
    counted: Option<Timestamp>,
    /// Whether the session has ended: then nothing is asked.
    held: bool,
    /// Whether a round of asking is under way, whether it began as a look, and what failed in it that
    /// may yet be answered.
    busy: bool,
    looking: bool,
    error: Option<ApiError>,
    course: FetchStatus,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Part(Ask),
    Job(&'static Family, String),
    Count(usize, &'static Family),
}

impl AllJobs {
    /// Nothing is known, and the page of `route` is wanted.
    pub fn new(route: &AllRoute) -> Self {
        Self {
            shown: Reading::of(route),
            fresh: None,
            skip: route.skip,
            under_way: Vec::new(),
            last: 0,
            looks: Vec::new(),
            unseen: Vec::new(),
            counted: None,
            held: false,
            busy: true,
            looking: false,
            error: None,
            course: FetchStatus::default(),
        }
    }

    /// Another page, or the jobs of other families or another status, is wanted.
    pub fn go(&mut self, route: &AllRoute) {
        self.skip = route.skip;
        let of = route.at(0);
        if self.reading().of == of {
            return;
        }
        if self.shown.of == of {
            self.end();
            self.fresh = None;
        } else {
            self.read_anew(Reading::of(route));
        }
    }

    /// Reads all lists anew.
    pub fn refresh(&mut self) {
        let route = self.reading().of.clone();
        self.read_anew(Reading::of(&route));
    }

    /// Asks those lists again that failed.
    pub fn retry(&mut self) {
        if self.fresh.is_some() || self.shown.failures.is_empty() {
            return self.refresh();
        }
        let mut again = self.shown.clone();
        again.merge.retry();
        again.failures.clear();
        self.read_anew(again);
    }

    /// The session goes on: what it ended is asked again, and what is shown is looked at.
    pub fn resume(&mut self, now: Timestamp, idle: Duration) {
        self.held = false;
        self.look(now, idle);
    }

    /// Looks whether what is shown is still so: asks for the running jobs of the page, and, if `idle`
    /// has passed since that was last done, how many jobs there are.
    pub fn look(&mut self, now: Timestamp, idle: Duration) {
        if self.course.at.is_none() {
            return self.refresh();
        }
        let since = self.counted.map(|at| u128::try_from(now.since(at)));
        let is_due = since.is_none_or(|since| since.is_ok_and(|ms| ms >= idle.as_millis()));
        if is_due {
            self.counted = Some(now);
        }
        let mut failures = self.shown.failures.iter();
        if is_due && failures.any(|failure| failure.error.is_retryable()) {
            return self.retry();
        }
        self.unseen.clear();
        let entries = self.shown.merge.told(self.skip, PAGE);
        let running = entries.filter(|entry| entry.row.standing.is_running());
        let jobs = running.filter_map(|entry| {
            let id = entry.row.id.clone()?;
            Some(What::Job(entry.row.family, id))
        });
        self.looks = jobs.collect();
        if is_due {
            let lists = self.shown.merge.listed();
            let counts = lists.map(|(at, family)| What::Count(at, family));
            self.looks.extend(counts);
        }
        let under_way = &self.under_way;
        let is_asked = |look: &What| under_way.iter().any(|(_, other)| other == look);
        self.looks.retain(|look| !is_asked(look));
        self.busy = true;
        self.looking = self.fresh.is_none();
    }

    /// The next request, to be sent now, with its number; none when enough are under way or nothing is
    /// wanted.
    pub fn next_request(&mut self) -> Option<(u32, Request)> {
        if self.held || self.under_way.len() >= MOST {
            return None;
        }
        let rows = self.skip.saturating_add(PAGE);
        let part = self.reading_mut().merge.next(rows, MOST).map(What::Part);
        let what = part.or_else(|| self.looks.pop())?;
        self.last = self.last.wrapping_add(1);
        let request = self.request(&what);
        self.under_way.push((self.last, what));
        self.busy = true;
        Some((self.last, request))
    }

    fn request(&self, what: &What) -> Request {
        let status = |reading: &Reading| reading.of.status.clone();
        match what {
            What::Part(ask) => {
                requests::part(ask.family, &status(self.reading()), ask.skip, ask.limit)
            }
            What::Count(_, family) => requests::part(family, &status(&self.shown), 0, 1),
            What::Job(family, id) => requests::get(&JobRoute::of(family, id.clone())),
        }
    }

    /// Whether the answer to this request is still wanted.
    pub fn awaits(&self, number: u32) -> bool {
        self.under_way.iter().any(|(own, _)| *own == number)
    }

    /// Takes in what came of a request.
    pub fn answered(&mut self, number: u32, answer: Result<Response, ApiError>, now: Timestamp) {
        let at = self.under_way.iter().position(|(own, _)| *own == number);
        let Some(at) = at else { return };
        let (_, what) = self.under_way.remove(at);
        if let Err(error) = self.take(&what, answer) {
            self.fail(what, error);
        }
        self.settle(now);
    }

    /// Shows what has come to cover the page.
    fn settle(&mut self, now: Timestamp) {
        let rows = self.skip.saturating_add(PAGE);
        let first = self.course.at.is_none();
        let reading = self.reading_mut();
        if !reading.merge.covers(rows) {
            return;
        }
        let is_void = reading.is_void();
        let fresh = self.fresh.take();
        if (first || fresh.is_some()) && !is_void {
            self.course.at = Some(now);
        }
        if let Some(fresh) = fresh {
            self.shown = fresh;
        }
    }

    fn take(&mut self, what: &What, answer: Result<Response, ApiError>) -> Result<(), ApiError> {
        let body = answer?.body;
        match what {
            What::Part(ask) => {
                let page = decode::job_page(&body)?;
                self.reading_mut().merge.took(ask, &page);
            }
            What::Count(at, _) => {
                if let Some(total) = decode::job_page(&body)?.number("total") {
                    self.shown.merge.counted(*at, total);
                }
            }
            What::Job(family, id) => self.shown.merge.update(family, id, &decode::job(&body)?),
        }
        Ok(())
    }

    fn fail(&mut self, what: What, error: ApiError) {
        let family = match (&what, &error) {
            (What::Part(ask), ApiError::SignedOut) => {
                self.held = true;
                return self.reading_mut().merge.unasked(ask);
            }
            (_, ApiError::SignedOut) => {
                self.held = true;
                return self.looks.clear();
            }
            // A job that is gone stays as it was until the lists are read anew.
            (What::Job(..), ApiError::NotFound(_)) => return,
            (What::Part(ask), _) => {
                self.note(&error);
                return self.miss(ask, error);
            }
            (What::Job(family, _) | What::Count(_, family), _) => *family,
        };
        self.note(&error);
        if !self.unseen.iter().any(|other| other.family == family) {
            let kept = true;
            self.unseen.push(Failure {
                family,
                error,
                kept,
            });
        }
    }

    fn note(&mut self, error: &ApiError) {
        if error.is_retryable() {
            self.error = Some(error.clone());
        }
    }

    fn miss(&mut self, ask: &Ask, error: ApiError) {
        let (reading, earlier) = match &mut self.fresh {
            // Who may no longer read them is not to see them.
            Some(fresh) if fresh.of == self.shown.of && error.is_retryable() => {
                (fresh, Some(&self.shown.merge))
            }
            Some(fresh) => (fresh, None),
            None => (&mut self.shown, None),
        };
        reading.merge.failed(ask, earlier);
        reading.failures.push(Failure {
            family: ask.family,
            error,
            kept: earlier.is_some(),
        });
    }

    /// To be called when there is nothing more to send for now: takes note of the end of a round.
    pub fn rest(&mut self, now: Timestamp) {
        self.settle(now);
        if self.held || !self.busy || !self.under_way.is_empty() {
            return;
        }
        self.busy = false;
        self.course.error = self.error.take();
        if self.course.error.is_some() {
            self.course.failures = self.course.failures.saturating_add(1);
            return;
        }
        self.course.failures = 0;
        if self.looking {
            self.course.at = Some(now);
        }
    }

    /// How the asking goes.
    pub fn course(&self) -> &FetchStatus {
        &self.course
    }

    /// Whether anything is under way.
    pub fn is_busy(&self) -> bool {
        !self.under_way.is_empty()
    }

    /// The page, as far as it is known.
    pub fn page(&mut self) -> AllPage {
        let fresh = self.fresh.as_ref();
        let is_asked = fresh.is_none_or(|fresh| fresh.of == self.shown.of);
        let mut page = self.shown.page(self.skip);
        page.is_whole &= is_asked;
        page.failures.extend(self.unseen.iter().cloned());
        page
    }

    /// The reading that is being read.
    fn reading(&self) -> &Reading {
        self.fresh.as_ref().unwrap_or(&self.shown)
    }

    fn reading_mut(&mut self) -> &mut Reading {
        self.fresh.as_mut().unwrap_or(&mut self.shown)
    }

    /// Ends what is under way.
    fn end(&mut self) {
        for (_, what) in std::mem::take(&mut self.under_way) {
            if let What::Part(ask) = what {
                self.reading_mut().merge.unasked(&ask);
            }
        }
        self.looks.clear();
        self.unseen.clear();
        self.looking = false;
    }

    /// Ends what is under way, and reads `reading` in its place. What is shown stays until then, why
    /// there is nothing included.
    fn read_anew(&mut self, reading: Reading) {
        self.end();
        self.busy = true;
        if self.course.at.is_some() || self.shown.is_void() {
            self.fresh = Some(reading);
        } else {
            self.shown = reading;
        }
    }
}
