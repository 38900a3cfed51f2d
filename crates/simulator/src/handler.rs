//! The entry points of the pure core: from a request and a time to a response. No sockets, files,
//! threads or machine clocks.

use std::mem;

use http::header::DATE;
use http::{Method, StatusCode};
use jiff::Timestamp;

use crate::fault::{Effect, Fault};
use crate::history::Snapshot;
use crate::message::{self, Request, Response};
use crate::simulator::Simulator;
use crate::world::World;
use crate::{api, control};

impl Simulator {
    /// The response to an API request that arrives at a time, after everything that is due by then has
    /// started.
    pub fn handle(&mut self, now: Timestamp, request: &Request) -> Response {
        self.advance_to(now);
        self.with_faults(now, request, |simulator, request, request_id| {
            api::handle(simulator, now, request, request_id)
        })
    }

    /// Applies faults to a response that is produced elsewhere, such as a file of the page, and logs
    /// the request.
    pub fn intercept(&mut self, now: Timestamp, request: &Request, response: Response) -> Response {
        self.with_faults(now, request, |_, _, _| response)
    }

    fn with_faults(
        &mut self,
        now: Timestamp,
        request: &Request,
        respond: impl FnOnce(&mut Self, &Request, &str) -> Response,
    ) -> Response {
        let request_id = self.random.uuid();
        let fault = self.take_fault(now, request);
        let acl = api::permission(request);
        let response = match fault {
            None => self.keeping_history(now, request, |simulator| {
                respond(simulator, request, &request_id)
            }),
            Some((fault, Some(earlier))) => {
                let response = self.with_earlier_state(earlier, |simulator| {
                    respond(simulator, request, &request_id)
                });
                fault.apply(request, response, acl, &request_id)
            }
            Some((fault, None)) if fault.processes_request() => {
                let read = fault.read(request);
                let response = self.keeping_history(now, request, |simulator| {
                    respond(simulator, &read, &request_id)
                });
                fault.apply(request, response, acl, &request_id)
            }
            Some((fault, None)) => {
                let unprocessed = message::empty(StatusCode::INTERNAL_SERVER_ERROR);
                fault.apply(request, unprocessed, acl, &request_id)
            }
        };
        self.requests.add(now, request, response.status());
        response
    }

    /// The fault that affects a request, with the state that a stale node shows.
    fn take_fault(
        &mut self,
        now: Timestamp,
        request: &Request,
    ) -> Option<(Fault, Option<Snapshot>)> {
        let history = &self.history;
        let mut earlier = None;
        let fault = self.faults.iter_mut().find_map(|fault| {
            earlier = match fault.effect {
                Effect::Stale { lag } => Some(history.before(now, lag)?),
                _ => None,
            };
            fault.triggers(request).then(|| fault.clone())
        });
        let taken = fault.map(|fault| (fault, earlier.cloned()));
        self.faults.retain(|fault| fault.times != Some(0));
        if !self.needs_history() {
            self.history.clear();
        }
        taken
    }

    fn needs_history(&self) -> bool {
        self.faults.iter().any(|fault| matches!(fault.effect, Effect::Stale { .. }))
    }

    /// Stores the state before a request that changes jobs or schedules, if a stale node may show it.
    fn keeping_history(
        &mut self,
        now: Timestamp,
        request: &Request,
        respond: impl FnOnce(&mut Self) -> Response,
    ) -> Response {
        let is_change =
            request.method() != Method::GET && !request.uri().path().starts_with("/api/v1/auth/");
        let snapshot = (is_change && self.needs_history()).then(|| Snapshot {
            changed_at: now,
            jobs: self.jobs.clone(),
            scheduler: self.scheduler.clone(),
        });
        let response = respond(self);
        if let Some(snapshot) = snapshot.filter(|_| response.status().is_success()) {
            self.history.add(snapshot);
        }
        response
    }

    /// Responds with the jobs and schedules of an earlier state. What the request changes is lost.
    fn with_earlier_state(
        &mut self,
        earlier: Snapshot,
        respond: impl FnOnce(&mut Self) -> Response,
    ) -> Response {
        let jobs = mem::replace(&mut self.jobs, earlier.jobs);
        let scheduler = mem::replace(&mut self.scheduler, earlier.scheduler);
        let response = respond(self);
        self.jobs = jobs;
        self.scheduler = scheduler;
        response
    }
}

impl World {
    /// The response to a request that arrives when the machine's clock shows `real`. `/simulator/…` is
    /// only available with `control`, except that browsers may always send reports.
    pub fn handle(&mut self, real: Timestamp, request: &Request, control: bool) -> Response {
        let now = self.now(real);
        let control_path = request.uri().path().strip_prefix("/simulator");
        match control_path.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            Some("/csp-reports") if request.method() == Method::POST => {
                let is_json = self.csp_reports.add(now, request.body());
                message::empty(if is_json {
                    StatusCode::NO_CONTENT
                } else {
                    StatusCode::BAD_REQUEST
                })
            }
            Some(path) if control => control::handle(self, real, path, request),
            Some(_) => message::empty(StatusCode::NOT_FOUND),
            None => {
                let response = self.simulator.handle(now, request);
                message::with_header(response, DATE, &message::http_date(now))
            }
        }
    }
}
