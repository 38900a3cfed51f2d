//! What the body of a POST of a schedule must contain (CONTRACT.md 3, family 18).

use serde_json::{Value, json};

use crate::support::{CONFIGS, Client, code, create, nightly, request, with};

/// Checks that a body is 400 with a message about `field`, and that nothing is created.
fn assert_refused(body: &Value, field: &str) {
    let mut client = Client::admin();
    let reply = client.send("POST", CONFIGS, Some(body));
    assert_eq!(code(&reply), (400, Some(15)), "{body}: {}", reply.1);
    let message = reply.1["message"].as_str().unwrap();
    let start = format!("Validation errors:\n{field}: ");
    assert!(message.starts_with(&start), "{body}: {message}");
    assert_eq!(client.read_target(CONFIGS)["total"], 0);
}

/// Creates a schedule, which must succeed.
fn created(body: &Value) -> Value {
    create(&mut Client::admin(), body)
}

/// A schedule of an operation with these parameters.
fn schedule(operation: &str, params: &Value) -> Value {
    json!({"name": "n", "operation": operation, "run_at": "0 2 * * *",
        format!("{operation}_params"): params})
}

#[test]
fn operation_requires_its_parameters_and_no_others() {
    let operations = [
        ("cckm_synchronization", json!({"cloud_name": "aws", "kms": ["crm"]})),
        (
            "cckm_key_rotation",
            json!({"cloud_name": "aws", "expire_in": "30d", "aws_param": {"retain_alias": true}}),
        ),
        ("cckm_xks_credential_rotation", json!({"cloud_name": "aws"})),
        ("database_backup", json!({"any": ["thing"]})),
    ];
    for (operation, params) in &operations {
        let name = format!("{operation}_params");
        for wrong in [Value::Null, json!("text"), json!([])] {
            assert_refused(&schedule(operation, &wrong), &name);
        }
        let body = schedule(operation, params);
        assert_eq!(created(&body)["job_config_params"], *params);
        for (other, _) in operations.iter().filter(|(other, _)| other != operation) {
            let other = format!("{other}_params");
            assert_refused(&with(body.clone(), &json!({&other: {}})), &other);
        }
    }
    let list = Client::admin().read_target("/api/v1/scheduler/operations");
    let names = operations.map(|(name, _)| json!({"name": name}));
    assert_eq!(list["total"], 4);
    for name in names {
        assert!(list["resources"].as_array().unwrap().contains(&name));
    }
}

#[test]
fn name_operation_and_run_at_are_required() {
    for name in ["name", "operation", "run_at"] {
        for value in [Value::Null, json!(""), json!(7)] {
            assert_refused(&with(nightly("n"), &json!({name: value})), name);
        }
    }
    assert_refused(&with(nightly("n"), &json!({"operation": "dance"})), "operation");
    let broken = request("POST", CONFIGS, "{");
    assert_eq!(Client::admin().raw(broken).status(), 400);
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
        assert_refused(&with(nightly("n"), &json!({name: value})), name);
    }
    let dates = json!({"start_date": "2026-02-02T00:00:00Z", "end_date": "2026-02-01T00:00:00Z"});
    assert_refused(&with(nightly("n"), &dates), "end_date");
}

#[test]
fn synchronization_names_containers_of_its_cloud_or_all() {
    let body = |params: Value| schedule("cckm_synchronization", &params);
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
    for (cloud, containers) in clouds {
        let all = json!({"cloud_name": cloud, "synchronize_all": true});
        let with_all = |members: Value| body(with(all.clone(), &members));
        created(&body(all.clone()));
        created(&body(json!({"cloud_name": cloud, containers: ["one"]})));
        assert_refused(&with_all(json!({containers: ["one"]})), "synchronize_all");
        assert_refused(&body(json!({"cloud_name": cloud})), containers);
        assert_refused(&body(json!({"cloud_name": cloud, containers: "one"})), containers);
        let (_, other) = clouds.iter().find(|(other, _)| *other != cloud).unwrap();
        assert_refused(&with_all(json!({*other: ["one"]})), other);
        if cloud != "AzureCloud" {
            assert_refused(&with_all(json!({"sync_item": "key"})), "sync_item");
        }
    }
    for cloud in [json!("azure"), json!("AWS"), json!(""), Value::Null] {
        let params = json!({"cloud_name": cloud, "synchronize_all": true});
        assert_refused(&body(params), "cloud_name");
    }
}

#[test]
fn azure_synchronization_has_items_and_backups() {
    let body = |members: Value| {
        let all = json!({"cloud_name": "AzureCloud", "synchronize_all": true});
        schedule("cckm_synchronization", &with(all, &members))
    };
    for item in ["key", "secret", "certificate", "all"] {
        created(&body(json!({"sync_item": item})));
    }
    assert_refused(&body(json!({"sync_item": "keys"})), "sync_item");
    assert_refused(&body(json!({"take_cloud_key_backup": 1})), "take_cloud_key_backup");
}

#[test]
fn key_rotation_names_a_cloud() {
    for (params, field) in [
        (json!({}), "cloud_name"),
        (json!({"cloud_name": "acme"}), "cloud_name"),
        (json!({"cloud_name": "aws", "aws_param": true}), "aws_param"),
        (json!({"cloud_name": "aws", "aws_param": {"rotate_material": "yes"}}), "rotate_material"),
    ] {
        assert_refused(&schedule("cckm_key_rotation", &params), field);
    }
}
