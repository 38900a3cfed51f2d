//! Starting jobs (CONTRACT.md 3).

use cckm_simulator::inventory::{self, REGIONS};
use serde_json::{Value, json};

use crate::support::{Client, code, credentials, id, request};

const BULK: &str = "aws/bulkjob";
const SYNC: &str = "aws/synchronization-jobs";
const RINGS: &str = "google/synchronization-jobs";
const BACKUPS: &str = "azure/bulkjobs";
const VERSIONS: &str = "google/update-all-versions-jobs";
const ORGANIZATIONS: &str = "sfdc/keys/synchronization-jobs";

/// Starts a job, which must succeed.
fn started(path: &str, body: &Value) -> Value {
    Client::admin().start(path, body).0
}

fn bulk(operation: &str) -> Value {
    json!({"keys": ["k"], "operation": operation})
}

#[test]
fn body_that_contradicts_the_contract_is_400_and_starts_nothing() {
    let table = include_str!("../data/refused_jobs.txt");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split(" | ").collect();
        let body = serde_json::from_str(columns[1]).unwrap();
        let mut client = Client::admin();
        let reply = client.post(columns[0], &body);
        assert_eq!(code(&reply), (400, Some(15)), "{line}");
        let message = reply.1["message"].as_str().unwrap();
        assert!(message.contains(columns[2]), "{line}: {message}");
        assert_eq!(client.sim.jobs.count(), 5);
    }
}

#[test]
fn documented_operations_are_accepted() {
    for operation in ["enablekey", "disablekey", "cancelkeydeletion"] {
        assert_eq!(started(BULK, &bulk(operation))["operation"], operation);
    }
    for operation in ["enable", "disable", "schedule_destroy", "cancel_destroy"] {
        let body = json!({"key_id": "k", "operation": operation});
        assert_eq!(started(VERSIONS, &body)["operation"], operation);
    }
    for members in [
        json!({"operation": "schedulekeydeletion", "days": 7}),
        json!({"operation": "schedulekeydeletion", "days": 30}),
        json!({"operation": "applypolicytemplate", "policy_template_id": "t"}),
    ] {
        started(BULK, &crate::support::with(json!({"keys": ["k"]}), &members));
    }
}

#[test]
fn aws_bulk_takes_up_to_100_keys_each_once() {
    let keys: Vec<String> = (0..100).map(|key| format!("k{key}")).collect();
    let job = started(BULK, &json!({"keys": keys, "operation": "disablekey"}));
    assert_eq!(job["keys"], json!(keys));
    let keys = [keys, vec!["k".to_owned()]].concat();
    let one_more = json!({"keys": keys, "operation": "disablekey"});
    assert_eq!(Client::admin().post(BULK, &one_more).0, 400);
    let job = started(BULK, &json!({"keys": ["k", "k"], "operation": "enablekey"}));
    assert_eq!(job["keys"], json!(["k"]));
}

#[test]
fn aws_bulk_parameters_are_required_only_in_strict_mode() {
    for (operation, parameter) in
        [("schedulekeydeletion", "days"), ("applypolicytemplate", "policy_template_id")]
    {
        for body in
            [bulk(operation), json!({"keys": ["k"], "operation": operation, parameter: null})]
        {
            assert_eq!(started(BULK, &body)["operation"], operation);
            let mut strict = Client::admin();
            strict.sim.behaviour.strict_bulk = true;
            let (status, error) = strict.post(BULK, &body);
            assert_eq!(status, 400, "{body}");
            assert!(error["message"].as_str().unwrap().contains(parameter));
        }
    }
}

#[test]
fn aws_synchronization_covers_the_chosen_or_all_regions() {
    let all = started(SYNC, &json!({"synchronize_all": true}));
    assert_eq!(all["regions"].as_array().unwrap().len(), REGIONS.len());
    // As the documentation's own sample sends it.
    let body = json!({"kms": ["kms"], "regions": ["ap-south-1"], "synchronize_all": false});
    let job = started(SYNC, &body);
    assert_eq!((&job["kms"], &job["regions"]), (&json!(["kms"]), &json!(["ap-south-1"])));
    assert_eq!(job["detailed_status"], json!({"123456789012/ap-south-1": "in_progress"}));
    let kms = inventory::id("crm");
    let job = started(SYNC, &json!({"kms": [kms]}));
    assert_eq!(job["kms"], json!([kms]), "as given");
    assert_eq!(job["detailed_status"].as_object().unwrap().len(), REGIONS.len());
}

