//! Runs of schedules (CONTRACT.md 3, family 19): their states, jobs, verbs and filters.

use std::time::Duration;

use cckm_simulator::family::FAMILIES;
use cckm_simulator::scheduler::MAX_RUNS;
use serde_json::{Value, json};

use crate::support::{
    Client, RUNS, backup, code, create, id, nightly, noon, one_run, one_schedule, run_now,
    run_times, strings, with,
};

#[test]
fn run_goes_from_scheduled_to_completed() {
    let mut client = Client::admin();
    let members = json!({"disabled": true, "run_on": "n1"});
    let schedule = create(&mut client, &with(backup("0 2 * * *"), &members));
    let run = run_now(&mut client, &schedule);
    let scheduled = json!({
        "id": run["id"], "uri": format!("kylo:kylo:scheduler:jobs:{}", id(&run)),
        "account": "kylo:kylo:admin:accounts:kylo",
        "application": "ncryptify:gemalto:admin:apps:kylo",
        "devAccount": "ncryptify:gemalto:admin:accounts:gemalto",
        "createdAt": "2026-01-31T12:00:00.25Z", "updatedAt": "2026-01-31T12:00:00.25Z",
        "name": "backup", "operation": "database_backup", "status": "scheduled",
        "job_config_id": schedule["id"],
    });
    assert_eq!(run, scheduled);
    assert_eq!(client.read_target(&one_run(&run)), scheduled);
    for (seconds, status, updated_at) in [
        (2, "in_progress", "2026-01-31T12:00:02.25Z"),
        (19, "in_progress", "2026-01-31T12:00:02.25Z"),
        (1, "completed", "2026-01-31T12:00:22.25Z"),
        (10_000, "completed", "2026-01-31T12:00:22.25Z"),
    ] {
        client.advance(seconds);
        let changes = json!({"status": status, "updatedAt": updated_at, "processing_node": "n1"});
        let expected = with(scheduled.clone(), &changes);
        assert_eq!(client.read_target(&one_run(&run)), expected);
        assert_eq!(client.read_target(RUNS)["resources"], json!([expected]));
    }
}

#[test]
fn failed_run_starts_no_job() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &nightly("n"));
    client.sim.behaviour.run_failures_per_mille = 1000;
    let run = run_now(&mut client, &schedule);
    client.advance(3600);
    assert_eq!(client.read_target(&one_run(&run))["status"], "failed");
    assert_eq!(client.total("google/synchronization-jobs"), 1, "the sample");
}

#[test]
fn configured_share_of_the_stored_runs_fails() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &nightly("n"));
    client.sim.behaviour.run_failures_per_mille = 300;
    let runs: Vec<Value> = (0..200).map(|_| run_now(&mut client, &schedule)).collect();
    client.advance(3600);
    let failed = client.read_target(&format!("{RUNS}?job_status=failed&limit=0"));
    let failed = failed["total"].as_u64().unwrap();
    assert!((10..60).contains(&failed), "{failed} of {MAX_RUNS}");
    assert_eq!(client.status("GET", &one_run(&runs[0])), 404, "no longer stored");
}

/// Runs a synchronization of a cloud and checks that it starts jobs of exactly these families when it
/// begins, and that it lasts as long as they do. Returns the jobs.
fn started_jobs(cloud: &str, params: &Value, paths: &[&str]) -> Vec<Value> {
    let mut client = Client::admin();
    client.advance(40 * 24 * 3600);
    let start = noon() + Duration::from_secs(40 * 24 * 3600 + 2);
    let families_with_new_jobs = |client: &mut Client| -> Vec<&'static str> {
        let newest = |client: &mut Client, path: &str| {
            client.read(path)["resources"][0]["createdAt"].clone()
        };
        let listed = FAMILIES.iter().filter(|family| family.verbs.list);
        listed
            .map(|family| family.path)
            .filter(|path| newest(client, path) == start.to_string())
            .collect()
    };
    let params = with(json!({"cloud_name": cloud}), params);
    let members = json!({"cckm_synchronization_params": params});
    let schedule = create(&mut client, &with(nightly("n"), &members));
    let run = run_now(&mut client, &schedule);
    assert_eq!(families_with_new_jobs(&mut client), [""; 0], "the run is only scheduled");
    client.advance(2);
    assert_eq!(families_with_new_jobs(&mut client), paths);
    let jobs: Vec<Value> =
        paths.iter().map(|path| client.read(path)["resources"][0].clone()).collect();
    assert!(jobs.iter().all(|job| job["overall_status"] == "in_progress"));
    let items = jobs.iter().map(|job| job["detailed_status"].as_object().unwrap().len() as u64);
    client.advance(2 * items.max().unwrap() - 1);
    assert_eq!(client.read_target(&one_run(&run))["status"], "in_progress");
    client.advance(1);
    assert_eq!(client.read_target(&one_run(&run))["status"], "completed");
    jobs
}

#[test]
fn synchronization_starts_jobs_of_the_families_of_its_cloud() {
    let (keys, certificates, secrets) = (
        "azure/synchronization-jobs",
        "azure/certificates/synchronization-jobs",
        "azure/secrets/synchronization-jobs",
    );
    let all = json!({"synchronize_all": true});
    let item = |item: Value| with(all.clone(), &json!({"sync_item": item}));
    for (cloud, params, paths) in [
        ("gcp", all.clone(), vec!["google/synchronization-jobs"]),
        ("sap", all.clone(), vec!["sap/synchronization-jobs"]),
        ("dsm", all.clone(), vec!["dsm/refresh"]),
        ("hsm-luna", all.clone(), vec!["hsm/luna/refresh"]),
        ("AzureCloud", item(Value::Null), vec![keys]),
        ("AzureCloud", item(json!("key")), vec![keys]),
        ("AzureCloud", item(json!("secret")), vec![secrets]),
        ("AzureCloud", item(json!("certificate")), vec![certificates]),
        ("AzureCloud", item(json!("all")), vec![keys, certificates, secrets]),
    ] {
        started_jobs(cloud, &params, &paths);
    }
}

