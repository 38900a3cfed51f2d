//! The outcome of a generated job: its duration, its failed items and its final status.

use std::time::Duration;

use crate::job::{Failures, Job, failure_text};
use crate::random::Random;

/// Gives a job a random outcome.
pub fn assign(mut job: Job, random: &mut Random) -> Job {
    job.duration = duration(job.items.count(), random);
    let seed = random.number();
    match random.below(1000) {
        0..40 => {
            job.failures = Failures::PerMille { seed, rate: 900 };
            job.final_status = "failed".into();
        }
        40..55 => {
            job.failures = Failures::All(failure_text(job.family, seed, "connection"));
            job.final_status = "error".into();
        }
        55..60 => job.final_status = "partially_completed".into(),
        60..160 => job.failures = Failures::PerMille { seed, rate: 120 },
        160..190 => job.failures = Failures::PerMille { seed, rate: 500 },
        190..220 => job.aborted_at = halfway(&job),
        _ => {}
    }
    job
}

/// 0.3 to 4.3 seconds an item, about 40 minutes at most.
fn duration(items: usize, random: &mut Random) -> Duration {
    let each = 300_000 + random.below(4_000_000);
    let whole = each.saturating_mul(items.max(1) as u64).min(2_400_000_000);
    Duration::from_micros(whole + random.below(1_000_000))
}

fn halfway(job: &Job) -> Option<jiff::Timestamp> {
    job.created_at.checked_add(job.duration / 2).ok()
}
