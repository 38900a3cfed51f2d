//! What a POST of a schedule must hold, CONTRACT.md 3, family 18.

use cckm_simulator::http::Request;
use serde_json::{Value, json};

use crate::client::Client;
use crate::schedules::{CONFIGS, create, nightly, read, with};

fn refused(body: &Value, field: &str) {
    let mut client = Client::admin();
    let (status, error) = client.send("POST", CONFIGS, Some(body));
    assert_eq!(
        (status, &error["code"]),
        (400, &15.into()),
        "{body}: {error}"
    );
    let message = error["message"].as_str().unwrap();
    let start = format!("Validation errors:\n{field}: ");
    assert!(message.starts_with(&start), "{body}: {message}");
    assert_eq!(read(&mut client, CONFIGS)["total"], 0, "nothing was made");
}

#[test]
fn every_operation_has_its_parameters_and_no_others() {
    let operations = [
        (
            "cckm_synchronization",
            json!({"cloud_name": "aws", "kms": ["crm"]}),
        ),
        (
            "cckm_key_rotation",
            json!({"cloud_name": "aws", "expire_in": "30d", "aws_param": {"retain_alias": true}}),
        ),
        ("cckm_xks_credential_rotation", json!({"cloud_name": "aws"})),
        ("database_backup", json!({"any": ["thing"]})),
    ];
    for (operation, params) in &operations {
        let name = format!("{operation}_params");
        let body = json!({"name": "n", "operation": operation, "run_at": "0 2 * * *"});
        refused(&body, &name);
        for wrong in [json!("text"), json!([])] {
            refused(&with(body.clone(), &json!({&name: wrong})), &name);
        }
        let body = with(body, &json!({&name: params}));
        let config = create(&mut Client::admin(), &body);
        assert_eq!(config["job_config_params"], *params);
        for (other, _) in operations.iter().filter(|(other, _)| other != operation) {
            let other = format!("{other}_params");
            refused(&with(body.clone(), &json!({&other: {}})), &other);
        }
    }
    let mut client = Client::admin();
    let list = read(&mut client, "/api/v1/scheduler/operations");
    let known = operations.map(|(name, _)| json!({"name": name}));
    assert_eq!(list["total"], 4);
    for operation in known {
        assert!(list["resources"].as_array().unwrap().contains(&operation));
    }
}

#[test]
fn what_must_be_there_must_be_there() {
    for name in ["name", "operation", "run_at"] {
        for value in [Value::Null, json!(""), json!(7)] {
            refused(&with(nightly("n"), &json!({name: value})), name);
        }
    }
    refused(
        &with(nightly("n"), &json!({"operation": "dance"})),
        "operation",
    );
    let request = Request::new("POST", CONFIGS).body("{");
    assert_eq!(Client::admin().raw(request).status, 400);
}

#[test]
fn types_and_dates_are_checked() {
    for (name, value) in [
        ("description", json!(1)),
        ("run_on", json!(["any"])),
        ("disabled", json!("false")),
        ("start_date", json!("2026-02-01")),
        ("start_date", json!("2026-02-01T00:00:00")),
        ("start_date", json!("2026-02-01 00:00:00Z")),
        ("start_date", json!("2026-02-30T00:00:00Z")),
        ("end_date", json!("tomorrow")),
        ("end_date", json!(1_770_000_000)),
    ] {
        refused(&with(nightly("n"), &json!({name: value})), name);
    }
    let dates = json!({"start_date": "2026-02-02T00:00:00Z", "end_date": "2026-02-01T00:00:00Z"});
    refused(&with(nightly("n"), &dates), "end_date");
}

#[test]
fn a_synchronization_says_what_of_which_cloud() {
    let body = |params: Value| {
        json!({"name": "n", "operation": "cckm_synchronization",
        "run_at": "0 2 * * *", "cckm_synchronization_params": params})
    };
    let clouds = [
        ("aws", "kms"),
        ("hsm-luna", "partitions"),
        ("dsm", "domains"),
        ("oci", "oci_vaults"),
        ("sfdc", "organizations"),
        ("gcp", "key_rings"),
        ("sap", "groups"),
        ("AzureCloud", "key_vaults"),
    ];
    let mut client = Client::admin();
    for (cloud, containers) in clouds {
        let all = json!({"cloud_name": cloud, "synchronize_all": true});
        create(&mut client, &body(all.clone()));
        create(
            &mut client,
            &body(json!({"cloud_name": cloud, containers: ["one"]})),
        );
        refused(
            &body(with(all.clone(), &json!({containers: ["one"]}))),
            "synchronize_all",
        );
        refused(&body(json!({"cloud_name": cloud})), containers);
        refused(
            &body(json!({"cloud_name": cloud, containers: "one"})),
            containers,
        );
        let (_, other) = clouds.iter().find(|(other, _)| *other != cloud).unwrap();
        refused(&body(with(all.clone(), &json!({*other: ["one"]}))), other);
        let item = body(with(all.clone(), &json!({"sync_item": "key"})));
        if cloud == "AzureCloud" {
            create(&mut client, &item);
        } else {
            refused(&item, "sync_item");
        }
    }
    for cloud in [json!("azure"), json!("AWS"), json!(""), Value::Null] {
        refused(
            &body(json!({"cloud_name": cloud, "synchronize_all": true})),
            "cloud_name",
        );
    }
    let azure = |item| {
        body(json!({"cloud_name": "AzureCloud", "synchronize_all": true, "sync_item": item}))
    };
    for item in ["key", "secret", "certificate", "all"] {
        create(&mut client, &azure(item));
    }
    refused(&azure("keys"), "sync_item");
    let backup =
        json!({"cloud_name": "AzureCloud", "synchronize_all": true, "take_cloud_key_backup": 1});
    refused(&body(backup), "take_cloud_key_backup");
}

#[test]
fn a_key_rotation_says_of_which_cloud() {
    let body = |params: Value| {
        json!({"name": "n", "operation": "cckm_key_rotation",
        "run_at": "0 2 * * *", "cckm_key_rotation_params": params})
    };
    refused(&body(json!({})), "cloud_name");
    refused(&body(json!({"cloud_name": "acme"})), "cloud_name");
    refused(
        &body(json!({"cloud_name": "aws", "aws_param": true})),
        "aws_param",
    );
    let param = json!({"cloud_name": "aws", "aws_param": {"rotate_material": "yes"}});
    refused(&body(param), "rotate_material");
}
