//! Runs of schedules, CONTRACT.md 3, family 19: from `scheduled` to their end, and their verbs and filters.

use std::time::Duration;

use cckm_simulator::auth::{ADMIN_PASSWORD, ADMIN_USER};
use cckm_simulator::family::FAMILIES;
use cckm_simulator::scheduler::MOST_RUNS;
use serde_json::{Value, json};

use crate::client::{Client, noon};
use crate::schedules::{create, nightly, one, read, with};

pub const RUNS: &str = "/api/v1/scheduler/jobs";

pub fn run_now(client: &mut Client, config: &Value) -> Value {
    let (status, run) = client.send("POST", &(one(config) + "/run-now"), None);
    assert_eq!(status, 201, "{run}");
    run
}

pub fn path(run: &Value) -> String {
    format!("{RUNS}/{}", run["id"].as_str().unwrap())
}

/// A schedule without jobs of its own.
pub fn backup(run_at: &str) -> Value {
    json!({"name": "backup", "operation": "database_backup", "run_at": run_at, "database_backup_params": {}})
}

/// When the runs of a list were made, the oldest first.
pub fn times(client: &mut Client, query: &str) -> Vec<String> {
    let list = read(client, &format!("{RUNS}?limit=-1&sort=createdAt&{query}"));
    let runs = list["resources"].as_array().unwrap();
    let time = |run: &Value| run["createdAt"].as_str().unwrap().to_owned();
    runs.iter().map(time).collect()
}

#[test]
fn a_run_goes_from_scheduled_to_completed() {
    let mut client = Client::admin();
    let config = create(
        &mut client,
        &with(
            backup("0 2 * * *"),
            &json!({"disabled": true, "run_on": "n1"}),
        ),
    );
    let run = run_now(&mut client, &config);
    let id = run["id"].as_str().unwrap();
    let scheduled = json!({
        "id": id, "uri": format!("kylo:kylo:scheduler:jobs:{id}"),
        "account": "kylo:kylo:admin:accounts:kylo",
        "application": "ncryptify:gemalto:admin:apps:kylo",
        "devAccount": "ncryptify:gemalto:admin:accounts:gemalto",
        "createdAt": "2026-01-31T12:00:00.25Z", "updatedAt": "2026-01-31T12:00:00.25Z",
        "name": "backup", "operation": "database_backup", "status": "scheduled",
        "job_config_id": config["id"],
    });
    assert_eq!(run, scheduled);
    assert_eq!(read(&mut client, &path(&run)), scheduled);
    let seen = |client: &mut Client| {
        let now = read(client, &path(&run));
        assert_eq!(read(client, RUNS)["resources"], json!([now]));
        ["status", "updatedAt", "processing_node"]
            .map(|name| now[name].as_str().unwrap().to_owned())
    };
    client.later(2);
    assert_eq!(
        seen(&mut client),
        ["in_progress", "2026-01-31T12:00:02.25Z", "n1"]
    );
    client.later(19);
    assert_eq!(seen(&mut client)[0], "in_progress");
    client.later(1);
    let ended = ["completed", "2026-01-31T12:00:22.25Z", "n1"];
    assert_eq!(seen(&mut client), ended);
    client.later(10_000);
    assert_eq!(seen(&mut client), ended);
}

#[test]
fn a_share_of_runs_fails_and_starts_no_job() {
    let mut client = Client::admin();
    let config = create(&mut client, &nightly("n"));
    client.sim.behaviour.run_failures_per_mille = 1000;
    let run = run_now(&mut client, &config);
    client.later(3600);
    assert_eq!(read(&mut client, &path(&run))["status"], "failed");
    assert_eq!(
        client.read("google/synchronization-jobs")["total"],
        1,
        "the sample"
    );
    client.sim.behaviour.run_failures_per_mille = 300;
    let runs: Vec<Value> = (0..200).map(|_| run_now(&mut client, &config)).collect();
    client.later(3600);
    let failed = read(&mut client, &format!("{RUNS}?job_status=failed&limit=0"));
    let failed = failed["total"].as_u64().unwrap();
    assert!((10..60).contains(&failed), "{failed} of {MOST_RUNS}");
    assert_eq!(
        client.send("GET", &path(&runs[0]), None).0,
        404,
        "forgotten"
    );
}

