//! Schedules, CONTRACT.md 3, family 18: their verbs, members and filters.

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER, GUEST_PASSWORD, GUEST_USER};
use serde_json::{Value, json};

use crate::client::Client;

pub const CONFIGS: &str = "/api/v1/scheduler/job-configs";

/// A body that is accepted: all Google key rings every night.
pub fn nightly(name: &str) -> Value {
    json!({"name": name, "operation": "cckm_synchronization", "run_at": "0 2 * * *",
        "cckm_synchronization_params": {"cloud_name": "gcp", "synchronize_all": true}})
}

/// The same with other members; null takes one away.
pub fn with(mut body: Value, more: &Value) -> Value {
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

pub fn create(client: &mut Client, body: &Value) -> Value {
    let (status, config) = client.send("POST", CONFIGS, Some(body));
    assert_eq!(status, 201, "{body}: {config}");
    config
}

pub fn one(config: &Value) -> String {
    format!("{CONFIGS}/{}", config["id"].as_str().unwrap())
}

/// A GET that must work.
pub fn read(client: &mut Client, target: &str) -> Value {
    let (status, value) = client.send("GET", target, None);
    assert_eq!(status, 200, "{target}: {value}");
    value
}

/// The names in a list.
pub fn names(client: &mut Client, query: &str) -> Vec<String> {
    let list = read(client, &format!("{CONFIGS}?{query}"));
    let configs = list["resources"].as_array().unwrap();
    let name = |config: &Value| config["name"].as_str().unwrap().to_owned();
    configs.iter().map(name).collect()
}

#[test]
fn a_schedule_is_made_and_read_with_all_of_its_members() {
    let mut client = Client::admin();
    let body = with(
        nightly("every night"),
        &json!({"description": "d", "run_on": "node 7", "disabled": true,
            "start_date": "2026-02-01T00:00:00+01:00", "end_date": "2026-03-01T00:00:00Z"}),
    );
    let config = create(&mut client, &body);
    let id = config["id"].as_str().unwrap();
    let expected = json!({
        "id": id, "uri": format!("kylo:kylo:scheduler:job-configs:{id}"),
        "account": "kylo:kylo:admin:accounts:kylo",
        "application": "ncryptify:gemalto:admin:apps:kylo",
        "devAccount": "ncryptify:gemalto:admin:accounts:gemalto",
        "createdAt": "2026-01-31T12:00:00.25Z", "updatedAt": "2026-01-31T12:00:00.25Z",
        "name": "every night", "description": "d", "operation": "cckm_synchronization",
        "run_at": "0 2 * * *", "run_on": "node 7", "disabled": true,
        "start_date": "2026-01-31T23:00:00Z", "end_date": "2026-03-01T00:00:00Z",
        "job_config_params": {"cloud_name": "gcp", "synchronize_all": true},
    });
    assert_eq!(config, expected);
    assert_eq!(read(&mut client, &one(&config)), expected);
    assert_eq!(read(&mut client, CONFIGS)["resources"], json!([expected]));
}

#[test]
fn what_is_left_out_is_usual_or_absent() {
    let config = create(&mut Client::admin(), &nightly("n"));
    assert_eq!(
        (&config["run_on"], &config["disabled"]),
        (&"any".into(), &false.into())
    );
    for name in ["description", "start_date", "end_date"] {
        assert!(config.get(name).is_none(), "{name}");
    }
}

#[test]
fn a_patch_changes_what_it_names() {
    let mut client = Client::admin();
    let config = create(&mut client, &nightly("n"));
    client.later(60);
    let change = json!({"name": "n", "operation": "cckm_synchronization", "description": "new",
        "run_at": "*/5 * * * *", "run_on": "node", "disabled": true, "start_date": "2026-02-01T00:00:00Z",
        "end_date": "2026-03-01T00:00:00Z",
        "cckm_synchronization_params": {"cloud_name": "aws", "kms": ["crm"]}});
    let (status, changed) = client.send("PATCH", &one(&config), Some(&change));
    assert_eq!(status, 200, "{changed}");
    let mut expected = with(config.clone(), &change);
    expected["updatedAt"] = json!("2026-01-31T12:01:00.25Z");
    let members = expected.as_object_mut().unwrap();
    let params = members.remove("cckm_synchronization_params").unwrap();
    expected["job_config_params"] = params;
    assert_eq!(changed, expected);
    assert_eq!(read(&mut client, &one(&config)), expected);
    let back = json!({"description": "", "start_date": "", "end_date": "", "run_on": "", "disabled": false});
    let (_, changed) = client.send("PATCH", &one(&config), Some(&back));
    assert_eq!(
        (&changed["run_on"], &changed["disabled"]),
        (&"any".into(), &false.into())
    );
    for name in ["description", "start_date", "end_date"] {
        assert!(changed.get(name).is_none(), "{name}");
    }
}

#[test]
fn a_patch_that_is_refused_changes_nothing() {
    let mut client = Client::admin();
    let config = create(&mut client, &nightly("n"));
    for (change, field) in [
        (json!({"name": "m"}), "name"),
        (json!({"operation": "database_backup"}), "operation"),
        (
            json!({"operation": "database_backup", "database_backup_params": {}}),
            "operation",
        ),
        (json!({"description": "new", "run_at": "never"}), "run_at"),
        (json!({"disabled": 1}), "disabled"),
        (json!({"end_date": "soon"}), "end_date"),
        (
            json!({"database_backup_params": {}}),
            "database_backup_params",
        ),
        (
            json!({"cckm_synchronization_params": {"cloud_name": "gcp"}}),
            "key_rings",
        ),
    ] {
        let (status, error) = client.send("PATCH", &one(&config), Some(&change));
        assert_eq!((status, &error["code"]), (400, &15.into()), "{change}");
        let start = format!("Validation errors:\n{field}: ");
        assert!(
            error["message"].as_str().unwrap().starts_with(&start),
            "{error}"
        );
        assert_eq!(read(&mut client, &one(&config)), config);
    }
}

#[test]
fn a_deleted_schedule_is_gone() {
    let mut client = Client::admin();
    let config = create(&mut client, &nightly("n"));
    assert_eq!(client.send("DELETE", &one(&config), None).0, 204);
    for (method, path) in [
        ("GET", one(&config)),
        ("DELETE", one(&config)),
        ("PATCH", one(&config)),
        ("POST", one(&config) + "/run-now"),
    ] {
        let (status, error) = client.send(method, &path, Some(&json!({})));
        assert_eq!(
            (status, &error["code"]),
            (404, &16.into()),
            "{method} {path}"
        );
    }
}

#[test]
fn filters_pages_and_order() {
    let mut client = Client::admin();
    let mut times = Vec::new();
    for (name, more) in [
        ("a", json!({})),
        ("c", json!({"disabled": true})),
        (
            "b",
            json!({"operation": "database_backup", "database_backup_params": {},
            "cckm_synchronization_params": null}),
        ),
    ] {
        times.push(create(&mut client, &with(nightly(name), &more)));
        client.later(60);
    }
    let of = |index: usize, member: &str| times[index][member].as_str().unwrap().to_owned();
    assert_eq!(names(&mut client, ""), ["b", "c", "a"]);
    assert_eq!(names(&mut client, &format!("id={}", of(1, "id"))), ["c"]);
    assert_eq!(names(&mut client, "name=a"), ["a"]);
    assert_eq!(names(&mut client, "name=a&name=b&sort=name"), ["a", "b"]);
    assert_eq!(names(&mut client, "operation=database_backup"), ["b"]);
    assert_eq!(names(&mut client, "disabled=true"), ["c"]);
    assert_eq!(names(&mut client, "disabled=false"), ["b", "a"]);
    assert_eq!(
        names(
            &mut client,
            &format!("created_after={}", of(0, "createdAt"))
        ),
        ["b", "c"]
    );
    assert_eq!(
        names(
            &mut client,
            &format!("created_before={}", of(1, "createdAt"))
        ),
        ["a"]
    );
    let between = format!(
        "created_after={}&created_before={}",
        of(0, "createdAt"),
        of(2, "createdAt")
    );
    assert_eq!(names(&mut client, &between), ["c"]);
    assert_eq!(names(&mut client, "name=a&disabled=true"), [""; 0]);
    assert_eq!(
        names(&mut client, "status=none"),
        ["b", "c", "a"],
        "no such filter"
    );
    assert_eq!(names(&mut client, "sort=createdAt"), ["a", "c", "b"]);
    assert_eq!(names(&mut client, "sort=-createdAt"), ["b", "c", "a"]);
    assert_eq!(names(&mut client, "sort=-name"), ["c", "b", "a"]);
    assert_eq!(names(&mut client, "sort=disabled,name"), ["a", "b", "c"]);
    assert_eq!(names(&mut client, "skip=1&limit=1"), ["c"]);
    assert_eq!(names(&mut client, "limit=-1").len(), 3);
    let page = read(&mut client, &format!("{CONFIGS}?skip=1&limit=1"));
    assert_eq!(
        (&page["skip"], &page["limit"], &page["total"]),
        (&1.into(), &1.into(), &3.into())
    );
    for query in [
        "disabled=TRUE",
        "disabled=1",
        "created_after=today",
        "created_before=2026-01-31",
        "limit=x",
    ] {
        let (status, error) = client.send("GET", &format!("{CONFIGS}?{query}"), None);
        assert_eq!((status, &error["code"]), (400, &9.into()), "{query}");
    }
}

#[test]
fn verbs_that_are_not_there() {
    let mut client = Client::admin();
    let config = create(&mut client, &nightly("n"));
    for status in [405, 404] {
        client.sim.behaviour.missing_verb_status = status;
        for (method, path) in [
            ("POST", "/api/v1/scheduler/operations".to_owned()),
            ("PATCH", CONFIGS.to_owned()),
            ("DELETE", CONFIGS.to_owned()),
            ("PUT", one(&config)),
            ("POST", one(&config)),
            ("GET", one(&config) + "/run-now"),
            ("POST", one(&config) + "/cancel"),
        ] {
            assert_eq!(
                client.send(method, &path, None).0,
                status,
                "{method} {path}"
            );
        }
    }
    for path in [
        "",
        "/",
        "/plans",
        "/job-configs/a/b",
        "/job-configs/a/run-now/b",
    ] {
        let (status, _) = client.send("GET", &format!("/api/v1/scheduler{path}"), None);
        assert_eq!(status, 404, "{path}");
    }
    assert_eq!(
        read(&mut client, &format!("{CONFIGS}/?limit=1"))["total"],
        1
    );
}

#[test]
fn schedules_are_for_those_who_may_and_of_their_domain() {
    let mut client = Client::user(GUEST_USER, GUEST_PASSWORD);
    let (status, error) = client.send("GET", CONFIGS, None);
    assert_eq!(status, 403);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .contains("keysynchronize")
    );
    client.jwt = None;
    assert_eq!(client.send("GET", CONFIGS, None).0, 401);
    let sign_in = |client: &mut Client, domain: &str| {
        client.sign_in(&json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD, "domain": domain}));
    };
    sign_in(&mut client, "emea");
    let config = create(&mut client, &nightly("n"));
    sign_in(&mut client, "root");
    assert_eq!(read(&mut client, CONFIGS)["total"], 0);
    for (method, path) in [
        ("GET", one(&config)),
        ("PATCH", one(&config)),
        ("DELETE", one(&config)),
        ("POST", one(&config) + "/run-now"),
    ] {
        let (status, _) = client.send(method, &path, Some(&json!({})));
        assert_eq!(status, 404, "{method}");
    }
    sign_in(&mut client, "emea");
    assert_eq!(read(&mut client, CONFIGS)["total"], 1);
}
