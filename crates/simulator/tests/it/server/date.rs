//! The header `Date`, which is the simulated time.

use std::time::Duration;

use cckm_simulator::clock::Clock;
use cckm_simulator::server::Options;
use cckm_simulator::{SignedDuration, Simulator, Timestamp, World};

use crate::support::{TestServer, options};

#[test]
fn every_response_has_the_simulated_date_once() {
    let folder = std::env::temp_dir().join(format!("cckm-date-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<p>").unwrap();
    let server = TestServer::start(Options { dist: Some(folder.clone()), ..options() });
    let assert_date = |path: &str, date: &str| {
        let answer = server.get(path);
        assert_eq!(answer.header("date"), Some(date), "{path}");
        let dates = answer.head.to_ascii_lowercase().matches("\ndate: ").count();
        assert_eq!(dates, 1, "{path}");
    };
    for path in ["/api/v1/cckm/aws/bulkjob", "/simulator/clock", "/", "/nothing"] {
        assert_date(path, "Sat, 31 Jan 2026 12:00:00 GMT");
    }
    server.server.advance(Duration::from_secs(36 * 3600 + 61));
    for path in ["/api/v1/scheduler/jobs", "/"] {
        assert_date(path, "Mon, 02 Feb 2026 00:01:01 GMT");
    }
    server.server.with_world(|world| world.clock.shift(SignedDuration::from_mins(-6)));
    assert_date("/api/v1/scheduler/jobs", "Sun, 01 Feb 2026 23:55:01 GMT");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn date_of_a_real_clock_follows_the_machine() {
    let server = TestServer::start(Options {
        world: World::new(Simulator::new(1), Clock::REAL),
        ..options()
    });
    let assert_near = |time: Timestamp| {
        let answer = server.get("/api/v1/cckm/aws/bulkjob");
        let date = jiff::fmt::rfc2822::parse(answer.header("date").unwrap()).unwrap();
        let difference = date.timestamp().as_second() - time.as_second();
        assert!(difference.abs() < 60, "{difference}");
    };
    assert_near(Timestamp::now());
    server.server.advance(Duration::from_secs(3600));
    assert_near(Timestamp::now() + Duration::from_secs(3600));
}
