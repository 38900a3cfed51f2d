//! The elapsed time from two clocks: one stops while the machine sleeps, the other may be wrong.

use std::time::Duration;

use cckm_core::session::elapsed::Elapsed;

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn elapsed_time_includes_sleep_and_never_goes_back() {
    let mut clock = Elapsed::default();
    assert_eq!(clock.update(1_000.0, 5e12), Duration::ZERO);
    assert_eq!(clock.update(2_000.0, 5e12 + 1_001.0), at(1), "rounding is not added up");
    assert_eq!(clock.update(2_000.0, 5e12 + 3_601_001.0), at(3601), "asleep for an hour");
    assert_eq!(clock.update(3_000.0, 1e12), at(3602), "the wall clock was set back");
    assert_eq!(clock.update(2_000.0, 1e12), at(3602), "no step back");
    assert_eq!(clock.update(f64::NAN, f64::NAN), at(3602));
    let leap = clock.update(1e300, 1e300);
    assert!(leap > at(3602), "no panic");

    let mut clock = Elapsed::default();
    let mut last = Duration::ZERO;
    for step in 0..100_000 {
        let time = f64::from(step) / 10.0;
        last = clock.update(time, 5e12 + time.round());
    }
    assert!(last.abs_diff(at(10)) < Duration::from_millis(2), "{last:?}");
}
