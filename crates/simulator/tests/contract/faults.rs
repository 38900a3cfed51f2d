//! Faults, as values: what they meet, and what they leave.

use std::time::Duration;

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use cckm_simulator::http::{End, Request, Response};
use serde_json::json;

use crate::client::Client;

const LIST: &str = "/api/v1/cckm/aws/bulkjob?limit=5";

fn with(fault: Fault) -> Client {
    let mut client = Client::admin();
    client.sim.faults.push(fault);
    client
}

fn spoiled(fault: Fault) -> Response {
    with(fault).raw(Request::new("GET", LIST))
}

#[test]
fn a_fault_meets_what_it_matches_as_often_as_it_says() {
    let mut client = with(
        Fault::status(503)
            .method("get")
            .path("bulkjob?limit")
            .times(2)
            .after(1),
    );
    let mut status = |method: &str, target: &str| client.send(method, target, None).0;
    assert_eq!(status("GET", "/api/v1/cckm/aws/synchronization-jobs"), 200);
    assert_eq!(status("PUT", LIST), 405);
    assert_eq!([(); 4].map(|()| status("GET", LIST)), [200, 503, 503, 200]);
    let mut client = with(Fault::status(500));
    for _ in 0..5 {
        assert_eq!(client.send("GET", LIST, None).0, 500);
    }
}

#[test]
fn statuses_come_with_the_documented_body_none_or_any() {
    let (status, error) = with(Fault::status(500)).send("GET", LIST, None);
    assert_eq!((status, &error["code"]), (500, &14.into()));
    assert_eq!(
        error["codeDesc"],
        "NCERRInternalServerError: unexpected error"
    );
    let status = |body, retry_after| {
        Fault::new(Effect::Status {
            status: 429,
            body,
            retry_after,
        })
    };
    let response = spoiled(status(FaultBody::None, Some("7".into())));
    assert_eq!(
        (response.status, response.get_header("retry-after")),
        (429, Some("7"))
    );
    assert!(response.body.is_empty());
    let custom = FaultBody::Custom("text/plain".into(), "slow down".into());
    let response = spoiled(status(custom, None));
    assert_eq!(
        (
            response.body.as_slice(),
            response.get_header("content-type")
        ),
        (&b"slow down"[..], Some("text/plain"))
    );
}

#[test]
fn a_refusal_names_the_permission_of_what_was_asked_for() {
    let cases = [
        ("GET", "cckm/aws/bulkjob?limit=5", Some("keybulkoperation")),
        ("DELETE", "cckm/azure/bulkjobs/x", Some("keybulkoperation")),
        (
            "GET",
            "cckm/aws/synchronization-jobs",
            Some("keysynchronize"),
        ),
        (
            "POST",
            "cckm/google/synchronization-jobs/x/cancel/",
            Some("keysynchronize"),
        ),
        ("GET", "cckm/aws/keys", None),
        ("GET", "auth/self/user", None),
        ("GET", "domains", None),
    ];
    for (method, path, acl) in cases {
        let (status, error) =
            with(Fault::status(403)).send(method, &format!("/api/v1/{path}"), None);
        assert_eq!(
            (status, &error["codeDesc"]),
            (403, &"NCERRInsufficientPermissions".into())
        );
        let message = error["message"].as_str().unwrap();
        let named: Vec<_> = ["keybulkoperation", "keysynchronize"]
            .into_iter()
            .filter(|acl| message.contains(acl))
            .collect();
        assert_eq!(named, Vec::from_iter(acl), "{path}: {message}");
    }
}

#[test]
fn pages_emptiness_and_null_resources_come_with_200() {
    let html = spoiled(Fault::new(Effect::Html));
    assert_eq!(html.status, 200);
    assert!(
        html.get_header("content-type")
            .unwrap()
            .starts_with("text/html")
    );
    let empty = spoiled(Fault::new(Effect::Empty));
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    let (_, list) = with(Fault::new(Effect::NullResources)).send("GET", LIST, None);
    assert_eq!(
        list,
        json!({"skip": 0, "limit": 5, "total": 1, "resources": null})
    );
}

#[test]
fn what_only_a_connection_can_do_is_said_in_the_delivery() {
    let slow = spoiled(Fault::latency(Duration::from_secs(3)));
    assert_eq!(
        (slow.status, slow.delivery.latency),
        (200, Duration::from_secs(3))
    );
    let cut = spoiled(Fault::new(Effect::Truncate(10)));
    assert_eq!(cut.delivery.end, End::Truncated(10));
    assert!(cut.body.len() > 10, "the whole length is promised");
    assert_eq!(spoiled(Fault::new(Effect::Reset)).delivery.end, End::Reset);
}

#[test]
fn a_start_can_be_lost_before_or_after_it_acted() {
    for (acts, total) in [(false, 1), (true, 2)] {
        let fault = Fault::new(Effect::Reset).method("POST").times(1);
        let mut client = with(if acts { fault.processed() } else { fault });
        let body = json!({"keys": ["k"], "operation": "enablekey"});
        let request = Request::new("POST", "/api/v1/cckm/aws/bulkjob").body(body.to_string());
        assert_eq!(client.raw(request).delivery.end, End::Reset);
        assert_eq!(client.read("aws/bulkjob")["total"], total);
    }
}