#[test]
fn a_synchronization_starts_the_jobs_of_its_family_and_lasts_as_long() {
    let expected = |cloud: &str, more: Value, paths: &[&str]| {
        let mut client = Client::admin();
        client.later(40 * 24 * 3600);
        let totals = |client: &mut Client| -> Vec<u64> {
            let listed = FAMILIES.iter().filter(|family| family.verbs.list);
            let lists = listed.map(|family| client.read(family.path));
            lists.map(|list| list["total"].as_u64().unwrap()).collect()
        };
        let before = totals(&mut client);
        let params = with(json!({"cloud_name": cloud}), &more);
        let config = with(
            nightly("n"),
            &json!({"cckm_synchronization_params": params}),
        );
        let config = create(&mut client, &config);
        let run = run_now(&mut client, &config);
        assert_eq!(totals(&mut client), before, "not while it is scheduled");
        client.later(2);
        let grown = totals(&mut client);
        let listed = FAMILIES.iter().filter(|family| family.verbs.list);
        let started = listed
            .zip(before.iter().zip(&grown))
            .filter(|(_, (before, grown))| grown > before);
        assert_eq!(
            started.map(|(family, _)| family.path).collect::<Vec<_>>(),
            paths
        );
        let jobs: Vec<Value> = paths
            .iter()
            .map(|path| client.read(path)["resources"][0].clone())
            .collect();
        for job in &jobs {
            let at = noon() + Duration::from_secs(40 * 24 * 3600 + 2);
            assert_eq!(
                (&job["createdAt"], &job["overall_status"]),
                (&at.to_string().into(), &"in_progress".into())
            );
        }
        let longest = jobs
            .iter()
            .map(|job| job["detailed_status"].as_object().unwrap().len() as u64)
            .max();
        client.later(2 * longest.unwrap() - 1);
        assert_eq!(read(&mut client, &path(&run))["status"], "in_progress");
        client.later(1);
        assert_eq!(read(&mut client, &path(&run))["status"], "completed");
        jobs
    };
    let all = json!({"synchronize_all": true});
    let aws = expected(
        "aws",
        json!({"kms": ["crm"]}),
        &["aws/synchronization-jobs"],
    );
    assert_eq!(aws[0]["kms"], json!(["crm"]));
    let oci = expected(
        "oci",
        json!({"oci_vaults": ["v"]}),
        &["oci/synchronization-jobs"],
    );
    assert_eq!(oci[0]["vaults"], json!(["v"]));
    let sfdc = expected(
        "sfdc",
        json!({"organizations": ["o"]}),
        &["sfdc/keys/synchronization-jobs"],
    );
    assert_eq!(sfdc[0]["organizations"], json!(["o"]));
    expected("gcp", all.clone(), &["google/synchronization-jobs"]);
    expected("sap", all.clone(), &["sap/synchronization-jobs"]);
    expected("dsm", all.clone(), &["dsm/refresh"]);
    expected("hsm-luna", all.clone(), &["hsm/luna/refresh"]);
    let (keys, certificates, secrets) = (
        "azure/synchronization-jobs",
        "azure/certificates/synchronization-jobs",
        "azure/secrets/synchronization-jobs",
    );
    for (item, paths) in [
        (Value::Null, vec![keys]),
        (json!("key"), vec![keys]),
        (json!("secret"), vec![secrets]),
        (json!("certificate"), vec![certificates]),
        (json!("all"), vec![keys, certificates, secrets]),
    ] {
        expected(
            "AzureCloud",
            with(all.clone(), &json!({"sync_item": item})),
            &paths,
        );
    }
}

