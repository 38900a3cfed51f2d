//! The state of a server: a simulator, its clock and the reports of browsers.

use std::time::Duration;

use jiff::Timestamp;

use crate::clock::Clock;
use crate::csp_reports::CspReports;
use crate::simulator::Simulator;

/// A simulator with its clock.
#[derive(Debug)]
pub struct World {
    /// The appliance.
    pub simulator: Simulator,
    /// Its clock.
    pub clock: Clock,
    /// The CSP violations that browsers reported.
    pub csp_reports: CspReports,
}

impl World {
    /// A world with this simulator and clock.
    pub fn new(simulator: Simulator, clock: Clock) -> Self {
        Self { simulator, clock, csp_reports: CspReports::default() }
    }

    /// The documented sample jobs, with a clock that is frozen at `now` until [`World::advance`]. Nothing
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
}
