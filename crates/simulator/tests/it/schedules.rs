//! Schedules (CONTRACT.md 3, family 18): their verbs, members and filters.

use cckm_simulator::auth::{GUEST_PASSWORD, GUEST_USER};
use cckm_simulator::generate::system_schedules;
use serde_json::{Value, json};

use crate::support::{
    CONFIGS, Client, backup, code, create, id, nightly, noon, one_schedule, strings, with,
};

#[test]
fn created_schedule_has_all_members() {
    let mut client = Client::admin();
    let members = json!({"description": "d", "run_on": "node 7", "disabled": true,
        "start_date": "2026-02-01T00:00:00+01:00", "end_date": "2026-03-01T00:00:00Z"});
    let schedule = create(&mut client, &with(nightly("every night"), &members));
    let expected = json!({
        "id": schedule["id"], "uri": format!("kylo:kylo:scheduler:job-configs:{}", id(&schedule)),
        "account": "kylo:kylo:admin:accounts:kylo",
        "application": "ncryptify:gemalto:admin:apps:kylo",
        "devAccount": "ncryptify:gemalto:admin:accounts:gemalto",
        "createdAt": "2026-01-31T12:00:00.25Z", "updatedAt": "2026-01-31T12:00:00.25Z",
        "name": "every night", "description": "d", "operation": "cckm_synchronization",
        "run_at": "0 2 * * *", "run_on": "node 7", "disabled": true,
        "start_date": "2026-01-31T23:00:00Z", "end_date": "2026-03-01T00:00:00Z",
        "job_config_params": {"cloud_name": "gcp", "synchronize_all": true},
    });
    assert_eq!(schedule, expected);
    assert_eq!(client.read_target(&one_schedule(&schedule)), expected);
    assert_eq!(client.read_target(CONFIGS)["resources"], json!([expected]));
}

/// Checks the defaults of a schedule without optional members.
fn assert_defaults(schedule: &Value) {
    assert_eq!((&schedule["run_on"], &schedule["disabled"]), (&json!("any"), &json!(false)));
    for name in ["description", "start_date", "end_date"] {
        assert!(schedule.get(name).is_none(), "{name}");
    }
}

#[test]
fn omitted_members_have_defaults_or_are_absent() {
    assert_defaults(&create(&mut Client::admin(), &nightly("n")));
}

#[test]
fn patch_changes_only_named_members_and_empty_text_removes() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &nightly("n"));
    let path = one_schedule(&schedule);
    client.advance(60);
    let changes = json!({"name": "n", "operation": "cckm_synchronization", "description": "new",
        "run_at": "*/5 * * * *", "run_on": "node", "disabled": true,
        "start_date": "2026-02-01T00:00:00Z", "end_date": "2026-03-01T00:00:00Z"});
    let params = json!({"cloud_name": "aws", "kms": ["crm"]});
    let body = with(changes.clone(), &json!({"cckm_synchronization_params": params}));
    let (status, changed) = client.send("PATCH", &path, Some(&body));
    assert_eq!(status, 200, "{changed}");
    let written = json!({"updatedAt": "2026-01-31T12:01:00.25Z", "job_config_params": params});
    assert_eq!(changed, with(with(schedule, &changes), &written));
    assert_eq!(client.read_target(&path), changed);
    let removal = json!({"description": "", "start_date": "", "end_date": "", "run_on": "", "disabled": false});
    assert_defaults(&client.send("PATCH", &path, Some(&removal)).1);
}

#[test]
fn refused_patch_changes_nothing() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &nightly("n"));
    let path = one_schedule(&schedule);
    for (change, field) in [
        (json!({"name": "m"}), "name"),
        (json!({"operation": "database_backup"}), "operation"),
        (json!({"operation": "database_backup", "database_backup_params": {}}), "operation"),
        (json!({"description": "new", "run_at": "never"}), "run_at"),
        (json!({"disabled": 1}), "disabled"),
        (json!({"end_date": "soon"}), "end_date"),
        (json!({"database_backup_params": {}}), "database_backup_params"),
        (json!({"cckm_synchronization_params": {"cloud_name": "gcp"}}), "key_rings"),
    ] {
        let reply = client.send("PATCH", &path, Some(&change));
        assert_eq!(code(&reply), (400, Some(15)), "{change}");
        let start = format!("Validation errors:\n{field}: ");
        assert!(reply.1["message"].as_str().unwrap().starts_with(&start), "{}", reply.1);
        assert_eq!(client.read_target(&path), schedule);
    }
}

