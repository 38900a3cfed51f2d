//! Jobs from a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cckm_simulator::arrivals::Arrivals;
use cckm_simulator::family::FAMILIES;
use cckm_simulator::generate::{HUGE_ID, demo, jobs, jobs_of};
use cckm_simulator::inventory::REGIONS;
use cckm_simulator::job::{Failures, Items, Job};
use cckm_simulator::job_store::JobStore;
use serde_json::Value;

use crate::support::{Client, noon, request};

const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

/// The lists of all families.
fn all_lists(client: &mut Client) -> Vec<Value> {
    let listable = FAMILIES.iter().filter(|family| family.verbs.list);
    listable.map(|family| client.read(&format!("{}?limit=-1", family.path))).collect()
}

fn all_jobs(client: &mut Client) -> Vec<Value> {
    all_lists(client)
        .iter()
        .flat_map(|list| list["resources"].as_array().unwrap().clone())
        .collect()
}

#[test]
fn same_seed_gives_the_same_jobs() {
    let lists = |seed| {
        let mut client = Client::admin();
        client.sim.add_all(jobs(seed, 300, noon(), WEEK));
        all_lists(&mut client)
    };
    assert_eq!(lists(5), lists(5));
    assert_ne!(lists(5), lists(6));
}

#[test]
fn demo_has_every_family_and_every_state() {
    let mut client = Client::admin();
    client.sim.add_all(demo(1, 3000, 1000, noon()));
    let many = |list: &Value| list["total"].as_u64().unwrap() > 1;
    assert!(all_lists(&mut client).iter().all(many));
    let jobs = all_jobs(&mut client);
    let statuses: BTreeSet<_> =
        jobs.iter().map(|job| job["overall_status"].as_str().unwrap()).collect();
    let all = ["completed", "error", "failed", "in_progress", "partially_completed"];
    assert_eq!(Vec::from_iter(statuses), all);
    let count = |matches: fn(&Value) -> bool| jobs.iter().filter(|job| matches(job)).count();
    let legacy = count(|job| job.get("application").is_some());
    assert!(legacy > 100 && jobs.len() - legacy > 100, "{legacy}");
    assert!(count(|job| job["abort"] == true) > 10);
    let partly_failed = count(|job| {
        let texts = job["detailed_status"].as_object().unwrap().values();
        let texts: BTreeSet<_> = texts.map(Value::to_string).collect();
        job["overall_status"] == "completed" && texts.len() > 1
    });
    assert!(partly_failed > 100, "{partly_failed}");
}

#[test]
fn generated_jobs_print_times_with_every_precision() {
    let mut client = Client::admin();
    client.sim.add_all(jobs(1, 300, noon(), WEEK));
    let mut digits = BTreeMap::new();
    for job in all_jobs(&mut client) {
        let time = job["createdAt"].as_str().unwrap();
        let fraction = time.split_once('.').map_or(0, |(_, rest)| rest.len() - 1);
        *digits.entry(fraction).or_insert(0) += 1;
    }
    let count = |from, to| digits.range(from..=to).map(|(_, count)| count).sum::<usize>();
    assert!(count(0, 0) > 10 && count(1, 6) > 100 && count(7, 9) > 10, "{digits:?}");
}

#[test]
fn demo_has_a_huge_job() {
    let mut client = Client::admin();
    client.sim.add_all(demo(1, 10, 100_000, noon()));
    let job = client.read(&format!("aws/synchronization-jobs/{HUGE_ID}"));
    assert_eq!(job["detailed_status"].as_object().unwrap().len(), 100_000);
    assert_eq!(job["overall_status"], "completed");
}

#[test]
fn job_of_a_million_items_is_written_completely() {
    let mut client = Client::admin();
    let items = Items::Uuids { seed: 3, count: 1_000_000 };
    let job = Job::new("azure/bulkjobs", "big", noon() - WEEK * 52, items);
    client.sim.add(job.unwrap());
    let response = client.raw(request("GET", "/api/v1/cckm/azure/bulkjobs/big", ""));
    let parts = response.body().windows(10);
    let successes = parts.filter(|part| part == b":\"Success\"").count();
    assert_eq!(successes, 1_000_000);
}

