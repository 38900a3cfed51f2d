//! The clock, control over HTTP, the request log and CSP reports.

use std::time::Duration;

use cckm_simulator::clock::Clock;
use cckm_simulator::http::header::{HOST, ORIGIN};
use cckm_simulator::{SignedDuration, Timestamp, World};
use serde_json::{Value, json};

use crate::support::{noon, request};

const JOBS: &str = "/api/v1/cckm/aws/bulkjob";

fn world() -> World {
    World::at(noon())
}

fn send(world: &mut World, method: &str, target: &str, body: &Value) -> (u16, Value) {
    let request = request(method, target, body.to_string());
    let response = world.handle(Timestamp::UNIX_EPOCH, &request, true);
    let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
    (response.status().as_u16(), body)
}

fn get(world: &mut World, target: &str) -> (u16, Value) {
    send(world, "GET", target, &Value::Null)
}

fn post(world: &mut World, path: &str, body: &Value) -> (u16, Value) {
    send(world, "POST", &format!("/simulator/{path}"), body)
}

#[test]
fn real_clock_follows_the_machine_with_an_offset() {
    let mut clock = Clock::REAL;
    assert_eq!(clock.read(noon()), noon());
    clock.advance(Duration::from_secs(5));
    assert_eq!(clock.read(noon()), noon() + Duration::from_secs(5));
    clock.shift(SignedDuration::from_mins(-6));
    assert_eq!(clock.read(noon()), noon() - Duration::from_secs(355));
}

#[test]
fn guide_names_only_paths_that_exist() {
    let (status, guide) = get(&mut world(), "/simulator/");
    assert_eq!(status, 200);
    for entry in guide.as_object().unwrap().keys() {
        let (method, path) = entry.split_once(' ').unwrap();
        assert_ne!(send(&mut world(), method, path, &json!({})).0, 404, "{entry}");
    }
}

#[test]
fn clock_is_frozen_advanced_and_released() {
    let mut world = world();
    let (_, clock) = get(&mut world, "/simulator/clock");
    assert_eq!(clock, json!({"now": "2026-01-31T12:00:00.25Z", "frozen": true}));
    let body = json!({"freeze_at": "2030-01-01T00:00:00Z", "advance_ms": 1500});
    let (_, clock) = post(&mut world, "clock", &body);
    assert_eq!(clock["now"], "2030-01-01T00:00:01.5Z");
    let (_, clock) = post(&mut world, "clock", &json!({"shift_ms": -360_000}));
    assert_eq!(clock["now"], "2029-12-31T23:54:01.5Z");
    let (_, clock) = post(&mut world, "clock", &json!({"real": true}));
    assert_eq!(clock, json!({"now": "1970-01-01T00:00:00Z", "frozen": false}));
    let (_, clock) = post(&mut world, "clock", &json!({"freeze": true}));
    assert_eq!(clock, json!({"now": "1970-01-01T00:00:00Z", "frozen": true}));
    assert_eq!(post(&mut world, "clock", &json!({"freeze_at": "noon"})).0, 400);
}

#[test]
fn fault_is_added_listed_applied_and_used_up() {
    let mut world = world();
    let fault = json!({"effect": "status", "status": 503, "retry_after": "9", "times": 1,
        "latency_ms": 20, "body": {"custom": ["text/plain", "no"]}});
    assert_eq!(post(&mut world, "faults", &fault).0, 204);
    let listed = get(&mut world, "/simulator/faults").1["faults"][0].clone();
    for (name, value) in fault.as_object().unwrap() {
        assert_eq!(listed[name], *value, "{name}");
    }
    assert_eq!(get(&mut world, JOBS).0, 503);
    assert_eq!(get(&mut world, JOBS).0, 401);
    for (fault, expected) in [
        (json!({"effect": "flood"}), "must be one of `pass`, `status`"),
        (json!({}), "effect: is required"),
        (json!({"effect": "truncate"}), "bytes: is required"),
    ] {
        let (status, error) = post(&mut world, "faults", &fault);
        assert_eq!(status, 400, "{fault}");
        assert!(error["message"].as_str().unwrap().contains(expected), "{error}");
    }
}

