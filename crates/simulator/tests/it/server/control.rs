//! Control and reports over HTTP.

use std::net::{IpAddr, Ipv4Addr};

use cckm_simulator::server::Options;
use serde_json::json;

use crate::support::{TestServer, options};

#[test]
fn clock_and_faults_are_controlled_over_http() {
    let server = TestServer::start(options());
    assert_eq!(server.get("/simulator/").status, 200);
    let body = json!({"advance_ms": 60_000});
    let clock = server.post("/simulator/clock", &body).json();
    assert_eq!(clock["now"], "2026-01-31T12:01:00Z");
    let fault = json!({"effect": "status", "status": 502, "times": 1, "path": "bulkjob"});
    assert_eq!(server.post("/simulator/faults", &fault).status, 204);
    assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 502);
    let requests = server.get("/simulator/requests").json();
    assert_eq!(requests["requests"][0]["status"], 502);
}

#[test]
fn control_is_unavailable_on_other_addresses() {
    let server =
        TestServer::start(Options { bind: IpAddr::V4(Ipv4Addr::UNSPECIFIED), ..options() });
    for (path, status) in
        [("/simulator/clock", 404), ("/simulator/", 404), ("/api/v1/cckm/aws/bulkjob", 401)]
    {
        assert_eq!(server.get(path).status, status, "{path}");
    }
}

#[test]
fn csp_reports_are_received_and_listed() {
    let server = TestServer::start(options());
    let violation = json!({"effective-directive": "img-src", "blocked-uri": "http://x/"});
    let report = json!({ "csp-report": violation });
    assert_eq!(server.post("/simulator/csp-reports", &report).status, 204);
    let reports = server.get("/simulator/csp-reports").json();
    assert_eq!(reports["reports"][0]["directive"], "img-src");
    let count = server.server.with_world(|world| world.csp_reports.iter().count());
    assert_eq!(count, 1);
}
