//! When running jobs count as stuck, by the server's clock.

use cckm_core::job::outcome::StuckRule;
use leptos::prelude::*;

use super::{use_config, use_server_clock};

/// The rule at the present time, at a grain of one second.
pub fn use_stuck_rule() -> Signal<StuckRule> {
    let now = use_server_clock();
    let after = use_config().with_value(|config| config.stuck_after);
    Signal::derive(move || StuckRule { now: now.get(), after })
}
