//! Jobs as functions of time, CONTRACT.md 2.

use std::collections::BTreeMap;
use std::time::Duration;

use cckm_simulator::Timestamp;
use cckm_simulator::family::FAMILIES;
use cckm_simulator::job::{Failures, Items, Job, Precision};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::client::{Client, noon};

const RINGS: &str = "google/synchronization-jobs";

fn rings() -> Job {
    let job = Job::new(RINGS, "r", noon(), Items::named(["a", "b", "c", "d"])).unwrap();
    job.with_duration(Duration::from_secs(40))
}

fn watch(job: Job, seconds: u64) -> Value {
    let mut client = Client::admin();
    let path = format!("{}/{}", job.family.path, job.id);
    client.sim.add(job);
    client.later(seconds);
    client.read(&path)
}

#[test]
fn items_finish_one_after_another() {
    let (done, runs) = ("key ring synchronized successfully", "in_progress");
    let texts = |seconds| {
        let job = watch(rings(), seconds);
        let texts = job["detailed_status"].as_object().unwrap().values();
        texts
            .map(|text| text.as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(0), [runs, runs, runs, runs]);
    assert_eq!(texts(9), [runs, runs, runs, runs]);
    assert_eq!(texts(10), [done, runs, runs, runs]);
    assert_eq!(texts(39), [done, done, done, runs]);
    assert_eq!(texts(40), [done, done, done, done]);
}

#[test]
fn completed_at_comes_with_the_end_just_before_updated_at() {
    let job = watch(rings(), 39);
    assert_eq!(job["overall_status"], "in_progress");
    assert!(job.get("completed_at").is_none());
    let job = watch(rings(), 40);
    assert_eq!(job["overall_status"], "completed");
    let time = |name: &str| job[name].as_str().unwrap().parse::<Timestamp>().unwrap();
    let lag = time("updatedAt")
        .duration_since(time("completed_at"))
        .as_micros();
    assert!((160..=210).contains(&lag), "{lag}");
    assert_eq!(time("updatedAt"), noon() + Duration::from_secs(40));
    assert_eq!(watch(rings(), 4000), job, "nothing changes afterwards");
}

#[test]
fn a_running_job_shows_signs_of_life_even_when_no_item_finishes() {
    let slow = || rings().with_duration(Duration::from_secs(4000));
    let (early, late) = (watch(slow(), 3), watch(slow(), 11));
    assert!(early["updatedAt"].as_str() < late["updatedAt"].as_str());
    assert_eq!(early["detailed_status"], late["detailed_status"]);
}

#[test]
fn a_stalled_job_does_neither_move_nor_end() {
    let stalled = || rings().stalled_at(noon() + Duration::from_secs(15));
    let job = watch(stalled(), 100_000);
    assert_eq!(job, watch(stalled(), 20));
    assert_eq!(job["overall_status"], "in_progress");
    assert_eq!(
        job["detailed_status"]["a"],
        "key ring synchronized successfully"
    );
}

#[test]
fn times_are_printed_to_the_microsecond_without_trailing_zeros() {
    let mut job = rings();
    job.created_at = "2024-02-06T09:22:54.549530999Z".parse().unwrap();
    assert_eq!(watch(job, 0)["createdAt"], "2024-02-06T09:22:54.54953Z");
    let mut job = rings();
    job.created_at = "2024-02-06T09:22:54Z".parse().unwrap();
    assert_eq!(watch(job, 0)["createdAt"], "2024-02-06T09:22:54Z");
}

#[test]
fn times_can_have_nine_digits_or_none() {
    let printed = |created: &str, precision, seconds| {
        let mut job = rings().with_precision(precision);
        job.created_at = created.parse().unwrap();
        watch(job, seconds)
    };
    let nanos = printed("2020-08-06T09:49:34.605578452Z", Precision::Nanos, 0);
    assert_eq!(nanos["createdAt"], "2020-08-06T09:49:34.605578452Z");
    let zeros = printed("2020-08-06T09:49:34.605578400Z", Precision::Nanos, 0);
    assert_eq!(zeros["createdAt"], "2020-08-06T09:49:34.6055784Z");
    let whole = printed("2026-01-31T11:59:59.999999999Z", Precision::Seconds, 60);
    let times = ["createdAt", "updatedAt", "completed_at"].map(|name| &whole[name]);
    assert_eq!(
        times,
        [
            "2026-01-31T11:59:59Z",
            "2026-01-31T12:00:39Z",
            "2026-01-31T12:00:39Z"
        ]
    );
}

#[test]
fn items_fail_inside_a_completed_job() {
    let texts = BTreeMap::from([(1, "no \"access\"\n\tto b".to_owned())]);
    let job = watch(rings().with_failures(Failures::At(texts)), 40);
    assert_eq!(job["overall_status"], "completed");
    assert_eq!(job["detailed_status"]["b"], "no \"access\"\n\tto b");
    assert_eq!(
        job["detailed_status"]["c"],
        "key ring synchronized successfully"
    );
}

#[test]
fn jobs_end_with_any_word() {
    for word in ["failed", "error", "partially_completed", "Zombie 🧟"] {
        assert_eq!(
            watch(rings().with_final_status(word), 39)["overall_status"],
            "in_progress"
        );
        let job = watch(
            rings()
                .with_final_status(word)
                .with_failures(Failures::All("no".into())),
            40,
        );
        assert_eq!(job["overall_status"], word);
        assert_eq!(
            job["detailed_status"],
            json!({"a": "no", "b": "no", "c": "no", "d": "no"})
        );
        assert!(job["completed_at"].is_string());
    }
}

#[test]
fn both_eras_exist() {
    let old = watch(rings().with_application(), 0);
    assert_eq!(old["application"], "ncryptify:gemalto:admin:apps:kylo");
    assert_eq!(
        old["devAccount"],
        "ncryptify:gemalto:admin:accounts:gemalto"
    );
    let new = watch(rings(), 0);
    assert!(new.get("application").is_none() && new.get("devAccount").is_none());
}

#[test]
fn a_job_without_items_ends_too() {
    let job = Job::new(RINGS, "none", noon(), Items::named([""; 0])).unwrap();
    assert_eq!(watch(job.clone(), 9)["overall_status"], "in_progress");
    let job = watch(job, 10);
    assert_eq!(
        (&job["overall_status"], &job["detailed_status"]),
        (&"completed".into(), &json!({}))
    );
}

proptest! {
    /// As time goes on, items only finish, `updatedAt` only grows, and an end is an end; with or
    /// without cancelling.
    #[test]
    fn time_only_goes_forward(
        family in 0..FAMILIES.len(),
        count in 0_usize..50,
        lasting in 0_u64..10_000_000,
        aborted in proptest::option::of(0_u64..12_000_000),
        mut moments in proptest::collection::vec(0_u64..15_000_000, 2..20),
    ) {
        let items = Items::Uuids { seed: 7, count };
        let job = Job::new(FAMILIES[family].path, "p", noon(), items).unwrap();
        let mut job = job.with_duration(Duration::from_micros(lasting));
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
            prop_assert!(state.updated <= *now && state.updated >= noon());
            prop_assert_eq!(state.completed.is_none(), state.status == "in_progress");
            prop_assert_eq!(state.completed.is_some(), !job.runs(*now));
        }
        for pair in states.windows(2) {
            let ((_, before), (_, after)) = (&pair[0], &pair[1]);
            prop_assert!(before.done <= after.done);
            prop_assert!(before.updated <= after.updated);
            if before.completed.is_some() {
                prop_assert_eq!(before, after);
            }
        }
    }
}
