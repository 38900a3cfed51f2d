//! Clock, control over HTTP, records and reports.

use std::time::Duration;

use cckm_simulator::clock::Clock;
use cckm_simulator::http::Request;
use cckm_simulator::{Simulator, Timestamp, World};
use serde_json::{Value, json};

use crate::client::noon;

fn world() -> World {
    World::new(Simulator::new(1), Clock::Frozen(noon()))
}

fn ask(world: &mut World, method: &str, target: &str, body: &Value) -> (u16, Value) {
    let request = Request::new(method, target).body(body.to_string());
    let response = world.handle(Timestamp::UNIX_EPOCH, &request, true);
    (
        response.status,
        serde_json::from_slice(&response.body).unwrap_or(Value::Null),
    )
}

#[test]
fn a_clock_stands_still_or_goes_with_the_real_time() {
    let mut clock = Clock::Frozen(noon());
    clock.advance(Duration::from_secs(1));
    assert_eq!(
        clock.read(Timestamp::UNIX_EPOCH),
        noon() + Duration::from_secs(1)
    );
    let mut clock = Clock::REAL;
    assert_eq!(clock.read(noon()), noon());
    clock.advance(Duration::from_secs(5));
    assert_eq!(clock.read(noon()), noon() + Duration::from_secs(5));
}

#[test]
fn answers_tell_the_appliances_time() {
    let request = Request::new("GET", "/api/v1/cckm/aws/bulkjob");
    let response = world().handle(Timestamp::UNIX_EPOCH, &request, true);
    let date = response.get_header("Date");
    assert_eq!(date, Some("Sat, 31 Jan 2026 12:00:00 GMT"));
}

#[test]
fn the_guide_is_readable_and_names_what_there_is() {
    let (status, guide) = ask(&mut world(), "GET", "/simulator/", &Value::Null);
    assert_eq!(status, 200);
    for entry in guide.as_object().unwrap().keys() {
        let (method, path) = entry.split_once(' ').unwrap();
        assert_ne!(
            ask(&mut world(), method, path, &json!({})).0,
            404,
            "{entry}"
        );
    }
}

#[test]
fn the_clock_can_be_set_and_moved() {
    let mut world = world();
    let (_, clock) = ask(&mut world, "GET", "/simulator/clock", &Value::Null);
    assert_eq!(
        clock,
        json!({"now": "2026-01-31T12:00:00.25Z", "frozen": true})
    );
    let body = json!({"freeze_at": "2030-01-01T00:00:00Z", "advance_ms": 1500});
    let (_, clock) = ask(&mut world, "POST", "/simulator/clock", &body);
    assert_eq!(clock["now"], "2030-01-01T00:00:01.5Z");
    let (_, clock) = ask(
        &mut world,
        "POST",
        "/simulator/clock",
        &json!({"real": true}),
    );
    assert_eq!(
        clock,
        json!({"now": "1970-01-01T00:00:00Z", "frozen": false})
    );
    assert_eq!(
        ask(
            &mut world,
            "POST",
            "/simulator/clock",
            &json!({"freeze_at": "noon"})
        )
        .0,
        400
    );
}

#[test]
fn faults_and_jobs_can_be_added() {
    let mut world = world();
    let fault = json!({"effect": "status", "status": 503, "retry_after": "9", "times": 1});
    assert_eq!(ask(&mut world, "POST", "/simulator/faults", &fault).0, 204);
    assert_eq!(
        ask(&mut world, "GET", "/api/v1/cckm/aws/bulkjob", &Value::Null).0,
        503
    );
    assert_eq!(
        ask(&mut world, "GET", "/api/v1/cckm/aws/bulkjob", &Value::Null).0,
        401
    );
    assert_eq!(
        ask(
            &mut world,
            "POST",
            "/simulator/faults",
            &json!({"effect": "flood"})
        )
        .0,
        400
    );
    let job = json!({"family": "aws/bulkjob", "id": "mine", "items": ["a", "b"], "ending": "failed", "failure": "no"});
    assert_eq!(
        ask(&mut world, "POST", "/simulator/jobs", &job),
        (201, json!({"id": "mine"}))
    );
    assert_eq!(
        ask(
            &mut world,
            "POST",
            "/simulator/jobs",
            &json!({"family": "aws"})
        )
        .0,
        400
    );
    assert_eq!(
        ask(&mut world, "GET", "/simulator/jobs", &Value::Null).1["count"],
        6
    );
}

#[test]
fn runs_of_schedules_can_be_switched() {
    let mut world = world();
    let body = json!({"run_wait_ms": 0, "run_ms": 5000, "run_failures_per_mille": 1000});
    let (status, _) = ask(&mut world, "POST", "/simulator/behaviour", &body);
    assert_eq!(status, 204);
    let behaviour = &world.simulator.behaviour;
    assert_eq!(
        (behaviour.run_wait, behaviour.run_duration),
        (Duration::ZERO, Duration::from_secs(5))
    );
    assert_eq!(behaviour.run_failures_per_mille, 1000);
}

#[test]
fn control_is_shut_where_it_is_not_allowed_but_reports_are_taken() {
    let mut world = world();
    let request = Request::new("GET", "/simulator/clock");
    assert_eq!(world.handle(noon(), &request, false).status, 404);
    let report = Request::new("POST", "/simulator/csp-reports").body("[]");
    assert_eq!(world.handle(noon(), &report, false).status, 204);
}

#[test]
fn pages_of_other_origins_cannot_control() {
    let ask = |origin: &str| {
        let request = Request::new("GET", "/simulator/clock").header("Host", "127.0.0.1:8080");
        world()
            .handle(noon(), &request.header("Origin", origin), true)
            .status
    };
    assert_eq!(ask("http://127.0.0.1:8080"), 200);
    assert_eq!([ask("https://example.org"), ask("null")], [403, 403]);
}

#[test]
fn both_formats_of_csp_reports_are_read() {
    let mut world = world();
    let old = json!({"csp-report": {"document-uri": "http://a/", "effective-directive": "style-src-attr", "blocked-uri": "inline"}});
    let new = json!([{"type": "csp-violation", "body": {"documentURL": "http://a/", "effectiveDirective": "script-src-elem", "blockedURL": "eval"}}]);
    for body in [&old, &new] {
        assert_eq!(
            ask(&mut world, "POST", "/simulator/csp-reports", body).0,
            204
        );
    }
    let read: Vec<_> = world
        .csp_reports
        .iter()
        .map(|report| (report.directive.as_str(), report.blocked.as_str()))
        .collect();
    assert_eq!(
        read,
        [("style-src-attr", "inline"), ("script-src-elem", "eval")]
    );
    let (_, reports) = ask(&mut world, "GET", "/simulator/csp-reports", &Value::Null);
    assert_eq!(reports["reports"][0]["document"], "http://a/");
}

#[test]
fn requests_are_recorded_without_secrets() {
    let mut world = world();
    let body = json!({"username": "admin", "password": "hunter2"});
    ask(
        &mut world,
        "POST",
        "/api/v1/auth/tokens/?password=hunter2",
        &body,
    );
    ask(
        &mut world,
        "GET",
        "/api/v1/cckm/aws/bulkjob?skip=5",
        &Value::Null,
    );
    let (_, requests) = ask(&mut world, "GET", "/simulator/requests", &Value::Null);
    assert!(!requests.to_string().contains("hunter2"));
    let last = &requests["requests"][1];
    assert_eq!(
        (&last["method"], &last["query"], &last["status"]),
        (&"GET".into(), &"skip=5".into(), &401.into())
    );
    assert_eq!(last["time"], "2026-01-31T12:00:00.25Z");
}
