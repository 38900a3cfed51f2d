//! The simulator with its clock and the reports of browsers: all that a server holds. Must not
//! read the real time itself.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::control;
use crate::csp::Reports;
use crate::http::{Request, Response};
use crate::simulator::Simulator;

/// A simulator in somebody's hand.
#[derive(Debug)]
pub struct World {
    /// The appliance.
    pub simulator: Simulator,
    /// Its clock.
    pub clock: Clock,
    /// What browsers reported.
    pub csp_reports: Reports,
}

impl World {
    /// A world.
    pub fn new(simulator: Simulator, clock: Clock) -> Self {
        Self {
            simulator,
            clock,
            csp_reports: Reports::default(),
        }
    }

    /// The documented sample jobs, with a clock that stands at `now` until [`World::advance`]. Nothing
    /// in such a world depends on the machine's clock.
    pub fn at(now: Timestamp) -> Self {
        Self::new(Simulator::new(1), Clock::Frozen(now))
    }

    /// The simulated time when the machine's clock shows `real`.
    pub fn now(&self, real: Timestamp) -> Timestamp {
        self.clock.read(real)
    }

    /// Moves the clock forward.
    pub fn advance(&mut self, by: Duration) {
        self.clock.advance(by);
    }

    /// Answers a request that comes at a real time. `/simulator/…` is answered when `control`
    /// says that the sender may; reports of browsers are always taken.
    pub fn handle(&mut self, real: Timestamp, request: &Request, control: bool) -> Response {
        let now = self.clock.read(real);
        let path = request.path.strip_prefix("/simulator");
        match path.filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            Some("/csp-reports") if request.method == "POST" => {
                let kept = self.csp_reports.keep(now, &request.body);
                Response::empty(if kept { 204 } else { 400 })
            }
            Some(rest) if control => control::answer(self, real, rest, request),
            Some(_) => Response::empty(404),
            None => {
                // The appliance's own clock, not the machine's: jobs are stamped by it.
                let date = now.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
                self.simulator.handle(now, request).with("Date", &date)
            }
        }
    }
}