/// Checks that every verb on a schedule is 404.
fn assert_unknown(client: &mut Client, path: &str) {
    for (method, path) in
        [("GET", path), ("PATCH", path), ("DELETE", path), ("POST", &*format!("{path}/run-now"))]
    {
        let reply = client.send(method, path, Some(&json!({})));
        assert_eq!(code(&reply), (404, Some(16)), "{method} {path}");
    }
}

#[test]
fn deleted_schedule_is_404() {
    let mut client = Client::admin();
    let path = one_schedule(&create(&mut client, &nightly("n")));
    assert_eq!(client.status("DELETE", &path), 204);
    assert_unknown(&mut client, &path);
}

#[test]
fn schedules_are_filtered_sorted_and_paged() {
    let mut client = Client::admin();
    let backup = json!({"operation": "database_backup", "database_backup_params": {},
        "cckm_synchronization_params": null});
    let [a, c, b] = [("a", json!({})), ("c", json!({"disabled": true})), ("b", backup)].map(
        |(name, members)| {
            let schedule = create(&mut client, &with(nightly(name), &members));
            client.advance(60);
            schedule
        },
    );
    let created = |schedule: &Value| schedule["createdAt"].as_str().unwrap().to_owned();
    for (query, expected) in [
        (String::new(), &["b", "c", "a"][..]),
        (format!("id={}", id(&c)), &["c"]),
        ("name=a".into(), &["a"]),
        ("name=a&name=b&sort=name".into(), &["a", "b"]),
        ("operation=database_backup".into(), &["b"]),
        ("disabled=true".into(), &["c"]),
        ("disabled=false".into(), &["b", "a"]),
        (format!("created_after={}", created(&a)), &["b", "c"]),
        (format!("created_before={}", created(&c)), &["a"]),
        (format!("created_after={}&created_before={}", created(&a), created(&b)), &["c"]),
        ("name=a&disabled=true".into(), &[]),
        // There is no such filter.
        ("status=none".into(), &["b", "c", "a"]),
        ("sort=createdAt".into(), &["a", "c", "b"]),
        ("sort=-createdAt".into(), &["b", "c", "a"]),
        ("sort=-name".into(), &["c", "b", "a"]),
        ("sort=disabled,name".into(), &["a", "b", "c"]),
        ("skip=1&limit=1".into(), &["c"]),
        ("limit=-1".into(), &["b", "c", "a"]),
    ] {
        let list = client.read_target(&format!("{CONFIGS}?{query}"));
        assert_eq!(strings(&list, "name"), expected, "{query}");
    }
    let page = client.read_target(&format!("{CONFIGS}?skip=1&limit=1"));
    assert_eq!((&page["skip"], &page["limit"], &page["total"]), (&json!(1), &json!(1), &json!(3)));
    for query in [
        "disabled=TRUE",
        "disabled=1",
        "created_after=today",
        "created_before=2026-01-31",
        "limit=x",
    ] {
        let reply = client.send("GET", &format!("{CONFIGS}?{query}"), None);
        assert_eq!(code(&reply), (400, Some(9)), "{query}");
    }
}

#[test]
fn missing_verbs_and_paths_are_refused() {
    let mut client = Client::admin();
    let one = one_schedule(&create(&mut client, &nightly("n")));
    for status in [405, 404] {
        client.sim.behaviour.missing_verb_status = status;
        for (method, path) in [
            ("POST", "/api/v1/scheduler/operations"),
            ("PATCH", CONFIGS),
            ("DELETE", CONFIGS),
            ("PUT", &one),
            ("POST", &one),
            ("GET", &*format!("{one}/run-now")),
            ("POST", &*format!("{one}/cancel")),
        ] {
            assert_eq!(client.status(method, path), status, "{method} {path}");
        }
    }
    for path in ["", "/", "/plans", "/job-configs/a/b", "/job-configs/a/run-now/b"] {
        let target = format!("/api/v1/scheduler{path}");
        assert_eq!(client.status("GET", &target), 404, "{path}");
    }
    assert_eq!(client.read_target(&format!("{CONFIGS}/?limit=1"))["total"], 1);
}