#[test]
fn synchronization_passes_its_containers_to_the_job() {
    for (cloud, param, path, member) in [
        ("aws", "kms", "aws/synchronization-jobs", "kms"),
        ("oci", "oci_vaults", "oci/synchronization-jobs", "vaults"),
        ("sfdc", "organizations", "sfdc/keys/synchronization-jobs", "organizations"),
    ] {
        let jobs = started_jobs(cloud, &json!({param: ["one"]}), &[path]);
        assert_eq!(jobs[0][member], json!(["one"]), "{cloud}");
    }
}

#[test]
fn runs_are_filtered_sorted_and_paged() {
    let mut client = Client::admin();
    let rings = with(nightly("rings"), &json!({"run_on": "n1"}));
    let rings = create(&mut client, &rings);
    let backups = with(backup("0 2 * * *"), &json!({"run_on": "n2"}));
    let backups = create(&mut client, &backups);
    let mut runs = Vec::new();
    for schedule in [&rings, &backups, &rings] {
        runs.push(run_now(&mut client, schedule));
        client.advance(3600);
    }
    runs.push(run_now(&mut client, &backups));
    let ids: Vec<&str> = runs.iter().map(id).collect();
    let second = runs[1]["createdAt"].as_str().unwrap();
    for (query, expected) in [
        (String::new(), vec![3, 2, 1, 0]),
        (format!("id={}", ids[2]), vec![2]),
        ("name=rings".into(), vec![2, 0]),
        (format!("job_config_id={}", id(&backups)), vec![3, 1]),
        ("job_status=scheduled".into(), vec![3]),
        ("job_status=completed".into(), vec![2, 1, 0]),
        ("job_status=completed&job_status=scheduled&limit=-1".into(), vec![3, 2, 1, 0]),
        // There is no such filter.
        ("overall_status=none".into(), vec![3, 2, 1, 0]),
        ("operation=database_backup".into(), vec![3, 1]),
        // The scheduled run has no node yet.
        ("processing_node=n2".into(), vec![1]),
        (format!("created_after={second}"), vec![3, 2]),
        (format!("created_before={second}"), vec![0]),
        ("sort=createdAt".into(), vec![0, 1, 2, 3]),
        ("sort=-name,createdAt".into(), vec![0, 2, 1, 3]),
        ("sort=-status,-createdAt&limit=2".into(), vec![3, 2]),
        ("skip=1&limit=2".into(), vec![2, 1]),
    ] {
        let list = client.read_target(&format!("{RUNS}?{query}"));
        let expected: Vec<&str> = expected.into_iter().map(|index: usize| ids[index]).collect();
        assert_eq!(strings(&list, "id"), expected, "{query}");
    }
    let reply = client.send("GET", &format!("{RUNS}?created_after=x"), None);
    assert_eq!(code(&reply), (400, Some(9)));
}

#[test]
fn run_is_deleted_only_when_it_has_ended() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &backup("0 2 * * *"));
    let run = run_now(&mut client, &schedule);
    for (seconds, status) in [(0, 409), (3, 409), (60, 204), (0, 404)] {
        client.advance(seconds);
        assert_eq!(client.status("DELETE", &one_run(&run)), status);
    }
    assert_eq!(client.status("GET", &one_run(&run)), 404);
}

#[test]
fn runs_outlive_their_deleted_schedule() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &backup("0 * * * *"));
    let run = run_now(&mut client, &schedule);
    assert_eq!(client.status("DELETE", &one_schedule(&schedule)), 204);
    client.advance(24 * 3600);
    assert_eq!(run_times(&mut client).len(), 1, "there are no further runs");
    assert_eq!(client.read_target(&one_run(&run))["status"], "completed");
}

#[test]
fn runs_cannot_be_created_changed_or_cancelled() {
    let mut client = Client::admin();
    let schedule = create(&mut client, &nightly("n"));
    let run = one_run(&run_now(&mut client, &schedule));
    for status in [405, 404] {
        client.sim.behaviour.missing_verb_status = status;
        for (method, path) in [
            ("POST", RUNS),
            ("DELETE", RUNS),
            ("PATCH", &run),
            ("POST", &run),
            ("POST", &*format!("{run}/cancel")),
        ] {
            assert_eq!(client.status(method, path), status, "{method} {path}");
        }
    }
    assert_eq!(client.status("POST", &format!("{run}/run-now")), 404);
}

#[test]
fn runs_and_their_jobs_belong_to_the_domain_of_the_schedule() {
    let mut client = Client::anonymous();
    client.sign_in_to("emea");
    let schedule = create(&mut client, &nightly("n"));
    let run = run_now(&mut client, &schedule);
    client.advance(2);
    assert_eq!(client.read_target(RUNS)["total"], 1);
    assert_eq!(client.total("google/synchronization-jobs"), 1);
    client.sign_in_to("root");
    assert_eq!(client.read_target(RUNS)["total"], 0);
    assert_eq!(client.total("google/synchronization-jobs"), 1, "the sample");
    assert_eq!(client.status("GET", &one_run(&run)), 404);
    client.advance(290);
    assert_eq!(client.status("DELETE", &one_run(&run)), 404);
}