#[test]
fn filters_pages_and_order() {
    let mut client = Client::admin();
    let rings = create(
        &mut client,
        &with(nightly("rings"), &json!({"run_on": "n1"})),
    );
    let backups = create(
        &mut client,
        &with(backup("0 2 * * *"), &json!({"run_on": "n2"})),
    );
    let mut runs = Vec::new();
    for config in [&rings, &backups, &rings] {
        runs.push(run_now(&mut client, config));
        client.later(3600);
    }
    runs.push(run_now(&mut client, &backups));
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let mut found = |query: String| -> Vec<usize> {
        let list = read(&mut client, &format!("{RUNS}?{query}"));
        let ids = list["resources"].as_array().unwrap().iter();
        ids.map(|run| runs.iter().position(|one| one["id"] == run["id"]).unwrap())
            .collect()
    };
    assert_eq!(found(String::new()), [3, 2, 1, 0]);
    assert_eq!(found(format!("id={}", text(&runs[2]["id"]))), [2]);
    assert_eq!(found("name=rings".into()), [2, 0]);
    assert_eq!(
        found(format!("job_config_id={}", text(&backups["id"]))),
        [3, 1]
    );
    assert_eq!(found("job_status=scheduled".into()), [3]);
    assert_eq!(found("job_status=completed".into()), [2, 1, 0]);
    assert_eq!(
        found("job_status=completed&job_status=scheduled&limit=-1".into()),
        [3, 2, 1, 0]
    );
    assert_eq!(
        found("overall_status=none".into()),
        [3, 2, 1, 0],
        "no such filter"
    );
    assert_eq!(found("operation=database_backup".into()), [3, 1]);
    assert_eq!(
        found("processing_node=n2".into()),
        [1],
        "one has no node yet"
    );
    assert_eq!(
        found(format!("created_after={}", text(&runs[1]["createdAt"]))),
        [3, 2]
    );
    assert_eq!(
        found(format!("created_before={}", text(&runs[1]["createdAt"]))),
        [0]
    );
    assert_eq!(found("sort=createdAt".into()), [0, 1, 2, 3]);
    assert_eq!(found("sort=-name,createdAt".into()), [0, 2, 1, 3]);
    assert_eq!(found("sort=-status,-createdAt&limit=2".into()), [3, 2]);
    assert_eq!(found("skip=1&limit=2".into()), [2, 1]);
    let (status, error) = client.send("GET", &format!("{RUNS}?created_after=x"), None);
    assert_eq!((status, &error["code"]), (400, &9.into()));
}

#[test]
fn a_run_is_deleted_when_it_has_ended() {
    let mut client = Client::admin();
    let config = create(&mut client, &backup("0 2 * * *"));
    let run = run_now(&mut client, &config);
    for _ in 0..2 {
        assert_eq!(client.send("DELETE", &path(&run), None).0, 409);
        client.later(3);
    }
    client.later(60);
    assert_eq!(client.send("DELETE", &path(&run), None).0, 204);
    assert_eq!(client.send("GET", &path(&run), None).0, 404);
    assert_eq!(client.send("DELETE", &path(&run), None).0, 404);
}

#[test]
fn runs_outlive_their_schedule() {
    let mut client = Client::admin();
    let config = create(&mut client, &backup("0 * * * *"));
    let run = run_now(&mut client, &config);
    assert_eq!(client.send("DELETE", &one(&config), None).0, 204);
    client.later(24 * 3600);
    assert_eq!(times(&mut client, "").len(), 1, "but there are no more");
    assert_eq!(read(&mut client, &path(&run))["status"], "completed");
}

#[test]
fn runs_cannot_be_made_changed_or_cancelled() {
    let mut client = Client::admin();
    let config = create(&mut client, &nightly("n"));
    let run = run_now(&mut client, &config);
    for status in [405, 404] {
        client.sim.behaviour.missing_verb_status = status;
        for (method, path) in [
            ("POST", RUNS.to_owned()),
            ("DELETE", RUNS.to_owned()),
            ("PATCH", path(&run)),
            ("POST", path(&run)),
            ("POST", path(&run) + "/cancel"),
        ] {
            assert_eq!(
                client.send(method, &path, None).0,
                status,
                "{method} {path}"
            );
        }
    }
    assert_eq!(client.send("POST", &(path(&run) + "/run-now"), None).0, 404);
}

#[test]
fn runs_and_their_jobs_are_of_the_domain_of_their_schedule() {
    let mut client = Client::stranger();
    let sign_in = |client: &mut Client, domain: &str| {
        client.sign_in(&json!({"name": ADMIN_USER, "password": ADMIN_PASSWORD, "domain": domain}));
    };
    sign_in(&mut client, "emea");
    let config = create(&mut client, &nightly("n"));
    let run = run_now(&mut client, &config);
    client.later(2);
    assert_eq!(read(&mut client, RUNS)["total"], 1);
    assert_eq!(client.read("google/synchronization-jobs")["total"], 1);
    sign_in(&mut client, "root");
    assert_eq!(read(&mut client, RUNS)["total"], 0);
    assert_eq!(
        client.read("google/synchronization-jobs")["total"],
        1,
        "the sample"
    );
    assert_eq!(client.send("GET", &path(&run), None).0, 404);
    client.later(290);
    assert_eq!(client.send("DELETE", &path(&run), None).0, 404);
}
