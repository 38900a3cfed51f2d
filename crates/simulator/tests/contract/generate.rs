//! Jobs from a seed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cckm_simulator::arrivals::Arrivals;
use cckm_simulator::family::FAMILIES;
use cckm_simulator::generate::{HUGE_ID, demo, jobs, jobs_of};
use cckm_simulator::inventory::REGIONS;
use cckm_simulator::job::{Failures, Items, Job};
use cckm_simulator::store::Store;
use serde_json::Value;

use crate::client::{Client, noon};

const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);

fn everything(client: &mut Client) -> Vec<Value> {
    let listable = FAMILIES.iter().filter(|family| family.verbs.list);
    listable
        .map(|family| client.read(&format!("{}?limit=-1", family.path)))
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_shop_and_another_another() {
    let shop = |seed| {
        let mut client = Client::admin();
        client.sim.add_all(jobs(seed, 300, noon(), WEEK));
        everything(&mut client)
    };
    assert_eq!(shop(5), shop(5));
    assert_ne!(shop(5), shop(6));
}

#[test]
fn a_shop_has_every_family_and_every_state() {
    let mut client = Client::admin();
    client.sim.add_all(demo(1, 3000, 1000, noon()));
    let lists = everything(&mut client);
    let mut statuses = BTreeSet::new();
    let (mut eras, mut aborted, mut mixed) = ([0, 0], 0, 0);
    for list in &lists {
        assert!(list["total"].as_u64().unwrap() > 1);
        for job in list["resources"].as_array().unwrap() {
            statuses.insert(job["overall_status"].as_str().unwrap());
            eras[usize::from(job.get("application").is_some())] += 1;
            aborted += usize::from(job["abort"] == true);
            let texts: BTreeSet<_> = job["detailed_status"]
                .as_object()
                .unwrap()
                .values()
                .map(Value::to_string)
                .collect();
            mixed += usize::from(job["overall_status"] == "completed" && texts.len() > 1);
        }
    }
    let words = [
        "completed",
        "error",
        "failed",
        "in_progress",
        "partially_completed",
    ];
    assert_eq!(statuses.into_iter().collect::<Vec<_>>(), words);
    assert!(eras[0] > 100 && eras[1] > 100 && aborted > 10 && mixed > 100);
}

#[test]
fn a_shop_prints_times_in_every_way() {
    let mut client = Client::admin();
    client.sim.add_all(jobs(1, 300, noon(), WEEK));
    let mut digits = BTreeMap::new();
    for list in everything(&mut client) {
        for job in list["resources"].as_array().unwrap() {
            let time = job["createdAt"].as_str().unwrap();
            let fraction = time.split_once('.').map_or(0, |(_, rest)| rest.len() - 1);
            *digits.entry(fraction).or_insert(0) += 1;
        }
    }
    let with = |wanted: fn(usize) -> bool| -> usize {
        let matching = digits.iter().filter(|(digits, _)| wanted(**digits));
        matching.map(|(_, count)| count).sum()
    };
    let shares = [with(|digits| digits == 0), with(|digits| digits > 6)];
    assert!(shares.iter().all(|share| *share > 10), "{digits:?}");
    assert!(with(|digits| (1..=6).contains(&digits)) > 100, "{digits:?}");
}

#[test]
fn the_demo_has_a_huge_job() {
    let mut client = Client::admin();
    client.sim.add_all(demo(1, 10, 100_000, noon()));
    let job = client.read(&format!("aws/synchronization-jobs/{HUGE_ID}"));
    assert_eq!(job["detailed_status"].as_object().unwrap().len(), 100_000);
    assert_eq!(job["overall_status"], "completed");
}

#[test]
fn a_job_of_a_million_items_is_written_in_one_go() {
    let mut client = Client::admin();
    let items = Items::Uuids {
        seed: 3,
        count: 1_000_000,
    };
    client
        .sim
        .add(Job::new("azure/bulkjobs", "big", noon() - WEEK * 52, items).unwrap());
    let request = cckm_simulator::http::Request::new("GET", "/api/v1/cckm/azure/bulkjobs/big");
    let response = client.raw(request);
    let successes = response
        .body
        .windows(10)
        .filter(|part| part == b":\"Success\"")
        .count();
    assert_eq!(successes, 1_000_000);
}

#[test]
fn one_family_can_be_asked_for_with_so_many_items() {
    for family in FAMILIES {
        for items in [1, 7, 24, 100] {
            let made = jobs_of(family, 9, 3, items, noon(), WEEK);
            let counts: Vec<_> = made.iter().map(|job| job.items.count()).collect();
            assert_eq!(counts, [items; 3], "{}", family.path);
            let names: BTreeSet<_> = made[0].items.names().collect();
            assert_eq!(names.len(), items, "{}", family.path);
        }
    }
}

#[test]
fn ids_differ_and_jobs_begin_in_order_within_the_span() {
    let made = jobs(4, 2000, noon(), WEEK);
    let ids: BTreeSet<_> = made.iter().map(|job| &job.id).collect();
    assert_eq!(ids.len(), 2000);
    assert!(made.is_sorted_by_key(|job| job.created_at));
    assert!(made[0].created_at >= noon() - WEEK && made[1999].created_at <= noon());
}

#[test]
fn jobs_arrive_as_time_goes_on() {
    let mut client = Client::admin();
    client.sim.jobs = Store::default();
    client.sim.arrivals = Some(Arrivals::new(1, client.now));
    let mut total = |seconds: u64| {
        client.later(seconds);
        everything(&mut client);
        client.sim.jobs.count()
    };
    assert_eq!(total(0), 1);
    let hour = total(3600);
    assert!((40..=120).contains(&hour), "{hour}");
    let years = total(10 * 365 * 24 * 3600);
    assert!(
        years < 5000,
        "{years}: a leap of time is made up for within reason"
    );
}

#[test]
fn failure_texts_speak_of_their_item() {
    let failing = |path: &str, items: Items| {
        let failures = Failures::PerMille {
            seed: 2,
            rate: 1000,
        };
        let job = Job::new(path, "f", noon() - WEEK, items)
            .unwrap()
            .with_failures(failures);
        let mut client = Client::admin();
        client.sim.add(job);
        client.read(&format!("{path}/f"))["detailed_status"].clone()
    };
    let keys = failing("aws/bulkjob", Items::Uuids { seed: 1, count: 50 });
    let (mut speaking, mut longest) = (0, 0);
    for (key, text) in keys.as_object().unwrap() {
        let text = text.as_str().unwrap();
        speaking += usize::from(text.contains(&format!(":key/{key}")));
        longest = longest.max(text.len());
        assert!(!text.contains(['{', '}']), "{text}");
    }
    assert!(speaking > 10 && longest > 300, "{speaking} {longest}");
    let regions = REGIONS.iter().map(|region| (*region).to_owned()).collect();
    let statuses = failing(
        "aws/synchronization-jobs",
        Items::Grid {
            kms: vec!["kms".into()],
            regions,
        },
    );
    let speaks = |(item, text): (&String, &Value)| {
        let region = item.strip_prefix("123456789012/").unwrap();
        let arn = format!("arn:aws:kms:{region}:123456789012:key/");
        text.as_str().unwrap().contains(&arn)
    };
    assert!(
        statuses.as_object().unwrap().iter().any(speaks),
        "{statuses}"
    );
}
