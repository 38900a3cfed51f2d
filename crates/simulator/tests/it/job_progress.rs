//! Jobs as functions of time (CONTRACT.md 2).

use std::collections::BTreeMap;
use std::time::Duration;

use cckm_simulator::Timestamp;
use cckm_simulator::family::FAMILIES;
use cckm_simulator::job::{Failures, Items, Job, Precision};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Client, noon};

const RINGS: &str = "google/synchronization-jobs";

fn rings() -> Job {
    let job = Job::new(RINGS, "r", noon(), Items::named(["a", "b", "c", "d"])).unwrap();
    job.with_duration(Duration::from_secs(40))
}

fn read_after(job: Job, seconds: u64) -> Value {
    let mut client = Client::admin();
    let path = format!("{}/{}", job.family.path, job.id);
    client.sim.add(job);
    client.advance(seconds);
    client.read(&path)
}

#[test]
fn items_finish_one_after_another() {
    let (done, runs) = ("key ring synchronized successfully", "in_progress");
    let texts = |seconds| {
        let job = read_after(rings(), seconds);
        let texts = job["detailed_status"].as_object().unwrap().values();
        texts.map(|text| text.as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(texts(0), [runs, runs, runs, runs]);
    assert_eq!(texts(9), [runs, runs, runs, runs]);
    assert_eq!(texts(10), [done, runs, runs, runs]);
    assert_eq!(texts(39), [done, done, done, runs]);
    assert_eq!(texts(40), [done, done, done, done]);
}

#[test]
fn completed_at_appears_at_the_end_just_before_updated_at() {
    let job = read_after(rings(), 39);
    assert_eq!(job["overall_status"], "in_progress");
    assert!(job.get("completed_at").is_none());
    let job = read_after(rings(), 40);
    assert_eq!(job["overall_status"], "completed");
    let time = |name: &str| job[name].as_str().unwrap().parse::<Timestamp>().unwrap();
    let lag = time("updatedAt").duration_since(time("completed_at")).as_micros();
    assert!((160..=210).contains(&lag), "{lag}");
    assert_eq!(time("updatedAt"), noon() + Duration::from_secs(40));
    assert_eq!(read_after(rings(), 4000), job, "nothing changes afterwards");
}

#[test]
fn running_job_changes_updated_at_even_if_no_item_finishes() {
    let slow = || rings().with_duration(Duration::from_secs(4000));
    let (early, late) = (read_after(slow(), 3), read_after(slow(), 11));
    assert!(early["updatedAt"].as_str() < late["updatedAt"].as_str());
    assert_eq!(early["detailed_status"], late["detailed_status"]);
}

#[test]
fn stalled_job_neither_progresses_nor_ends() {
    let stalled = || rings().stalled_at(noon() + Duration::from_secs(15));
    let job = read_after(stalled(), 100_000);
    assert_eq!(job, read_after(stalled(), 20));
    assert_eq!(job["overall_status"], "in_progress");
    assert_eq!(job["detailed_status"]["a"], "key ring synchronized successfully");
}

#[test]
fn times_have_microseconds_without_trailing_zeros() {
    let mut job = rings();
    job.created_at = "2024-02-06T09:22:54.549530999Z".parse().unwrap();
    assert_eq!(read_after(job, 0)["createdAt"], "2024-02-06T09:22:54.54953Z");
    let mut job = rings();
    job.created_at = "2024-02-06T09:22:54Z".parse().unwrap();
    assert_eq!(read_after(job, 0)["createdAt"], "2024-02-06T09:22:54Z");
}

#[test]
fn times_have_nine_digits_or_none_if_so_configured() {
    let printed = |created: &str, precision, seconds| {
        let mut job = rings().with_precision(precision);
        job.created_at = created.parse().unwrap();
        read_after(job, seconds)
    };
    let nanos = printed("2020-08-06T09:49:34.605578452Z", Precision::Nanos, 0);
    assert_eq!(nanos["createdAt"], "2020-08-06T09:49:34.605578452Z");
    let zeros = printed("2020-08-06T09:49:34.605578400Z", Precision::Nanos, 0);
    assert_eq!(zeros["createdAt"], "2020-08-06T09:49:34.6055784Z");
    let whole = printed("2026-01-31T11:59:59.999999999Z", Precision::Seconds, 60);
    let times = ["createdAt", "updatedAt", "completed_at"].map(|name| &whole[name]);
    assert_eq!(times, ["2026-01-31T11:59:59Z", "2026-01-31T12:00:39Z", "2026-01-31T12:00:39Z"]);
}

#[test]
fn completed_job_contains_failed_items() {
    let texts = BTreeMap::from([(1, "no \"access\"\n\tto b".to_owned())]);
    let job = read_after(rings().with_failures(Failures::At(texts)), 40);
    assert_eq!(job["overall_status"], "completed");
    assert_eq!(job["detailed_status"]["b"], "no \"access\"\n\tto b");
    assert_eq!(job["detailed_status"]["c"], "key ring synchronized successfully");
}

#[test]
fn final_status_can_be_any_text() {
    for status in ["failed", "error", "partially_completed", "Zombie 🧟"] {
        assert_eq!(
            read_after(rings().with_final_status(status), 39)["overall_status"],
            "in_progress"
        );
        let job = read_after(
            rings().with_final_status(status).with_failures(Failures::All("no".into())),
            40,
        );
        assert_eq!(job["overall_status"], status);
        assert_eq!(job["detailed_status"], json!({"a": "no", "b": "no", "c": "no", "d": "no"}));
        assert!(job["completed_at"].is_string());
    }
}

#[test]
fn legacy_members_are_optional() {
    let old = read_after(rings().with_application(), 0);
    assert_eq!(old["application"], "ncryptify:gemalto:admin:apps:kylo");
    assert_eq!(old["devAccount"], "ncryptify:gemalto:admin:accounts:gemalto");
    let new = read_after(rings(), 0);
    assert!(new.get("application").is_none() && new.get("devAccount").is_none());
}

#[test]
fn job_without_items_ends() {
    let job = Job::new(RINGS, "none", noon(), Items::named([""; 0])).unwrap();
    assert_eq!(read_after(job.clone(), 9)["overall_status"], "in_progress");
    let job = read_after(job, 10);
    assert_eq!(
        (&job["overall_status"], &job["detailed_status"]),
        (&"completed".into(), &json!({}))
    );
}

proptest! {
    /// Over time items only finish, `updatedAt` only grows, and an end is final, cancelled or not.
    #[test]
    fn progress_only_moves_forward(
        family in 0..FAMILIES.len(),
        count in 0_usize..50,
        duration in 0_u64..10_000_000,
        aborted in proptest::option::of(0_u64..12_000_000),
        mut moments in proptest::collection::vec(0_u64..15_000_000, 2..20),
    ) {
        let items = Items::Uuids { seed: 7, count };
        let job = Job::new(FAMILIES[family].path, "p", noon(), items).unwrap();
        let mut job = job.with_duration(Duration::from_micros(duration));
        job.aborted_at = aborted.map(|at| noon() + Duration::from_micros(at));
        moments.sort_unstable();
        let states: Vec<_> = moments
            .iter()
            .map(|moment| noon() + Duration::from_micros(*moment))
            .filter(|now| job.aborted_at.is_none_or(|aborted| aborted <= *now))
            .map(|now| (now, job.progress(now)))
            .collect();
        for (now, state) in &states {
            prop_assert!(state.done <= count);
            prop_assert!(state.updated_at <= *now && state.updated_at >= noon());
            prop_assert_eq!(state.completed_at.is_none(), state.status == "in_progress");
            prop_assert_eq!(state.completed_at.is_some(), !job.is_running(*now));
        }
        for pair in states.windows(2) {
            let ((_, before), (_, after)) = (&pair[0], &pair[1]);
            prop_assert!(before.done <= after.done);
            prop_assert!(before.updated_at <= after.updated_at);
            if before.completed_at.is_some() {
                prop_assert_eq!(before, after);
            }
        }
    }
}

#[test]
fn first_update_of_a_job_may_be_before_its_creation() {
    let mut client = Client::admin();
    client.sim.behaviour.early_update = Duration::from_millis(3);
    let body = json!({"keys": ["k1", "k2"], "operation": "enablekey"});
    let (job, path) = client.start("aws/bulkjob", &body);
    assert_eq!(job["createdAt"], "2026-01-31T12:00:00.25Z");
    assert_eq!(job["updatedAt"], "2026-01-31T12:00:00.247Z");
    client.advance(60);
    let job = client.read(&path);
    assert!(job["updatedAt"].as_str() > job["createdAt"].as_str());
}
