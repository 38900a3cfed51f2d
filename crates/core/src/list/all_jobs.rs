//! The jobs of all families as pages of one list: what to request next, and what to show. It sends nothing and has no
//! clock.
//!
//! A page shows one snapshot of the lists ([`Merge`](super::merge::Merge)). A refresh reads a second snapshot, which
//! replaces the first when it covers the page, so that rows neither flicker nor disappear. Between refreshes, checks
//! request the running jobs of the page, and at longer intervals the number of jobs in each list.

mod failures;
mod snapshot;

use std::mem;
use std::time::Duration;

pub use crate::list::all_jobs::failures::{FailureGroup, ListFailure};
pub use crate::list::all_jobs::snapshot::{Coverage, MergedPage};

use crate::api::decode;
use crate::api::error::ApiError;
use crate::api::request::Request;
use crate::api::requests;
use crate::api::response::Response;
use crate::family::Family;
use crate::format::time::Timestamp;
use crate::job::outcome::StuckRule;
use crate::list::all_jobs::snapshot::Snapshot;
use crate::list::merge::RangeRequest;
use crate::poll::FetchStatus;
use crate::route::{AllJobsRoute, JobListRoute, JobRoute};

/// How many jobs a page shows.
pub const PAGE_SIZE: usize = 20;
/// How many requests may be in flight.
pub const MAX_IN_FLIGHT: usize = 4;

/// The state of the list of all jobs.
pub struct AllJobs {
    /// The snapshot on screen.
    shown: Snapshot,
    /// The snapshot that replaces it as soon as it covers the page.
    next: Option<Snapshot>,
    /// How many jobs come before the page.
    skip: usize,
    in_flight: Vec<(u32, Query)>,
    last_number: u32,
    /// The queries of the current check that are not sent yet.
    checks: Vec<Query>,
    check_failures: Vec<ListFailure>,
    /// When the lists were last counted.
    counted_at: Option<Timestamp>,
    is_signed_out: bool,
    /// The requests since the last time none was in flight.
    round: Option<Round>,
    status: FetchStatus,
}