#[test]
fn schedules_require_a_permission_and_belong_to_a_domain() {
    let guest = json!({"username": GUEST_USER, "password": GUEST_PASSWORD});
    let mut client = Client::signed_in(&guest);
    let (status, error) = client.send("GET", CONFIGS, None);
    assert_eq!(status, 403);
    assert!(error["message"].as_str().unwrap().contains("keysynchronize"));
    client.jwt = None;
    assert_eq!(client.status("GET", CONFIGS), 401);
    client.sign_in_to("emea");
    let path = one_schedule(&create(&mut client, &nightly("n")));
    client.sign_in_to("root");
    assert_eq!(client.read_target(CONFIGS)["total"], 0);
    assert_unknown(&mut client, &path);
    client.sign_in_to("emea");
    assert_eq!(client.read_target(CONFIGS)["total"], 1);
}

#[test]
fn system_schedules_are_off_and_one_rotation_is_in_each_domain() {
    let mut client = Client::admin();
    system_schedules(noon()).for_each(|schedule| client.sim.scheduler.add(schedule));
    let list = client.read_target(&format!("{CONFIGS}?disabled=true&sort=name"));
    let names = ["system_auto_key_rotation", "system_auto_user_password_expiry_notification"];
    assert_eq!(strings(&list, "name"), names);
    let path = one_schedule(&list["resources"][0]);
    let body = json!({"disabled": false});
    assert_eq!(client.send("PATCH", &path, Some(&body)).1["disabled"], false);
    client.sign_in_to("emea");
    assert_eq!(strings(&client.read_target(CONFIGS), "name"), names[..1]);
}

#[test]
fn rotation_keeps_its_cloud_and_takes_other_parameters() {
    let mut client = Client::admin();
    let rotation = |cloud: &str| {
        json!({"cckm_key_rotation_params": {"cloud_name": cloud, "rotation_after": "7d",
            "aws_param": {"retain_alias": true, "rotate_material": false}}})
    };
    let common = json!({"name": "r", "operation": "cckm_key_rotation", "run_at": "0 2 * * *"});
    let path = one_schedule(&create(&mut client, &with(common, &rotation("aws"))));
    let reply = client.send("PATCH", &path, Some(&rotation("gcp")));
    assert_eq!(code(&reply), (400, Some(15)));
    let mut same = rotation("aws");
    same["cckm_key_rotation_params"]["rotation_after"] = json!("6h");
    let (status, changed) = client.send("PATCH", &path, Some(&same));
    assert_eq!((status, &changed["job_config_params"]["rotation_after"]), (200, &json!("6h")));
}

#[test]
fn parameters_keep_the_case_of_their_names() {
    let params = json!({"retentionCount": 5, "tiedToHSM": false, "backupKey": "k", "do_scp": true,
        "connection": "c", "scope": "system", "filters": [{"resourceType": "Keys"}]});
    let body = with(backup("0 2 * * *"), &json!({"database_backup_params": params}));
    let mut client = Client::admin();
    let path = one_schedule(&create(&mut client, &body));
    assert_eq!(client.read_target(&path)["job_config_params"], params);
}

#[test]
fn dates_are_absent_unless_set_and_an_empty_text_clears_them() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &nightly("n"));
    let path = one_schedule(&schedule);
    let mut patch = |body: Value| client.send("PATCH", &path, Some(&body)).1;
    assert!(schedule.get("start_date").is_none() && schedule.get("end_date").is_none());
    let changed =
        patch(json!({"start_date": "2026-02-01T00:00:00Z", "end_date": "2026-03-01T00:00:00Z"}));
    assert_eq!(changed["start_date"], "2026-02-01T00:00:00Z");
    let changed = patch(json!({"end_date": ""}));
    assert_eq!(changed["start_date"], "2026-02-01T00:00:00Z", "absent means unchanged");
    assert!(changed.get("end_date").is_none());
}
