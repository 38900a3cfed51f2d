//! Builders that several subjects share.

pub mod batch;
pub mod hostile;
mod hostile_rules;
pub mod session;

use std::time::Duration;

use cckm_core::format::time::Timestamp;
use cckm_core::job::outcome::StuckRule;

/// No job is ever stuck.
pub fn never_stuck() -> StuckRule {
    StuckRule { now: Timestamp::from_ms(0), after: Duration::MAX }
}