#[test]
fn google_synchronization_lists_the_resolved_key_rings() {
    let name = "projects/acme-payments-prod/locations/global/keyRings/signing";
    let job = started(RINGS, &json!({"key_rings": [inventory::id(name)]}));
    assert_eq!(job["key_rings"], json!([name]));
    let job = started(RINGS, &json!({"synchronize_all": true}));
    assert!(job["key_rings"].as_array().unwrap().len() > 1);
}

#[test]
fn salesforce_takes_organization_ids_and_returns_organizations() {
    let job = started(ORGANIZATIONS, &json!({"organization_ids": ["acme-sales"]}));
    assert_eq!(job["organizations"], json!(["acme-sales"]));
}

#[test]
fn azure_bulk_takes_backups_and_one_owner() {
    for param in [
        json!({"backups": ["b1", "b2"], "key_id": "k"}),
        json!({"vault_id": "v", "created_before": "2024-01-01T00:00:00Z"}),
    ] {
        let body = json!({"operation": "delete-key-backups", "delete_key_backups_param": param});
        let job = started(BACKUPS, &body);
        assert_eq!(job["cloud"], "AzureCloud");
        assert_eq!(job["operation"], "delete-key-backups");
    }
}

#[test]
fn body_that_is_not_an_object_is_400() {
    for body in ["", "{", "[]", "null", "\"x\""] {
        let response = Client::admin().raw(request("POST", "/api/v1/cckm/aws/bulkjob", body));
        assert_eq!(response.status(), 400, "{body}");
        let error: Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(error["codeDesc"], "NCERRBadRequest: Bad HTTP request");
    }
}

#[test]
fn started_job_ends_after_its_items_and_matching_items_fail() {
    let mut client = Client::admin();
    client.sim.behaviour.item_failures = vec![("bad".into(), "access denied".into())];
    let body = json!({"keys": ["good", "bad-1"], "operation": "enablekey"});
    let (_, path) = client.start(BULK, &body);
    client.advance(4);
    let job = client.read(&path);
    assert_eq!(job["overall_status"], "completed");
    assert_eq!(job["detailed_status"], json!({"good": "Success", "bad-1": "access denied"}));
}

#[test]
fn second_synchronization_is_409_if_so_configured() {
    let mut client = Client::admin();
    client.sim.behaviour.one_sync_at_a_time = true;
    let body = json!({"kms": ["kms"], "regions": ["eu-west-1"]});
    client.start(SYNC, &body);
    let (status, error) = client.post(SYNC, &body);
    assert_eq!((status, &error["codeDesc"]), (409, &"NCERRConflict".into()));
    client.advance(60);
    client.start(SYNC, &body);
}

#[test]
fn started_synchronization_has_legacy_members_only_if_so_configured() {
    for legacy in [false, true] {
        let mut client = Client::admin();
        client.sim.behaviour.legacy_members = legacy;
        let (sync, _) = client.start(SYNC, &json!({"synchronize_all": true}));
        for member in ["application", "devAccount"] {
            assert_eq!(sync.get(member).is_some(), legacy, "{member}");
        }
        let (bulk, _) = client.start(BULK, &bulk("enablekey"));
        assert!(bulk.get("application").is_none(), "bulk jobs never have it");
    }
}

#[test]
fn start_returns_nanoseconds_and_a_later_read_microseconds() {
    let mut client = Client::anonymous();
    client.now = "2021-05-05T08:36:36.676642246Z".parse().unwrap();
    client.sign_in(&credentials());
    let (job, path) = client.start(RINGS, &json!({"synchronize_all": true}));
    assert_eq!(job["createdAt"], "2021-05-05T08:36:36.676642246Z");
    assert_eq!(client.read(&path)["createdAt"], "2021-05-05T08:36:36.676642Z");
    assert_eq!(client.read(&path)["id"], id(&job));
}

#[test]
fn status_of_a_start_is_configurable() {
    let mut client = Client::admin();
    client.sim.behaviour.create_status = 202;
    assert_eq!(client.post(SYNC, &json!({"synchronize_all": true})).0, 202);
}
