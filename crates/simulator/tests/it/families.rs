//! CONTRACT.md 1, row by row and verb by verb.

use cckm_simulator::family::FAMILIES;
use serde_json::{Value, json};

use crate::support::{Client, id, job_body};

/// Path, and whether the family has list, cancel and delete.
const ROWS: &[(&str, bool, bool, bool)] = &[
    ("aws/synchronization-jobs", true, true, false),
    ("aws/bulkjob", true, true, false),
    ("aws/custom-key-stores/synchronization-jobs", true, true, false),
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

#[test]
fn every_family_has_exactly_its_verbs() {
    for (path, list, cancel, delete) in ROWS {
        let mut client = Client::admin();
        let (job, one) = client.start(path, &job_body(path));
        assert_eq!(client.read(&one)["id"], job["id"]);
        let expected = |status: u16, has: bool| if has { status } else { 405 };
        assert_eq!(client.get(path).0, expected(200, *list), "list {path}");
        let (status, _) = client.post(&format!("{one}/cancel"), &Value::Null);
        assert_eq!(status, expected(200, *cancel), "cancel {path}");
        client.advance(10_000);
        let status = client.status("DELETE", &format!("/api/v1/cckm/{one}"));
        assert_eq!(status, expected(204, *delete), "delete {path}");
        assert_eq!(client.get(&one).0, if *delete { 404 } else { 200 });
        for method in ["PUT", "PATCH"] {
            let status = client.status(method, &format!("/api/v1/cckm/{path}"));
            assert_eq!(status, 405, "{method} {path}");
        }
    }
    assert_eq!(FAMILIES.len(), ROWS.len());
}

#[test]
fn missing_verb_is_404_if_so_configured() {
    let mut client = Client::admin();
    client.sim.behaviour.missing_verb_status = 404;
    let versions = "google/update-all-versions-jobs";
    assert_eq!(client.get(versions).0, 404);
    let cancel = format!("{versions}/778a1024-dc18-49cb-833b-cfd6c000c090/cancel");
    assert_eq!(client.post(&cancel, &Value::Null).0, 404);
}

#[test]
fn every_started_job_has_the_common_members() {
    for (path, ..) in ROWS {
        let (job, _) = Client::admin().start(path, &job_body(path));
        let uri = job["uri"].as_str().unwrap();
        assert!(uri.starts_with("kylo:kylo:cckm:") && uri.ends_with(id(&job)), "{uri}");
        assert_eq!(job["account"], "kylo:kylo:admin:accounts:kylo");
        assert_eq!(job["abort"], false);
        assert_eq!(job["overall_status"], "in_progress");
        assert!(job.get("completed_at").is_none());
    }
}

#[test]
fn running_bulk_job_lists_only_finished_keys() {
    let mut client = Client::admin();
    let (job, path) = client.start("aws/bulkjob", &job_body("aws/bulkjob"));
    assert_eq!(job["keys"], json!(["k1", "k2"]));
    assert_eq!(job["detailed_status"], json!({}));
    client.advance(2);
    assert_eq!(client.read(&path)["detailed_status"], json!({"k1": "Success"}));
}

#[test]
fn finished_versions_are_an_array_next_to_the_message_of_the_key() {
    let family = "google/update-all-versions-jobs";
    let mut client = Client::admin();
    let (job, path) = client.start(family, &job_body(family));
    let count = job["version_count"].as_u64().unwrap();
    assert_eq!(job["job_id"], job["id"]);
    assert_eq!(job["key_id"], "k");
    assert_eq!(job["detailed_status"]["completed"], json!([]));
    client.advance(1000);
    let statuses = client.read(&path)["detailed_status"].clone();
    let versions: Vec<_> = (1..=count).rev().map(|version| version.to_string()).collect();
    assert_eq!(statuses["completed"], json!(versions));
    let texts = statuses.as_object().unwrap().values();
    let texts: Vec<_> = texts.filter_map(Value::as_str).collect();
    assert_eq!(texts, ["Successfully updated all key versions state."]);
}

#[test]
fn refreshes_of_domains_have_the_members_of_their_pages() {
    for (family, cloud) in [("dsm/refresh", "dsm"), ("external-cm/refresh", "externalCM")] {
        let mut client = Client::admin();
        let body = json!({"domains": ["d"], "synchronize_all": false});
        let (_, path) = client.start(family, &body);
        client.advance(100);
        let job = client.read(&path);
        assert_eq!((&job["cloud"], &job["domains"]), (&cloud.into(), &json!(["d"])));
        let statuses = json!({"d": "domain synchronized successfully"});
        assert_eq!(job["detailed_status"], statuses, "{family}");
    }
}
