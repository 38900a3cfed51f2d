//! CONTRACT.md 1, row by row and verb by verb.

use cckm_simulator::family::FAMILIES;
use serde_json::{Value, json};

use crate::client::Client;

/// Path, and whether it can be listed, cancelled and deleted.
const ROWS: &[(&str, bool, bool, bool)] = &[
    ("aws/synchronization-jobs", true, true, false),
    ("aws/bulkjob", true, true, false),
    (
        "aws/custom-key-stores/synchronization-jobs",
        true,
        true,
        false,
    ),
    ("azure/synchronization-jobs", true, true, false),
    ("azure/certificates/synchronization-jobs", true, true, false),
    ("azure/secrets/synchronization-jobs", true, true, false),
    ("azure/bulkjobs", true, true, true),
    ("google/synchronization-jobs", true, true, false),
    ("google/update-all-versions-jobs", false, false, false),
    ("oci/synchronization-jobs", true, true, false),
    ("sap/synchronization-jobs", true, true, false),
    ("sap/keys/jobs", false, false, false),
    ("sfdc/keys/synchronization-jobs", true, true, false),
    ("sfdc/certificates/synchronization-jobs", true, true, false),
    ("hsm/luna/refresh", true, true, false),
    ("dsm/refresh", true, true, false),
    ("external-cm/refresh", true, true, false),
];

/// A body that the family accepts.
pub fn body(path: &str) -> Value {
    match path {
        "aws/bulkjob" => json!({"keys": ["k1", "k2"], "operation": "enablekey"}),
        "azure/bulkjobs" => json!({"operation": "delete-key-backups",
            "delete_key_backups_param": {"backups": ["b1", "b2"]}}),
        "google/update-all-versions-jobs" => json!({"key_id": "k", "operation": "disable"}),
        "sap/keys/jobs" => json!({}),
        _ => json!({"synchronize_all": true}),
    }
}

#[test]
fn every_row_has_its_verbs_and_no_others() {
    for (path, list, cancel, delete) in ROWS {
        let mut client = Client::admin();
        let (status, job) = client.post(path, &body(path));
        assert_eq!(status, 201, "{path}: {job}");
        let one = format!("{path}/{}", job["id"].as_str().unwrap());
        assert_eq!(client.read(&one)["id"], job["id"]);
        let status = |ok: u16, has: bool| if has { ok } else { 405 };
        assert_eq!(client.get(path).0, status(200, *list), "list {path}");
        let (answer, _) = client.post(&format!("{one}/cancel"), &Value::Null);
        assert_eq!(answer, status(200, *cancel), "cancel {path}");
        client.later(10_000);
        let (answer, _) = client.send("DELETE", &format!("/api/v1/cckm/{one}"), None);
        assert_eq!(answer, status(204, *delete), "delete {path}");
        assert_eq!(client.get(&one).0, if *delete { 404 } else { 200 });
        for method in ["PUT", "PATCH"] {
            let (answer, _) = client.send(method, &format!("/api/v1/cckm/{path}"), None);
            assert_eq!(answer, 405, "{method} {path}");
        }
    }
    assert_eq!(FAMILIES.len(), ROWS.len());
}

#[test]
fn missing_verbs_can_answer_404_instead() {
    let mut client = Client::admin();
    client.sim.behaviour.missing_verb_status = 404;
    assert_eq!(client.get("google/update-all-versions-jobs").0, 404);
    let path = "google/update-all-versions-jobs/778a1024-dc18-49cb-833b-cfd6c000c090/cancel";
    assert_eq!(client.post(path, &Value::Null).0, 404);
}

#[test]
fn every_job_names_itself_in_its_uri() {
    for (path, ..) in ROWS {
        let mut client = Client::admin();
        let (_, job) = client.post(path, &body(path));
        let (id, uri) = (job["id"].as_str().unwrap(), job["uri"].as_str().unwrap());
        assert!(
            uri.starts_with("kylo:kylo:cckm:") && uri.ends_with(id),
            "{uri}"
        );
        assert_eq!(job["account"], "kylo:kylo:admin:accounts:kylo");
        assert_eq!(job["abort"], false);
        assert_eq!(job["overall_status"], "in_progress");
        assert!(job.get("completed_at").is_none());
    }
}

#[test]
fn a_running_bulk_job_has_not_reported_all_the_keys_it_was_asked_for() {
    let mut client = Client::admin();
    let (_, job) = client.post("aws/bulkjob", &body("aws/bulkjob"));
    assert_eq!(job["keys"], json!(["k1", "k2"]));
    assert_eq!(job["detailed_status"], json!({}));
    client.later(2);
    let job = client.read(&format!("aws/bulkjob/{}", job["id"].as_str().unwrap()));
    assert_eq!(job["detailed_status"], json!({"k1": "Success"}));
}

#[test]
fn versions_stand_in_an_array_beside_the_keys_message() {
    let path = "google/update-all-versions-jobs";
    let mut client = Client::admin();
    let (_, job) = client.post(path, &body(path));
    let count = job["version_count"].as_u64().unwrap();
    assert_eq!(job["job_id"], job["id"]);
    assert_eq!(job["key_id"], "k");
    assert_eq!(job["detailed_status"]["completed"], json!([]));
    client.later(1000);
    let job = client.read(&format!("{path}/{}", job["id"].as_str().unwrap()));
    let done: Vec<String> = (1..=count)
        .rev()
        .map(|version| version.to_string())
        .collect();
    assert_eq!(job["detailed_status"]["completed"], json!(done));
    let statuses = job["detailed_status"].as_object().unwrap();
    let texts: Vec<_> = statuses.values().filter_map(Value::as_str).collect();
    assert_eq!(texts, ["Successfully updated all key versions state."]);
}

#[test]
fn refreshes_of_domains_look_as_their_pages_print_them() {
    for (path, cloud) in [
        ("dsm/refresh", "dsm"),
        ("external-cm/refresh", "externalCM"),
    ] {
        let mut client = Client::admin();
        let (_, job) = client.post(path, &json!({"domains": ["d"], "synchronize_all": false}));
        client.later(100);
        let job = client.read(&format!("{path}/{}", job["id"].as_str().unwrap()));
        assert_eq!(
            (&job["cloud"], &job["domains"]),
            (&cloud.into(), &json!(["d"]))
        );
        let statuses = json!({"d": "domain synchronized successfully"});
        assert_eq!(job["detailed_status"], statuses, "{path}");
    }
}
