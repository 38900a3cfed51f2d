//! Starting jobs, CONTRACT.md 3.

use cckm_simulator::http::Request;
use cckm_simulator::inventory::{self, REGIONS};
use serde_json::{Value, json};

use crate::client::Client;

const BULK: &str = "aws/bulkjob";
const SYNC: &str = "aws/synchronization-jobs";
const RINGS: &str = "google/synchronization-jobs";
const BACKUPS: &str = "azure/bulkjobs";
const VERSIONS: &str = "google/update-all-versions-jobs";

fn refused(path: &str, body: &Value, field: &str) {
    let (status, error) = Client::admin().post(path, body);
    assert_eq!((status, &error["code"]), (400, &15.into()), "{path} {body}");
    let message = error["message"].as_str().unwrap();
    assert!(message.contains(field), "{body}: {message}");
    assert_eq!(
        Client::admin().read(SYNC)["total"],
        1,
        "nothing was started"
    );
}

fn accepted(path: &str, body: &Value) -> Value {
    let (status, job) = Client::admin().post(path, body);
    assert_eq!(status, 201, "{path} {body}: {job}");
    job
}

#[test]
fn aws_bulk_takes_up_to_100_keys() {
    let keys = |count: usize| (0..count).map(|key| format!("k{key}")).collect::<Vec<_>>();
    let body = |count| json!({"keys": keys(count), "operation": "disablekey"});
    assert_eq!(
        accepted(BULK, &body(100))["keys"].as_array().unwrap().len(),
        100
    );
    refused(BULK, &body(101), "keys");
    let twice = json!({"keys": ["k", "k"], "operation": "enablekey"});
    assert_eq!(accepted(BULK, &twice)["keys"], json!(["k"]));
    refused(BULK, &body(0), "keys");
    refused(BULK, &json!({"operation": "disablekey"}), "keys");
    refused(
        BULK,
        &json!({"keys": "k", "operation": "disablekey"}),
        "keys",
    );
    refused(
        BULK,
        &json!({"keys": [1], "operation": "disablekey"}),
        "keys",
    );
}