/// Requests that count as one fetch.
#[derive(Default)]
struct Round {
    is_check: bool,
    /// The last retryable error.
    error: Option<ApiError>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Query {
    Range(RangeRequest),
    Job(&'static Family, String),
    /// The number of jobs in the list with this index.
    Count(usize, &'static Family),
}

impl AllJobs {
    /// Shows the page of `route`, of which nothing is known yet.
    pub fn new(route: &AllJobsRoute) -> Self {
        Self {
            shown: Snapshot::new(route),
            next: None,
            skip: route.skip,
            in_flight: Vec::new(),
            last_number: 0,
            checks: Vec::new(),
            check_failures: Vec::new(),
            counted_at: None,
            is_signed_out: false,
            round: Some(Round::default()),
            status: FetchStatus::default(),
        }
    }

    /// Shows the page of `route`: another page, or other filters.
    pub fn set_route(&mut self, route: &AllJobsRoute) {
        self.skip = route.skip;
        let filters = route.with_skip(0);
        if self.latest().route == filters {
            return;
        }
        if self.shown.route == filters {
            self.cancel();
            self.next = None;
        } else {
            self.replace_by(Snapshot::new(route));
        }
    }

    /// Reads all lists again.
    pub fn refresh(&mut self) {
        self.replace_by(Snapshot::new(&self.latest().route));
    }

    /// Reads the failed lists again.
    pub fn retry(&mut self) {
        if self.next.is_some() || self.shown.failures.is_empty() {
            return self.refresh();
        }
        let mut snapshot = self.shown.clone();
        snapshot.merge.retry();
        snapshot.failures.clear();
        self.replace_by(snapshot);
    }

    /// Continues after a sign-in: repeats the requests that failed because the session ended, and checks the page.
    pub fn resume(&mut self, now: Timestamp, count_interval: Duration) {
        self.is_signed_out = false;
        self.check(now, count_interval);
    }

    /// Checks the page: requests its running jobs. If `count_interval` has passed since the lists were last counted, it
    /// also requests the number of jobs in each list; if a list failed with a retryable error, it only reads the failed
    /// lists again.
    pub fn check(&mut self, now: Timestamp, count_interval: Duration) {
        if self.status.at.is_none() {
            return self.refresh();
        }
        let is_due = self.counted_at.is_none_or(|at| {
            u128::try_from(now.ms_since(at)).is_ok_and(|ms| ms >= count_interval.as_millis())
        });
        if is_due {
            self.counted_at = Some(now);
            let mut failures = self.shown.failures.iter();
            if failures.any(|failure| failure.error.is_retryable()) {
                return self.retry();
            }
        }
        self.check_failures.clear();
        let merge = &self.shown.merge;
        let jobs = merge
            .rows(self.skip, PAGE_SIZE)
            .filter(|row| row.may_run)
            .filter_map(|row| Some(Query::Job(row.family, row.id.clone()?)));
        let counts = merge.loaded().filter(|_| is_due).map(|(at, family)| Query::Count(at, family));
        let is_in_flight = |check: &Query| self.in_flight.iter().any(|(_, query)| query == check);
        self.checks = jobs.chain(counts).filter(|check| !is_in_flight(check)).collect();
        self.round.get_or_insert_default().is_check = self.next.is_none();
    }

    /// The requests to send now, each with its number. Call it after every change: it also ends the fetch if there is
    /// nothing more to send or to wait for.
    pub fn next_requests(&mut self, now: Timestamp) -> Vec<(u32, Request)> {
        let mut requests = Vec::new();
        while let Some(query) = self.next_query() {
            self.last_number = self.last_number.wrapping_add(1);
            requests.push((self.last_number, self.request(&query)));
            self.in_flight.push((self.last_number, query));
            self.round.get_or_insert_default();
        }
        self.settle(now);
        if !self.is_signed_out && self.in_flight.is_empty() {
            self.finish_round(now);
        }
        requests
    }

    fn next_query(&mut self) -> Option<Query> {
        if self.is_signed_out || self.in_flight.len() >= MAX_IN_FLIGHT {
            return None;
        }
        let rows = self.wanted_rows();
        let range = self.latest_mut().merge.next_request(rows, MAX_IN_FLIGHT);
        range.map(Query::Range).or_else(|| self.checks.pop())
    }

    fn request(&self, query: &Query) -> Request {
        match query {
            Query::Range(RangeRequest { family, skip, limit, .. }) => {
                let list = self.latest().route.list_of(family);
                requests::list(&JobListRoute { skip: *skip, limit: *limit, ..list })
            }
            Query::Count(_, family) => {
                requests::list(&JobListRoute { limit: 1, ..self.shown.route.list_of(family) })
            }
            Query::Job(family, id) => requests::get(&JobRoute::new(family, id.clone())),
        }
    }

    /// Whether the answer to the request with this number is still needed.
    pub fn awaits(&self, number: u32) -> bool {
        self.in_flight.iter().any(|&(other, _)| other == number)
    }

    /// Applies the answer to the request with this number. Ignores it if it is no longer needed. `rule` has the time by
    /// the server's clock.
    pub fn receive(
        &mut self,
        number: u32,
        answer: Result<Response, ApiError>,
        now: Timestamp,
        rule: StuckRule,
    ) {
        let Some(at) = self.in_flight.iter().position(|&(other, _)| other == number) else {
            return;
        };
        let (_, query) = self.in_flight.remove(at);
        if let Err(error) = answer.and_then(|response| self.apply(&query, &response.body, rule)) {
            self.fail(query, error);
        }
        self.settle(now);
    }

    fn apply(&mut self, query: &Query, body: &[u8], rule: StuckRule) -> Result<(), ApiError> {
        match query {
            Query::Range(range) => {
                let page = decode::job_page(body)?;
                self.latest_mut().merge.receive(range, &page, rule);
            }
            Query::Count(at, _) => {
                if let Some(total) = decode::job_page(body)?.total(0) {
                    self.shown.merge.set_total(*at, total);
                }
            }
            Query::Job(family, id) => self.shown.merge.update(family, id, &decode::job(body)?),
        }
        Ok(())
    }

    fn fail(&mut self, query: Query, error: ApiError) {
        if error == ApiError::SignedOut {
            self.is_signed_out = true;
            match query {
                Query::Range(range) => self.latest_mut().merge.cancel(&range),
                Query::Job(..) | Query::Count(..) => self.checks.clear(),
            }
            return;
        }
        if error.is_retryable() {
            self.round.get_or_insert_default().error = Some(error.clone());
        }
        match query {
            Query::Range(range) => self.fail_range(&range, error),
            // A deleted job stays on the page until the lists are read again.
            Query::Job(..) if matches!(error, ApiError::NotFound(_)) => {}
            Query::Job(family, _) | Query::Count(_, family) => {
                let mut failures = self.check_failures.iter();
                if !failures.any(|failure| failure.family == family) {
                    self.check_failures.push(ListFailure { family, error, is_stale: true });
                }
            }
        }
    }

    fn fail_range(&mut self, range: &RangeRequest, error: ApiError) {
        let (snapshot, earlier) = match &mut self.next {
            // Jobs that the user may no longer read must not stay on screen.
            Some(next) if next.route == self.shown.route && error.is_retryable() => {
                (next, Some(&self.shown.merge))
            }
            Some(next) => (next, None),
            None => (&mut self.shown, None),
        };
        snapshot.merge.fail(range, earlier);
        snapshot.failures.push(ListFailure {
            family: range.family,
            error,
            is_stale: earlier.is_some(),
        });
    }

    /// Emits the rows that are certain, and shows the latest snapshot if it covers the page.
    fn settle(&mut self, now: Timestamp) {
        let rows = self.wanted_rows();
        self.shown.merge.emit(rows);
        let latest = self.latest_mut();
        latest.merge.emit(rows);
        if !latest.merge.covers(rows) {
            return;
        }
        let has_failed = latest.has_failed();
        let next = self.next.take();
        if (next.is_some() || self.status.at.is_none()) && !has_failed {
            self.status.at = Some(now);
        }
        if let Some(mut next) = next {
            next.merge.remember(&self.shown.merge);
            self.shown = next;
        }
    }

    fn finish_round(&mut self, now: Timestamp) {
        let Some(round) = self.round.take() else {
            return;
        };
        self.status.error = round.error;
        if self.status.error.is_some() {
            self.status.failures = self.status.failures.saturating_add(1);
            return;
        }
        self.status.failures = 0;
        if round.is_check {
            self.status.at = Some(now);
        }
    }

    /// The state of the fetching.
    pub fn status(&self) -> FetchStatus {
        FetchStatus { in_flight: !self.in_flight.is_empty(), ..self.status.clone() }
    }

    /// The rows of the page that are known. `rule` has the time by the server's clock.
    pub fn page(&self, rule: StuckRule) -> MergedPage {
        let mut page = self.shown.page(self.skip, rule);
        page.is_complete &= self.latest().route == self.shown.route;
        page.failures.extend(self.check_failures.iter().cloned());
        page
    }

    /// How many rows of the list must be emitted to fill the page.
    fn wanted_rows(&self) -> usize {
        self.skip.saturating_add(PAGE_SIZE)
    }

    /// The snapshot that is being read.
    fn latest(&self) -> &Snapshot {
        self.next.as_ref().unwrap_or(&self.shown)
    }

    fn latest_mut(&mut self) -> &mut Snapshot {
        self.next.as_mut().unwrap_or(&mut self.shown)
    }

    /// Cancels all requests.
    fn cancel(&mut self) {
        for (_, query) in mem::take(&mut self.in_flight) {
            if let Query::Range(range) = query {
                self.latest_mut().merge.cancel(&range);
            }
        }
        self.checks.clear();
        self.check_failures.clear();
        if let Some(round) = &mut self.round {
            round.is_check = false;
        }
    }

    /// Cancels all requests and reads `snapshot` instead. The rows or failures on screen stay until it covers the page.
    fn replace_by(&mut self, snapshot: Snapshot) {
        self.cancel();
        self.round.get_or_insert_default();
        if self.status.at.is_some() || self.shown.has_failed() {
            self.next = Some(snapshot);
        } else {
            self.shown = snapshot;
        }
    }
}
