//! Lists, CONTRACT.md 8.

use cckm_simulator::inventory;
use cckm_simulator::job::{Items, Job};
use cckm_simulator::store::Store;
use serde_json::{Value, json};
use std::time::Duration;

use crate::client::{Client, noon};

const BULK: &str = "aws/bulkjob";
const SYNC: &str = "aws/synchronization-jobs";

/// 25 bulk jobs `j00` to `j24`, an hour apart, that ran for 25 to 1 minutes.
fn client() -> Client {
    let mut client = Client::admin();
    client.sim.jobs = Store::default();
    for index in 0..25_u32 {
        let created = noon() - Duration::from_secs(u64::from(100 - index) * 3600);
        let items = Items::named(["k"]);
        let lasting = Duration::from_secs(60 * u64::from(25 - index));
        let operation = if index % 2 == 0 {
            "enablekey"
        } else {
            "disablekey"
        };
        let job = Job::new(BULK, &format!("j{index:02}"), created, items).unwrap();
        let status = if index % 5 == 0 {
            "failed"
        } else {
            "completed"
        };
        client.sim.add(
            job.with_duration(lasting)
                .operation(operation)
                .with_final_status(status),
        );
    }
    client
}

#[test]
fn the_envelope_counts_all_matches_and_shows_ten() {
    let list = client().read(BULK);
    assert_eq!(
        (&list["skip"], &list["limit"], &list["total"]),
        (&0.into(), &10.into(), &25.into())
    );
    assert_eq!(list["resources"].as_array().unwrap().len(), 10);
}

#[test]
fn skip_and_limit_cut_pages_that_meet() {
    let mut client = client();
    let all = client.ids("aws/bulkjob?limit=-1");
    assert_eq!(all.len(), 25);
    let mut paged = Vec::new();
    for skip in (0..30).step_by(7) {
        paged.extend(client.ids(&format!("{BULK}?skip={skip}&limit=7")));
    }
    assert_eq!(paged, all);
    let past = client.read("aws/bulkjob?skip=1000&limit=5");
    assert_eq!(
        (&past["total"], &past["resources"]),
        (&25.into(), &json!([]))
    );
    assert_eq!(client.read("aws/bulkjob?limit=0")["resources"], json!([]));
}

#[test]
fn numbers_that_are_none_are_400() {
    for query in [
        "skip=-1",
        "skip=x",
        "limit=-2",
        "limit=ten",
        "limit=1.5",
        "skip=",
        "skip=99999999999999999999",
    ] {
        let (status, error) = client().get(&format!("{BULK}?{query}"));
        assert_eq!((status, &error["code"]), (400, &9.into()), "{query}");
    }
}

#[test]
fn the_newest_comes_first_unless_told_otherwise() {
    let mut client = client();
    assert_eq!(client.ids(BULK)[0], "j24");
    client.sim.behaviour.newest_first = false;
    assert_eq!(client.ids(BULK)[0], "j00");
}

#[test]
fn sort_takes_names_and_a_minus_for_descending() {
    let mut client = client();
    assert_eq!(
        client.ids("aws/bulkjob?sort=createdAt&limit=2"),
        ["j00", "j01"]
    );
    assert_eq!(
        client.ids("aws/bulkjob?sort=-createdAt&limit=2"),
        ["j24", "j23"]
    );
    assert_eq!(
        client.ids("aws/bulkjob?sort=operation,createdAt&limit=2"),
        ["j01", "j03"]
    );
    assert_eq!(
        client.ids("aws/bulkjob?sort=-overall_status%2C-createdAt&limit=2"),
        ["j20", "j15"]
    );
    assert_eq!(client.ids("aws/bulkjob?sort=-updatedAt&limit=1"), ["j24"]);
    assert_eq!(client.ids("aws/bulkjob?sort=nonsense&limit=1"), ["j24"]);
}

#[test]
fn sort_is_ignored_where_it_is_not_documented() {
    let mut client = Client::admin();
    for index in 0..3_u64 {
        let items = Items::Grid {
            kms: vec!["crm".into()],
            regions: vec!["eu-west-1".into()],
        };
        let created = noon() - Duration::from_secs(100 - index);
        client
            .sim
            .add(Job::new(SYNC, &format!("s{index}"), created, items).unwrap());
    }
    assert_eq!(
        client.ids("aws/synchronization-jobs?sort=createdAt&limit=1"),
        ["s2"]
    );
}