#[test]
fn aws_bulk_operations_want_their_parameters() {
    let body = |operation: &str, more: Value| {
        let mut body = json!({"keys": ["k"], "operation": operation});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    for operation in ["enablekey", "disablekey", "cancelkeydeletion"] {
        assert_eq!(
            accepted(BULK, &body(operation, json!({})))["operation"],
            operation
        );
    }
    refused(BULK, &body("explodekey", json!({})), "operation");
    refused(BULK, &json!({"keys": ["k"]}), "operation");
    for days in [7, 30] {
        accepted(BULK, &body("schedulekeydeletion", json!({"days": days})));
    }
    for days in [json!(6), json!(31), json!("7"), json!(7.5)] {
        refused(
            BULK,
            &body("schedulekeydeletion", json!({"days": days})),
            "days",
        );
    }
    accepted(
        BULK,
        &body("applypolicytemplate", json!({"policy_template_id": "t"})),
    );
}

#[test]
fn aws_bulk_parameters_are_optional_unless_the_simulator_is_strict() {
    for (operation, parameter) in [
        ("schedulekeydeletion", "days"),
        ("applypolicytemplate", "policy_template_id"),
    ] {
        for body in [
            json!({"keys": ["k"], "operation": operation}),
            json!({"keys": ["k"], "operation": operation, parameter: null}),
        ] {
            assert_eq!(accepted(BULK, &body)["operation"], operation);
            let mut strict = Client::admin();
            strict.sim.behaviour.strict_bulk = true;
            let (status, error) = strict.post(BULK, &body);
            assert_eq!(status, 400, "{body}");
            assert!(error["message"].as_str().unwrap().contains(parameter));
        }
    }
}

#[test]
fn synchronize_all_excludes_choosing() {
    let all = accepted(SYNC, &json!({"synchronize_all": true}));
    assert_eq!(all["regions"].as_array().unwrap().len(), REGIONS.len());
    // As the documentation's own sample sends it.
    let body = json!({"kms": ["kms"], "regions": ["ap-south-1"], "synchronize_all": false});
    let job = accepted(SYNC, &body);
    assert_eq!(
        (&job["kms"], &job["regions"]),
        (&json!(["kms"]), &json!(["ap-south-1"]))
    );
    assert_eq!(
        job["detailed_status"],
        json!({"123456789012/ap-south-1": "in_progress"})
    );
    refused(
        SYNC,
        &json!({"kms": ["kms"], "synchronize_all": true}),
        "synchronize_all",
    );
    refused(
        SYNC,
        &json!({"regions": ["ap-south-1"], "synchronize_all": true}),
        "synchronize_all",
    );
    refused(SYNC, &json!({}), "kms");
    refused(SYNC, &json!({"synchronize_all": "true"}), "synchronize_all");
    refused(
        RINGS,
        &json!({"key_rings": ["a"], "synchronize_all": true}),
        "synchronize_all",
    );
    refused(RINGS, &json!({"synchronize_all": false}), "key_rings");
}

#[test]
fn regions_left_out_are_all_regions_and_kms_stay_as_given() {
    let id = inventory::id("crm");
    let job = accepted(SYNC, &json!({"kms": [id]}));
    assert_eq!(job["kms"], json!([id]));
    assert_eq!(
        job["detailed_status"].as_object().unwrap().len(),
        REGIONS.len()
    );
}

#[test]
fn google_answers_with_the_resolved_key_rings() {
    let name = "projects/acme-payments-prod/locations/global/keyRings/signing";
    let job = accepted(RINGS, &json!({"key_rings": [inventory::id(name)]}));
    assert_eq!(job["key_rings"], json!([name]));
    let job = accepted(RINGS, &json!({"synchronize_all": true}));
    assert!(job["key_rings"].as_array().unwrap().len() > 1);
}

#[test]
fn salesforce_takes_organization_ids_and_answers_organizations() {
    let job = accepted(
        "sfdc/keys/synchronization-jobs",
        &json!({"organization_ids": ["acme-sales"]}),
    );
    assert_eq!(job["organizations"], json!(["acme-sales"]));
    refused(
        "sfdc/keys/synchronization-jobs",
        &json!({"organizations": ["x"]}),
        "organization_ids",
    );
}

#[test]
fn azure_bulk_takes_one_owner_of_backups() {
    let body = |param: Value| json!({"operation": "delete-key-backups", "delete_key_backups_param": param});
    let param = "delete_key_backups_param";
    let job = accepted(
        BACKUPS,
        &body(json!({"backups": ["b1", "b2"], "key_id": "k"})),
    );
    assert_eq!(
        (&job["cloud"], &job["operation"]),
        (&"AzureCloud".into(), &"delete-key-backups".into())
    );
    accepted(
        BACKUPS,
        &body(json!({"vault_id": "v", "created_before": "2024-01-01T00:00:00Z"})),
    );
    refused(BACKUPS, &body(json!({"key_id": "k", "keys": ["k"]})), param);
    refused(
        BACKUPS,
        &body(json!({"vault_id": "v", "keys": ["k"]})),
        param,
    );
    refused(
        BACKUPS,
        &body(json!({"created_after": "yesterday"})),
        "created_after",
    );
    refused(BACKUPS, &body(json!("backups")), param);
    refused(BACKUPS, &json!({"operation": "enablekey"}), "operation");
}

#[test]
fn update_all_versions_wants_a_key_and_an_operation() {
    for operation in ["enable", "disable", "schedule_destroy", "cancel_destroy"] {
        accepted(VERSIONS, &json!({"key_id": "k", "operation": operation}));
    }
    refused(VERSIONS, &json!({"operation": "enable"}), "key_id");
    refused(
        VERSIONS,
        &json!({"key_id": "k", "operation": "destroy"}),
        "operation",
    );
}

#[test]
fn bodies_that_are_no_objects_are_400() {
    for body in ["", "{", "[]", "null", "\"x\""] {
        let mut client = Client::admin();
        let request = Request::new("POST", "/api/v1/cckm/aws/bulkjob").body(body);
        let response = client.raw(request);
        assert_eq!(response.status, 400, "{body}");
        let error: Value = serde_json::from_slice(&response.body).unwrap();
        assert_eq!(error["codeDesc"], "NCERRBadRequest: Bad HTTP request");
    }
}

#[test]
fn what_was_created_runs_and_ends() {
    let mut client = Client::admin();
    let (_, job) = client.post(BULK, &json!({"keys": ["a", "b"], "operation": "enablekey"}));
    let path = format!("{BULK}/{}", job["id"].as_str().unwrap());
    client.later(4);
    let job = client.read(&path);
    assert_eq!(job["overall_status"], "completed");
    assert_eq!(
        job["detailed_status"],
        json!({"a": "Success", "b": "Success"})
    );
}

#[test]
fn chosen_items_fail() {
    let mut client = Client::admin();
    client.sim.behaviour.item_failures = vec![("bad".into(), "access denied".into())];
    let body = json!({"keys": ["good", "bad-1"], "operation": "enablekey"});
    let (_, job) = client.post(BULK, &body);
    client.later(4);
    let job = client.read(&format!("{BULK}/{}", job["id"].as_str().unwrap()));
    assert_eq!(
        job["detailed_status"],
        json!({"good": "Success", "bad-1": "access denied"})
    );
}

#[test]
fn a_second_synchronization_can_be_refused() {
    let mut client = Client::admin();
    client.sim.behaviour.one_sync_at_a_time = true;
    let body = json!({"kms": ["kms"], "regions": ["eu-west-1"]});
    assert_eq!(client.post(SYNC, &body).0, 201);
    let (status, error) = client.post(SYNC, &body);
    assert_eq!((status, &error["codeDesc"]), (409, &"NCERRConflict".into()));
    client.later(60);
    assert_eq!(client.post(SYNC, &body).0, 201);
}

#[test]
fn started_synchronizations_are_of_the_new_era_unless_told_otherwise() {
    for old in [false, true] {
        let mut client = Client::admin();
        client.sim.behaviour.legacy_members = old;
        let (_, sync) = client.post(SYNC, &json!({"synchronize_all": true}));
        for member in ["application", "devAccount"] {
            assert_eq!(sync.get(member).is_some(), old, "{member}");
        }
        let (_, bulk) = client.post(BULK, &json!({"keys": ["k"], "operation": "enablekey"}));
        assert!(bulk.get("application").is_none(), "bulk jobs never had it");
    }
}

#[test]
fn a_start_is_answered_with_nanoseconds_and_read_with_microseconds() {
    let mut client = Client::admin();
    client.now = "2021-05-05T08:36:36.676642246Z".parse().unwrap();
    client.jwt = None;
    client.sign_in(&json!({"name": "admin", "password": cckm_simulator::auth::ADMIN_PASSWORD}));
    let (_, job) = client.post(RINGS, &json!({"synchronize_all": true}));
    assert_eq!(job["createdAt"], "2021-05-05T08:36:36.676642246Z");
    let read = client.read(&format!("{RINGS}/{}", job["id"].as_str().unwrap()));
    assert_eq!(read["createdAt"], "2021-05-05T08:36:36.676642Z");
}

#[test]
fn the_status_of_a_start_can_be_chosen() {
    let mut client = Client::admin();
    client.sim.behaviour.create_status = 202;
    assert_eq!(client.post(SYNC, &json!({"synchronize_all": true})).0, 202);
}
