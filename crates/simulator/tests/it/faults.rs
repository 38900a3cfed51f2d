//! Faults: which requests they affect, and which response the client gets.

use std::time::Duration;

use cckm_simulator::fault::{Echo, Effect, Fault, FaultBody, ListChanges, Total};
use cckm_simulator::message::{Delivery, End, Response};
use serde_json::{Value, json};

use crate::support::{Client, code, header, request};

const LIST: &str = "/api/v1/cckm/aws/bulkjob?limit=5";

fn apply(fault: Fault) -> Response {
    Client::admin_with(fault).raw(request("GET", LIST, ""))
}

fn delivery(response: &Response) -> Delivery {
    *response.extensions().get().unwrap()
}

#[test]
fn fault_affects_the_configured_number_of_matching_requests() {
    let fault = Fault::status(503).method("get").path("bulkjob?limit");
    let mut client = Client::admin_with(fault.times(2).after(1));
    assert_eq!(client.status("GET", "/api/v1/cckm/aws/synchronization-jobs"), 200);
    assert_eq!(client.status("PUT", LIST), 405);
    assert_eq!([(); 4].map(|()| client.status("GET", LIST)), [200, 503, 503, 200]);
    let mut client = Client::admin_with(Fault::status(500));
    assert_eq!([(); 5].map(|()| client.status("GET", LIST)), [500; 5]);
}

#[test]
fn status_fault_has_the_documented_a_custom_or_no_body() {
    let reply = Client::admin_with(Fault::status(500)).send("GET", LIST, None);
    assert_eq!(code(&reply), (500, Some(14)));
    assert_eq!(reply.1["codeDesc"], "NCERRInternalServerError: unexpected error");
    let status =
        |body, retry_after| apply(Fault::new(Effect::Status { status: 429, body, retry_after }));
    let response = status(FaultBody::None, Some("7".into()));
    assert_eq!(response.status(), 429);
    assert_eq!(header(&response, "retry-after"), "7");
    assert!(response.body().is_empty());
    let response = status(FaultBody::Custom("text/plain".into(), "slow down".into()), None);
    assert_eq!(header(&response, "content-type"), "text/plain");
    assert_eq!(response.body(), b"slow down");
}

#[test]
fn status_403_names_the_permission_of_the_request() {
    for (method, path, acl) in [
        ("GET", "cckm/aws/bulkjob?limit=5", Some("keybulkoperation")),
        ("DELETE", "cckm/azure/bulkjobs/x", Some("keybulkoperation")),
        ("GET", "cckm/aws/synchronization-jobs", Some("keysynchronize")),
        ("POST", "cckm/google/synchronization-jobs/x/cancel/", Some("keysynchronize")),
        ("GET", "cckm/aws/keys", None),
        ("GET", "auth/self/user", None),
        ("GET", "domains", None),
    ] {
        let mut client = Client::admin_with(Fault::status(403));
        let (status, error) = client.send(method, &format!("/api/v1/{path}"), None);
        assert_eq!((status, &error["codeDesc"]), (403, &"NCERRInsufficientPermissions".into()));
        let message = error["message"].as_str().unwrap();
        let named =
            ["keybulkoperation", "keysynchronize"].into_iter().find(|acl| message.contains(acl));
        assert_eq!(named, acl, "{path}: {message}");
    }
}

#[test]
fn html_empty_body_and_null_resources_have_status_200() {
    let html = apply(Fault::new(Effect::Html));
    assert_eq!(html.status(), 200);
    assert!(header(&html, "content-type").starts_with("text/html"));
    let empty = apply(Fault::new(Effect::Empty));
    assert_eq!((empty.status().as_u16(), empty.body().len()), (200, 0));
    let list = apply(Fault::new(Effect::NullResources));
    let expected = json!({"skip": 0, "limit": 5, "total": 1, "resources": null});
    assert_eq!(serde_json::from_slice::<Value>(list.body()).unwrap(), expected);
}

#[test]
fn effects_on_the_connection_are_in_the_delivery() {
    let slow = apply(Fault::latency(Duration::from_secs(3)));
    assert_eq!(slow.status(), 200);
    assert_eq!(delivery(&slow).latency, Duration::from_secs(3));
    let truncated = apply(Fault::new(Effect::Truncate { bytes: 10 }));
    assert_eq!(delivery(&truncated).end, End::Truncated(10));
    assert!(truncated.body().len() > 10, "the whole length is announced");
    assert_eq!(delivery(&apply(Fault::new(Effect::Reset))).end, End::Reset);
    assert_eq!(delivery(&apply(Fault::stalled_body(10))).end, End::Stalled(10));
    assert_eq!(delivery(&apply(Fault::slow_body(500))).bytes_per_second, Some(500));
}

#[test]
fn lost_start_creates_a_job_only_if_it_was_processed() {
    for (processed, total) in [(false, 1), (true, 2)] {
        let fault = Fault::new(Effect::Reset).method("POST").times(1);
        let mut client = Client::admin_with(Fault { processed, ..fault });
        let body = json!({"keys": ["k"], "operation": "enablekey"}).to_string();
        let response = client.raw(request("POST", "/api/v1/cckm/aws/bulkjob", body));
        assert_eq!(delivery(&response).end, End::Reset);
        assert_eq!(client.total("aws/bulkjob"), total);
    }
}

#[test]
fn every_fault_is_written_and_read_as_json() {
    let changes = ListChanges { max_rows: Some(2), limit: Echo::Sent, ..ListChanges::default() };
    for fault in [
        Fault::list(changes).total(Total::Number(5)),
        Fault::foreign_rows([Value::Null, json!(7)]),
        Fault::lone_surrogate("a"),
        Fault::bare_string("ok"),
        Fault::no_license("X"),
        Fault::gateway_sign_in(),
        Fault::stale_for(2),
        Fault::stale_by(Duration::from_secs(5)),
        Fault::slow_body(1000),
        Fault::stalled_body(10),
    ] {
        let written = serde_json::to_value(&fault).unwrap();
        let read: Fault = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(serde_json::to_value(read).unwrap(), written);
    }
    let text = r#"{"effect": "list", "max_rows": 10, "total": {"number": 3}, "limit": "missing"}"#;
    let Effect::List(read) = serde_json::from_str::<Fault>(text).unwrap().effect else { panic!() };
    assert_eq!((read.max_rows, read.total), (Some(10), Total::Number(3)));
}