#[test]
fn jobs_of_every_family_have_the_requested_number_of_distinct_items() {
    for family in FAMILIES {
        for items in [1, 7, 24, 100] {
            let jobs = jobs_of(family, 9, 3, items, noon(), WEEK);
            let counts: Vec<_> = jobs.iter().map(|job| job.items.count()).collect();
            assert_eq!(counts, [items; 3], "{}", family.path);
            let names: BTreeSet<_> = jobs[0].items.names().collect();
            assert_eq!(names.len(), items, "{}", family.path);
        }
    }
}

#[test]
fn jobs_have_distinct_ids_and_start_in_order_within_the_span() {
    let jobs = jobs(4, 2000, noon(), WEEK);
    let ids: BTreeSet<_> = jobs.iter().map(|job| &job.id).collect();
    assert_eq!(ids.len(), 2000);
    assert!(jobs.is_sorted_by_key(|job| job.created_at));
    assert!(jobs[0].created_at >= noon() - WEEK && jobs[1999].created_at <= noon());
}

#[test]
fn jobs_arrive_over_time_within_limits() {
    let mut client = Client::admin();
    client.sim.jobs = JobStore::default();
    client.sim.arrivals = Some(Arrivals::new(1, client.now));
    let mut total_after = |seconds: u64| {
        client.advance(seconds);
        client.read("aws/bulkjob");
        client.sim.jobs.count()
    };
    assert_eq!(total_after(0), 1);
    let hour = total_after(3600);
    assert!((40..=120).contains(&hour), "{hour}");
    let ten_years = total_after(10 * 365 * 24 * 3600);
    assert!(ten_years < 5000, "{ten_years}");
}

#[test]
fn failure_texts_name_their_item() {
    let statuses = |path: &str, items: Items| {
        let failures = Failures::PerMille { seed: 2, rate: 1000 };
        let job = Job::new(path, "f", noon() - WEEK, items).unwrap();
        let mut client = Client::admin();
        client.sim.add(job.with_failures(failures));
        client.read(&format!("{path}/f"))["detailed_status"].as_object().unwrap().clone()
    };
    let keys = statuses("aws/bulkjob", Items::Uuids { seed: 1, count: 50 });
    let texts: Vec<_> = keys.iter().map(|(key, text)| (key, text.as_str().unwrap())).collect();
    let named = texts.iter().filter(|(key, text)| text.contains(&format!(":key/{key}")));
    assert!(named.count() > 10);
    assert!(texts.iter().any(|(_, text)| text.len() > 300));
    assert!(texts.iter().all(|(_, text)| !text.contains(['{', '}'])), "{texts:?}");
    let grid = Items::Grid {
        kms: vec!["kms".into()],
        regions: REGIONS.iter().map(ToString::to_string).collect(),
    };
    let names_its_region = |(item, text): (&String, &Value)| {
        let region = item.strip_prefix("123456789012/").unwrap();
        let arn = format!("arn:aws:kms:{region}:123456789012:key/");
        text.as_str().unwrap().contains(&arn)
    };
    let regions = statuses("aws/synchronization-jobs", grid);
    assert!(regions.iter().any(names_its_region), "{regions:?}");
}

/// A console can learn from them which KMS an account number belongs to (CONTRACT.md 2.2).
#[test]
fn demo_aws_synchronizations_name_each_kms_by_one_account() {
    let mut client = Client::admin();
    client.sim.add_all(demo(1, 3000, 1000, noon()));
    let list = client.read("aws/synchronization-jobs?limit=-1");
    let jobs = list["resources"].as_array().unwrap();
    let accounts = |job: &Value| -> BTreeSet<String> {
        let items = job["detailed_status"].as_object().unwrap().keys();
        items.filter_map(|name| Some(name.split_once('/')?.0.to_owned())).collect()
    };
    let (single, several): (Vec<&Value>, Vec<&Value>) =
        jobs.iter().partition(|job| job["kms"].as_array().unwrap().len() == 1);
    let mut kms_of = BTreeMap::new();
    for job in single {
        let kms = job["kms"][0].as_str().unwrap();
        for account in accounts(job) {
            assert_eq!(*kms_of.entry(account).or_insert(kms), kms);
        }
    }
    let names: BTreeSet<&str> = kms_of.values().copied().collect();
    assert_eq!(names.len(), kms_of.len(), "each KMS has one account");
    assert!(names.len() > 5 && several.len() > 5);
    for job in several {
        let kms = job["kms"].as_array().unwrap();
        let of_job = accounts(job);
        let known = of_job.iter().filter_map(|account| kms_of.get(account));
        assert!(known.into_iter().all(|name| kms.iter().any(|kms| kms == name)), "{kms:?}");
    }
}