#[test]
fn job_is_added_as_described() {
    let mut world = world();
    let job = json!({"family": "aws/bulkjob", "id": "mine", "items": ["a", "b"],
        "final_status": "failed", "failure": "no", "duration_ms": 1000});
    assert_eq!(post(&mut world, "jobs", &job), (201, json!({"id": "mine"})));
    assert_eq!(post(&mut world, "jobs", &json!({"family": "aws"})).0, 400);
    assert_eq!(get(&mut world, "/simulator/jobs").1["count"], 6);
    let family = cckm_simulator::family::by_path("aws/bulkjob").unwrap();
    let job = world.simulator.jobs.get(family, "mine").unwrap();
    let at = noon() + Duration::from_secs(1);
    assert_eq!(
        serde_json::to_value(job.at(at)).unwrap()["detailed_status"],
        json!({"a": "no", "b": "no"})
    );
    assert_eq!(job.status(at), "failed");
}

#[test]
fn behaviour_and_lifetimes_change_only_the_named_members() {
    let mut world = world();
    let body = json!({"run_wait_ms": 0, "run_ms": 5000, "run_failures_per_mille": 1000,
        "newest_first": null});
    assert_eq!(post(&mut world, "behaviour", &body).0, 204);
    assert_eq!(post(&mut world, "behaviour", &json!({"create_status": -1})).0, 400);
    assert_eq!(post(&mut world, "lifetimes", &json!({"jwt_ms": 1000})).0, 204);
    let behaviour = &world.simulator.behaviour;
    assert_eq!(behaviour.run_wait, Duration::ZERO);
    assert_eq!(behaviour.run_duration, Duration::from_secs(5));
    assert_eq!(behaviour.run_failures_per_mille, 1000);
    assert_eq!((behaviour.newest_first, behaviour.create_status), (true, 201));
    let lifetimes = world.simulator.auth.lifetimes;
    assert_eq!(lifetimes.jwt, Duration::from_secs(1));
    assert_eq!(lifetimes.unused, Duration::from_secs(1800));
}

#[test]
fn world_without_control_accepts_only_reports() {
    let mut world = world();
    let clock = request("GET", "/simulator/clock", "");
    assert_eq!(world.handle(noon(), &clock, false).status(), 404);
    let report = request("POST", "/simulator/csp-reports", "[]");
    assert_eq!(world.handle(noon(), &report, false).status(), 204);
}

#[test]
fn pages_of_other_origins_cannot_control() {
    for (origin, status) in
        [("http://127.0.0.1:8080", 200), ("https://example.org", 403), ("null", 403)]
    {
        let mut request = request("GET", "/simulator/clock", "");
        request.headers_mut().insert(HOST, "127.0.0.1:8080".parse().unwrap());
        request.headers_mut().insert(ORIGIN, origin.parse().unwrap());
        assert_eq!(world().handle(noon(), &request, true).status(), status, "{origin}");
    }
}

#[test]
fn csp_reports_are_read_in_both_formats() {
    let mut world = world();
    let report_uri = json!({"csp-report": {"document-uri": "http://a/",
        "effective-directive": "style-src-attr", "blocked-uri": "inline"}});
    let reporting_api = json!([{"type": "csp-violation", "body": {"documentURL": "http://a/",
        "effectiveDirective": "script-src-elem", "blockedURL": "eval"}}]);
    for body in [&report_uri, &reporting_api] {
        assert_eq!(post(&mut world, "csp-reports", body).0, 204);
    }
    let reports = get(&mut world, "/simulator/csp-reports").1["reports"].clone();
    let expected = [("style-src-attr", "inline"), ("script-src-elem", "eval")];
    for (report, (directive, blocked)) in reports.as_array().unwrap().iter().zip(expected) {
        assert_eq!(report["document"], "http://a/");
        assert_eq!(
            (&report["directive"], &report["blocked"]),
            (&directive.into(), &blocked.into())
        );
    }
    assert_eq!(reports[0]["raw"], report_uri);
}

#[test]
fn request_log_has_no_secrets() {
    let mut world = world();
    let body = json!({"username": "admin", "password": "hunter2"});
    send(&mut world, "POST", "/api/v1/auth/tokens/?password=hunter2", &body);
    get(&mut world, &format!("{JOBS}?skip=5"));
    let (_, log) = get(&mut world, "/simulator/requests");
    assert!(!log.to_string().contains("hunter2"));
    let expected = json!({"time": "2026-01-31T12:00:00.25Z", "method": "GET", "path": JOBS,
        "query": "skip=5", "status": 401});
    assert_eq!(log["requests"][1], expected);
}
