//! The header `Date`, which tells the simulator's time to whoever reckons in it.

use std::fs;
use std::time::Duration;

use cckm_simulator::clock::Clock;
use cckm_simulator::server::Options;
use cckm_simulator::{Simulator, Timestamp, World};

use crate::wire::{Server, options};

#[test]
fn every_answer_has_the_simulators_date() {
    let folder = std::env::temp_dir().join(format!("cckm-date-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("index.html"), "<p>").unwrap();
    let server = Server::start(Options {
        dist: Some(folder.clone()),
        ..options()
    });
    let asked = |path: &str, date: &str| {
        let answer = server.get(path);
        assert_eq!(answer.header("date"), Some(date), "{path}");
        let dates = answer.head.to_ascii_lowercase().matches("\ndate: ").count();
        assert_eq!(dates, 1, "{path}");
    };
    for path in [
        "/api/v1/cckm/aws/bulkjob",
        "/simulator/clock",
        "/",
        "/nothing",
    ] {
        asked(path, "Sat, 31 Jan 2026 12:00:00 GMT");
    }
    server.running.advance(Duration::from_secs(36 * 3600 + 61));
    for path in ["/api/v1/scheduler/jobs", "/"] {
        asked(path, "Mon, 02 Feb 2026 00:01:01 GMT");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_clock_that_goes_is_told_when_the_answer_leaves() {
    let server = Server::start(Options {
        world: World::new(Simulator::new(1), Clock::REAL),
        ..options()
    });
    let shown = || {
        let answer = server.get("/api/v1/cckm/aws/bulkjob");
        let date = answer.header("date").unwrap().to_owned();
        jiff::fmt::rfc2822::parse(&date).unwrap().timestamp()
    };
    let near = |time: Timestamp| (shown().as_second() - time.as_second()).abs() < 5;
    assert!(near(Timestamp::now()));
    server.running.advance(Duration::from_secs(3600));
    assert!(near(Timestamp::now() + Duration::from_secs(3600)));
}
