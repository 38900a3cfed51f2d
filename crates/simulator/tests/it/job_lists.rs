//! Lists of jobs (CONTRACT.md 8).

use std::time::Duration;

use cckm_simulator::inventory;
use cckm_simulator::job::{Items, Job};
use cckm_simulator::job_store::JobStore;
use serde_json::{Value, json};

use crate::support::{Client, code, id, noon};

const BULK: &str = "aws/bulkjob";
const SYNC: &str = "aws/synchronization-jobs";

/// 25 bulk jobs `j00` to `j24`, an hour apart, with durations of 25 to 1 minutes.
fn client() -> Client {
    let mut client = Client::admin();
    client.sim.jobs = JobStore::default();
    for index in 0..25_u64 {
        let created_at = noon() - Duration::from_secs((100 - index) * 3600);
        let job = Job::new(BULK, &format!("j{index:02}"), created_at, Items::named(["k"]));
        let operation = ["enablekey", "disablekey"][usize::from(index % 2 == 1)];
        let status = ["completed", "failed"][usize::from(index % 5 == 0)];
        client.sim.add(
            job.unwrap()
                .with_duration(Duration::from_secs(60 * (25 - index)))
                .operation(operation)
                .with_final_status(status),
        );
    }
    client
}

/// Checks the ids in the list of bulk jobs for each query.
fn assert_ids(client: &mut Client, cases: &[(&str, &[&str])]) {
    for (query, expected) in cases {
        assert_eq!(client.ids(&format!("{BULK}?{query}")), *expected, "{query}");
    }
}

#[test]
fn envelope_counts_all_matches_and_contains_ten() {
    let list = client().read(BULK);
    assert_eq!(
        (&list["skip"], &list["limit"], &list["total"]),
        (&json!(0), &json!(10), &json!(25))
    );
    assert_eq!(list["resources"].as_array().unwrap().len(), 10);
}

#[test]
fn pages_by_skip_and_limit_are_adjacent() {
    let mut client = client();
    let all = client.ids("aws/bulkjob?limit=-1");
    assert_eq!(all.len(), 25);
    let pages = (0..30).step_by(7);
    let paged: Vec<_> =
        pages.flat_map(|skip| client.ids(&format!("{BULK}?skip={skip}&limit=7"))).collect();
    assert_eq!(paged, all);
    let past = client.read("aws/bulkjob?skip=1000&limit=5");
    assert_eq!((&past["total"], &past["resources"]), (&json!(25), &json!([])));
    assert_eq!(client.read("aws/bulkjob?limit=0")["resources"], json!([]));
}

#[test]
fn invalid_skip_or_limit_is_400() {
    for query in [
        "skip=-1",
        "skip=x",
        "limit=-2",
        "limit=ten",
        "limit=1.5",
        "skip=",
        "skip=99999999999999999999",
    ] {
        let reply = client().get(&format!("{BULK}?{query}"));
        assert_eq!(code(&reply), (400, Some(9)), "{query}");
    }
}

#[test]
fn newest_job_is_first_unless_configured_otherwise() {
    let mut client = client();
    assert_eq!(client.ids(BULK)[0], "j24");
    client.sim.behaviour.newest_first = false;
    assert_eq!(client.ids(BULK)[0], "j00");
}

#[test]
fn sort_takes_names_and_a_minus_for_descending() {
    let cases: &[(&str, &[&str])] = &[
        ("sort=createdAt&limit=2", &["j00", "j01"]),
        ("sort=-createdAt&limit=2", &["j24", "j23"]),
        ("sort=operation,createdAt&limit=2", &["j01", "j03"]),
        ("sort=-overall_status%2C-createdAt&limit=2", &["j20", "j15"]),
        ("sort=-updatedAt&limit=1", &["j24"]),
        ("sort=nonsense&limit=1", &["j24"]),
    ];
    assert_ids(&mut client(), cases);
}