#[test]
fn filters_compare_for_equality() {
    let mut client = client();
    assert_eq!(client.ids("aws/bulkjob?id=j07"), ["j07"]);
    assert_eq!(client.ids("aws/bulkjob?id=j07&id=j09"), ["j09", "j07"]);
    assert_eq!(client.read("aws/bulkjob?overall_status=failed")["total"], 5);
    assert_eq!(client.read("aws/bulkjob?overall_status=fail")["total"], 0);
    assert_eq!(client.read("aws/bulkjob?overall_status=FAILED")["total"], 0);
    assert_eq!(
        client.ids("aws/bulkjob?overall_status=failed&id=j05"),
        ["j05"]
    );
    assert_eq!(
        client.ids("aws/bulkjob?overall_status=completed&id=j05"),
        [""; 0]
    );
    assert_eq!(client.read("aws/bulkjob?cloud=aws")["total"], 25);
    assert_eq!(client.read("aws/bulkjob?cloud=gcp")["total"], 0);
}

#[test]
fn filters_see_the_time() {
    let mut client = client();
    let (_, job) = client.post(BULK, &json!({"keys": ["a"], "operation": "enablekey"}));
    let id = job["id"].as_str().unwrap();
    assert_eq!(client.ids("aws/bulkjob?overall_status=in_progress"), [id]);
    client.later(60);
    assert_eq!(
        client.ids("aws/bulkjob?overall_status=in_progress"),
        [""; 0]
    );
}

#[test]
fn parameters_that_the_family_does_not_have_are_ignored() {
    let mut client = client();
    assert_eq!(
        client.read("aws/bulkjob?kms=crm&createdAfter=x&operation=none")["total"],
        25
    );
}

#[test]
fn repeated_array_filters_match_any_of_them_by_name_or_id() {
    let mut client = Client::admin();
    let mut start = |kms: Value| {
        client
            .post(SYNC, &json!({"kms": kms, "regions": ["eu-west-1"]}))
            .1["id"]
            .clone()
    };
    let crm_id = inventory::id("crm");
    let (crm, archive, both) = (
        start(json!([crm_id])),
        start(json!(["archive"])),
        start(json!(["crm", "archive"])),
    );
    let mut found = |query: &str| {
        let mut ids: Vec<Value> = client
            .ids(&format!("{SYNC}?{query}"))
            .into_iter()
            .map(Value::from)
            .collect();
        ids.sort_by_key(Value::to_string);
        ids
    };
    let sorted = |mut ids: Vec<&Value>| {
        ids.sort_by_key(ToString::to_string);
        ids.into_iter().cloned().collect::<Vec<_>>()
    };
    assert_eq!(found("kms=crm"), sorted(vec![&crm, &both]));
    assert_eq!(found(&format!("kms={crm_id}")), sorted(vec![&crm, &both]));
    assert_eq!(
        found("kms=crm&kms=archive"),
        sorted(vec![&crm, &archive, &both])
    );
    assert_eq!(
        found("kms=crm,archive"),
        sorted(vec![]),
        "commas do not repeat"
    );
}

#[test]
fn filter_values_are_percent_decoded() {
    let mut client = Client::admin();
    let ring = "projects%2Fgemalto-kyloeng%2Flocations%2Fglobal%2FkeyRings%2Fdemo-key-ring";
    assert_eq!(
        client.read(&format!("google/synchronization-jobs?key_rings={ring}"))["total"],
        1
    );
    assert_eq!(
        client.read("google/synchronization-jobs?key_rings=demo-key-ring")["total"],
        0
    );
    let items = Items::named(["vault with space & more"]);
    let job = Job::new("azure/synchronization-jobs", "v", noon(), items).unwrap();
    client.sim.add(job);
    let query = "azure/synchronization-jobs?key_vaults=vault+with%20space+%26+more";
    assert_eq!(client.ids(query), ["v"]);
}

#[test]
fn an_empty_list_is_an_array_or_null_if_asked_for() {
    let mut client = Client::admin();
    assert_eq!(client.read("dsm/refresh")["resources"], json!([]));
    client.sim.behaviour.null_when_empty = true;
    assert_eq!(client.read("dsm/refresh")["resources"], Value::Null);
}

#[test]
fn jobs_that_have_not_begun_are_not_there_yet() {
    let mut client = Client::admin();
    let created = noon() + Duration::from_secs(60);
    client
        .sim
        .add(Job::new("dsm/refresh", "soon", created, Items::named(["d"])).unwrap());
    assert_eq!(client.read("dsm/refresh")["total"], 0);
    assert_eq!(client.get("dsm/refresh/soon").0, 404);
    client.later(60);
    assert_eq!(client.ids("dsm/refresh"), ["soon"]);
}
