//! Bodies of unusual shape that the documentation prints: no body, or a string in place of a list
//! (CONTRACT.md 3.7, 4.14).

use cckm_simulator::family::{Create, FAMILIES};
use serde_json::{Value, json};

use crate::support::{Client, code, request};

const BACKUPS: &str = "azure/bulkjobs";

/// A POST with exactly this body.
fn post(path: &str, body: &str) -> (u16, Value) {
    let request = request("POST", &format!("/api/v1/cckm/{path}"), body);
    let response = Client::admin().raw(request);
    let value = serde_json::from_slice(response.body()).unwrap();
    (response.status().as_u16(), value)
}

#[test]
fn azure_bulk_starts_without_a_body_or_an_operation() {
    for body in ["", " \r\n", "{}", r#"{"delete_key_backups_param": {}}"#] {
        let (status, job) = post(BACKUPS, body);
        assert_eq!(status, 201, "{body:?}: {job}");
        assert_eq!(job["operation"], "delete-key-backups");
    }
    assert_eq!(post(BACKUPS, r#"{"operation": ""}"#).0, 400, "empty is not absent");
}

#[test]
fn container_synchronization_without_a_body_covers_all_containers() {
    let scoped = FAMILIES.iter().filter(|family| matches!(family.create, Create::Scope(_)));
    for family in scoped {
        let (status, job) = post(family.path, "");
        assert_eq!(status, 201, "{}: {job}", family.path);
        let (_, all) = post(family.path, r#"{"synchronize_all": true}"#);
        assert_eq!(job["detailed_status"], all["detailed_status"]);
        assert!(!job["detailed_status"].as_object().unwrap().is_empty());
        assert_eq!(post(family.path, "{}").0, 400, "an empty object chooses nothing");
    }
}

#[test]
fn other_families_refuse_a_missing_body() {
    for path in [
        "aws/bulkjob",
        "aws/synchronization-jobs",
        "aws/custom-key-stores/synchronization-jobs",
        "google/update-all-versions-jobs",
    ] {
        assert_eq!(code(&post(path, "")), (400, Some(15)), "{path}");
    }
}

#[test]
fn azure_backups_and_keys_may_be_one_string() {
    for name in ["backups", "keys"] {
        let body = |list: Value| json!({"delete_key_backups_param": {name: list}});
        for list in [json!("b1"), json!(["b1"])] {
            let mut client = Client::admin();
            let (_, path) = client.start(BACKUPS, &body(list));
            client.advance(3600);
            assert_eq!(client.read(&path)["detailed_status"], json!({"b1": "Success"}));
        }
        for list in [json!(1), json!({"b1": true}), json!([["b1"]])] {
            assert_eq!(Client::admin().post(BACKUPS, &body(list)).0, 400);
        }
    }
}