#[test]
fn sort_is_ignored_where_it_is_not_documented() {
    let mut client = Client::admin();
    for index in 0..3_u64 {
        let created_at = noon() - Duration::from_secs(100 - index);
        let items = Items::Grid { kms: vec!["crm".into()], regions: vec!["eu-west-1".into()] };
        client.sim.add(Job::new(SYNC, &format!("s{index}"), created_at, items).unwrap());
    }
    assert_eq!(client.ids("aws/synchronization-jobs?sort=createdAt&limit=1"), ["s2"]);
}

#[test]
fn filters_compare_for_equality() {
    let mut client = client();
    let cases: &[(&str, &[&str])] = &[
        ("id=j07", &["j07"]),
        ("id=j07&id=j09", &["j09", "j07"]),
        ("overall_status=failed&id=j05", &["j05"]),
        ("overall_status=completed&id=j05", &[]),
    ];
    assert_ids(&mut client, cases);
    for (query, total) in [
        ("overall_status=failed", 5),
        ("overall_status=fail", 0),
        ("overall_status=FAILED", 0),
        ("cloud=aws", 25),
        ("cloud=gcp", 0),
        // Parameters that the family does not have are ignored.
        ("kms=crm&createdAfter=x&operation=none", 25),
    ] {
        assert_eq!(client.total(&format!("{BULK}?{query}")), total, "{query}");
    }
}

#[test]
fn status_filter_follows_the_time() {
    let mut client = client();
    let (job, _) = client.start(BULK, &json!({"keys": ["a"], "operation": "enablekey"}));
    assert_ids(&mut client, &[("overall_status=in_progress", &[id(&job)])]);
    client.advance(60);
    assert_ids(&mut client, &[("overall_status=in_progress", &[])]);
}

#[test]
fn repeated_array_filter_matches_any_value_by_name_or_id() {
    let mut client = Client::admin();
    let crm_id = inventory::id("crm");
    let mut start = |kms: Value| {
        let body = json!({"kms": kms, "regions": ["eu-west-1"]});
        id(&client.start(SYNC, &body).0).to_owned()
    };
    let crm = start(json!([crm_id]));
    let archive = start(json!(["archive"]));
    let both = start(json!(["crm", "archive"]));
    for (query, mut expected) in [
        ("kms=crm".to_owned(), vec![&crm, &both]),
        (format!("kms={crm_id}"), vec![&crm, &both]),
        ("kms=crm&kms=archive".to_owned(), vec![&crm, &archive, &both]),
        // Commas do not repeat.
        ("kms=crm,archive".to_owned(), vec![]),
    ] {
        let mut ids = client.ids(&format!("{SYNC}?{query}"));
        ids.sort();
        expected.sort();
        assert_eq!(ids.iter().collect::<Vec<_>>(), expected, "{query}");
    }
}

#[test]
fn filter_values_are_percent_decoded() {
    let mut client = Client::admin();
    let ring = "projects%2Fgemalto-kyloeng%2Flocations%2Fglobal%2FkeyRings%2Fdemo-key-ring";
    for (ring, total) in [(ring, 1), ("demo-key-ring", 0)] {
        let path = format!("google/synchronization-jobs?key_rings={ring}");
        assert_eq!(client.total(&path), total);
    }
    let items = Items::named(["vault with space & more"]);
    let job = Job::new("azure/synchronization-jobs", "v", noon(), items);
    client.sim.add(job.unwrap());
    let path = "azure/synchronization-jobs?key_vaults=vault+with%20space+%26+more";
    assert_eq!(client.ids(path), ["v"]);
}

#[test]
fn empty_list_is_an_array_or_null_if_so_configured() {
    let mut client = Client::admin();
    assert_eq!(client.read("dsm/refresh")["resources"], json!([]));
    client.sim.behaviour.null_when_empty = true;
    assert_eq!(client.read("dsm/refresh")["resources"], Value::Null);
}

#[test]
fn job_does_not_exist_before_its_start() {
    let mut client = Client::admin();
    let created_at = noon() + Duration::from_secs(60);
    let job = Job::new("dsm/refresh", "soon", created_at, Items::named(["d"]));
    client.sim.add(job.unwrap());
    assert_eq!(client.total("dsm/refresh"), 0);
    assert_eq!(client.get("dsm/refresh/soon").0, 404);
    client.advance(60);
    assert_eq!(client.ids("dsm/refresh"), ["soon"]);
}
