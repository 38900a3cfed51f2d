//! The entry points of the pure core: from a request and a time to a response. No sockets, files,
//! threads or machine clocks.

use http::header::DATE;
use http::{Method, StatusCode};
use jiff::Timestamp;

use crate::message::{self, Request, Response};
use crate::simulator::Simulator;
use crate::world::World;
use crate::{api, control};

impl Simulator {
    /// The response to an API request that arrives at a time, after everything that is due by then has
    /// started.
    pub fn handle(&mut self, now: Timestamp, request: &Request) -> Response {
        self.advance_to(now);
        self.with_faults(now, request, |simulator, request_id| {
            api::handle(simulator, now, request, request_id)
        })
    }

    /// Applies faults to a response that is produced elsewhere, such as a file of the page, and logs
    /// the request.
    pub fn intercept(&mut self, now: Timestamp, request: &Request, response: Response) -> Response {
        self.with_faults(now, request, |_, _| response)
    }

    fn with_faults(
        &mut self,
        now: Timestamp,
        request: &Request,
        respond: impl FnOnce(&mut Self, &str) -> Response,
    ) -> Response {
        let request_id = self.random.uuid();
        let fault =
            self.faults.iter_mut().find_map(|fault| fault.triggers(request).then(|| fault.clone()));
        self.faults.retain(|fault| fault.times != Some(0));
        let acl = api::permission(request);
        let response = match fault {
            None => respond(self, &request_id),
            Some(fault) if fault.processes_request() => {
                fault.apply(respond(self, &request_id), acl, &request_id)
            }
            Some(fault) => {
                let unprocessed = message::empty(StatusCode::INTERNAL_SERVER_ERROR);
                fault.apply(unprocessed, acl, &request_id)
            }
        };
        self.requests.add(now, request, response.status());
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
