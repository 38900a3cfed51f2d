//! Bodies as the pages print them: none at all, or a string for a list. CONTRACT.md 3.7 and 4.14.

use cckm_simulator::family::{Create, FAMILIES};
use cckm_simulator::http::Request;
use serde_json::{Value, json};

use crate::client::Client;

const BACKUPS: &str = "azure/bulkjobs";

/// A POST with these bytes.
fn post(path: &str, body: &str) -> (u16, Value) {
    let request = Request::new("POST", &format!("/api/v1/cckm/{path}")).body(body);
    let response = Client::admin().raw(request);
    (
        response.status,
        serde_json::from_slice(&response.body).unwrap(),
    )
}

#[test]
fn azure_bulk_starts_without_a_body_or_an_operation() {
    for body in ["", " \r\n", "{}", r#"{"delete_key_backups_param": {}}"#] {
        let (status, job) = post(BACKUPS, body);
        assert_eq!(status, 201, "{body:?}: {job}");
        assert_eq!(job["operation"], "delete-key-backups");
    }
    let (status, _) = post(BACKUPS, r#"{"operation": ""}"#);
    assert_eq!(status, 400, "an empty operation is not the absence of one");
}

#[test]
fn a_synchronization_of_containers_without_a_body_is_one_of_all() {
    let scoped = |create| matches!(create, Create::Scope(_));
    for family in FAMILIES.iter().filter(|family| scoped(family.create)) {
        let (status, job) = post(family.path, "");
        assert_eq!(status, 201, "{}: {job}", family.path);
        let (_, all) = post(family.path, r#"{"synchronize_all": true}"#);
        assert_eq!(job["detailed_status"], all["detailed_status"]);
        assert!(!job["detailed_status"].as_object().unwrap().is_empty());
        let (status, _) = post(family.path, "{}");
        assert_eq!(status, 400, "an empty object chooses nothing");
    }
}

#[test]
fn what_must_be_said_must_be_said() {
    for path in [
        "aws/bulkjob",
        "aws/synchronization-jobs",
        "aws/custom-key-stores/synchronization-jobs",
        "google/update-all-versions-jobs",
    ] {
        let (status, error) = post(path, "");
        assert_eq!((status, &error["code"]), (400, &15.into()), "{path}");
    }
}

#[test]
fn azure_backups_and_keys_may_be_one_string() {
    for name in ["backups", "keys"] {
        let start = |list: Value| {
            let mut client = Client::admin();
            let body = json!({"operation": "delete-key-backups", "delete_key_backups_param": {name: list}});
            let (status, job) = client.post(BACKUPS, &body);
            client.later(3600);
            let id = job["id"].as_str().unwrap_or("none");
            (status, client.get(&format!("{BACKUPS}/{id}")).1)
        };
        for list in [json!("b1"), json!(["b1"])] {
            let (status, job) = start(list);
            assert_eq!(status, 201);
            assert_eq!(job["detailed_status"], json!({"b1": "Success"}));
        }
        for list in [json!(1), json!({"b1": true}), json!([["b1"]])] {
            assert_eq!(start(list).0, 400);
        }
    }
}
