//! The delay of the next poll: within the bounds, longer after failures, never shorter than `Retry-After`.

use std::time::Duration;

use cckm_core::config::PollBounds;
use cckm_core::poll::{Hold, PollFacts, next_delay};
use proptest::prelude::*;

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

const BOUNDS: PollBounds = PollBounds { running: seconds(5), idle: seconds(30), max: seconds(120) };

const HOLDS: [Hold; 5] = [Hold::Paused, Hold::Offline, Hold::Hidden, Hold::Stopped, Hold::Settled];

/// Asserts that the delay for `facts` is `expected`, plus up to a tenth for the jitter.
fn check(facts: PollFacts, expected: Duration) {
    for (jitter, percent) in [(0.0, 100), (0.5, 105), (1.0, 110), (-1.0, 100), (7.0, 110)] {
        let delay = next_delay(&BOUNDS, &facts, jitter).unwrap_or_default();
        let exact = expected * percent / 100;
        let error = delay.abs_diff(exact);
        assert!(
            error < Duration::from_millis(1),
            "{facts:?} at {jitter}: {delay:?}, not {exact:?}"
        );
    }
}

#[test]
fn delay_is_shorter_while_something_runs_and_doubles_with_each_failure() {
    for (running, failures, wait) in [
        (true, 0, 5),
        (true, 1, 10),
        (true, 2, 20),
        (true, 3, 40),
        (true, 4, 80),
        (true, 5, 120),
        (true, 6, 120),
        (true, 31, 120),
        (true, 32, 120),
        (true, u32::MAX, 120),
        (false, 0, 30),
        (false, 1, 60),
        (false, 2, 120),
        (false, 3, 120),
        (false, u32::MAX, 120),
    ] {
        check(PollFacts { running, failures, ..PollFacts::default() }, seconds(wait));
    }
}

#[test]
fn delay_is_never_shorter_than_retry_after() {
    for (failures, retry_after, wait) in [
        (1, 0, 10),
        (1, 3, 10),
        (1, 10, 10),
        (1, 11, 11),
        (3, 60, 60),
        (9, 119, 120),
        (9, 121, 121),
        (1, 3_600, 3_600),
        (0, 90, 90),
    ] {
        let retry_after = Some(seconds(retry_after));
        check(
            PollFacts { running: true, failures, retry_after, ..PollFacts::default() },
            seconds(wait),
        );
    }
}

#[test]
fn delay_of_extreme_durations_does_not_overflow() {
    let facts =
        PollFacts { failures: 1, retry_after: Some(seconds(u64::MAX)), ..PollFacts::default() };
    for jitter in [0.0, 1.0] {
        assert!(next_delay(&BOUNDS, &facts, jitter) >= Some(seconds(u64::MAX)));
    }
    let bounds = PollBounds { running: Duration::MAX, idle: Duration::MAX, max: Duration::MAX };
    for failures in [0, 1, u32::MAX] {
        let facts = PollFacts { failures, ..PollFacts::default() };
        assert_eq!(next_delay(&bounds, &facts, 0.9), Some(Duration::MAX));
    }
}

#[test]
fn delay_of_contradictory_bounds_is_never_below_the_interval() {
    let bounds = PollBounds { running: seconds(5), idle: seconds(300), max: seconds(60) };
    for (running, failures, wait) in [(false, 0, 300), (false, 3, 300), (true, 0, 5), (true, 9, 60)]
    {
        let facts = PollFacts { running, failures, ..PollFacts::default() };
        assert_eq!(next_delay(&bounds, &facts, 0.0), Some(seconds(wait)), "{facts:?}");
    }
}

#[test]
fn delay_is_none_while_held() {
    for hold in HOLDS {
        for running in [true, false] {
            let facts = PollFacts {
                hold: Some(hold),
                running,
                failures: 2,
                retry_after: Some(seconds(1)),
                misses: 0,
            };
            assert_eq!(next_delay(&BOUNDS, &facts, 0.5), None, "{facts:?}");
        }
    }
}

fn duration() -> impl Strategy<Value = Duration> {
    prop_oneof![(0..100_000_u64).prop_map(Duration::from_millis), any::<Duration>(),]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn delay_stays_within_the_bounds_and_never_shrinks_with_a_failure(
        (running, idle, max) in (duration(), duration(), duration()),
        is_running in any::<bool>(),
        failures in prop_oneof![0..40_u32, any::<u32>()],
        retry_after in prop::option::of(duration()),
        jitter in 0.0..=1.0_f64,
    ) {
        let bounds = PollBounds { running, idle, max };
        let facts = PollFacts { hold: None, running: is_running, failures, retry_after, misses: 0 };
        let delay = next_delay(&bounds, &facts, jitter).expect("a delay");
        let interval = if is_running { running } else { idle };
        prop_assert!(delay >= interval.max(retry_after.unwrap_or_default()));
        let longest = interval.max(max).max(retry_after.unwrap_or_default());
        // A tenth more, and the rounding of floating-point numbers.
        prop_assert!(delay <= longest.saturating_add(longest / 10).saturating_add(longest / 1_000_000));
        let worse = PollFacts { failures: failures.saturating_add(1), ..facts };
        prop_assert!(next_delay(&bounds, &worse, jitter).expect("a delay") >= delay);
    }
}
