//! Control and reports over HTTP.

use std::net::{IpAddr, Ipv4Addr};

use cckm_simulator::server::Options;
use serde_json::json;

use crate::wire::{Server, options};

#[test]
fn somebody_with_curl_can_move_the_clock_and_break_things() {
    let server = Server::start(options());
    assert_eq!(server.get("/simulator/").status, 200);
    let clock = server
        .post("/simulator/clock", &json!({"advance_ms": 60_000}))
        .json();
    assert_eq!(clock["now"], "2026-01-31T12:01:00Z");
    let fault = json!({"effect": "status", "status": 502, "times": 1, "path": "bulkjob"});
    assert_eq!(server.post("/simulator/faults", &fault).status, 204);
    assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 502);
    let requests = server.get("/simulator/requests").json();
    assert_eq!(requests["requests"][0]["status"], 502);
}

#[test]
fn control_is_shut_when_others_could_reach_it() {
    let server = Server::start(Options {
        bind: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        ..options()
    });
    assert_eq!(server.get("/simulator/clock").status, 404);
    assert_eq!(server.get("/simulator/").status, 404);
    assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
}

#[test]
fn browsers_reports_can_be_read() {
    let server = Server::start(options());
    let report =
        json!({"csp-report": {"effective-directive": "img-src", "blocked-uri": "http://x/"}});
    assert_eq!(server.post("/simulator/csp-reports", &report).status, 204);
    let reports = server.get("/simulator/csp-reports").json();
    assert_eq!(reports["reports"][0]["directive"], "img-src");
    let count = server
        .running
        .with_world(|world| world.csp_reports.iter().count());
    assert_eq!(count, 1);
}
