//! Failures by cause: their messages, and the day for tests.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use cckm_simulator::World;
use cckm_simulator::family::FAMILIES;
use cckm_simulator::generate::{DAY_FAILURES, DAY_JOBS, day};
use cckm_simulator::job::{CAUSES, Cause, Failures, Items, PlannedFailures};
use serde_json::Value;

use crate::support::{Client, noon, request};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[test]
fn messages_contain_their_class_and_no_placeholder() {
    let names: BTreeSet<_> = CAUSES.iter().map(|cause| cause.name).collect();
    assert_eq!(names.len(), CAUSES.len());
    for family in FAMILIES {
        assert!(Cause::of_family(family.path).count() >= 4, "{}", family.path);
        for cause in Cause::of_family(family.path) {
            let message = |number| cause.message(family, number, "123456789012/eu-west-1");
            assert!(message(1).contains(cause.class), "{}", message(1));
            let open = |message: &str| message.replace("{\"", "").contains('{');
            assert!(!open(&message(1)), "{}", message(1));
            assert_eq!(message(1), message(1));
        }
    }
}

#[test]
fn messages_of_one_cause_differ_by_item_and_name_it() {
    let cause = Cause::by_name("aws-access-denied").unwrap();
    let planned = PlannedFailures { rates: vec![(cause, 1000)], ..PlannedFailures::default() };
    let items = Items::named(["123456789012/eu-west-1", "123456789012/sa-east-1"]);
    let job = cckm_simulator::job::Job::new("aws/synchronization-jobs", "a", noon(), items);
    let mut client = Client::admin();
    client.sim.add(job.unwrap().with_failures(Failures::Planned(planned)));
    client.advance(60);
    let job = client.read("aws/synchronization-jobs/a");
    let texts = &job["detailed_status"];
    for region in ["eu-west-1", "sa-east-1"] {
        let text = texts[format!("123456789012/{region}")].as_str().unwrap();
        assert!(text.contains(&format!("arn:aws:kms:{region}:123456789012:key/")), "{text}");
        assert!(text.contains("arn:aws:iam::123456789012:role/cckm-sync"), "{text}");
    }
}

#[test]
fn day_has_28_jobs_with_failures_among_177() {
    let jobs = day(noon());
    assert_eq!(jobs.len(), DAY_JOBS);
    assert!(jobs.iter().all(|job| job.ended_at().unwrap() <= noon() && job.family.verbs.list));
    let failing: Vec<_> = jobs.iter().filter(|job| !job.causes(noon()).is_empty()).collect();
    assert_eq!(failing.len(), DAY_FAILURES);
    let mut statuses = BTreeMap::new();
    for job in &failing {
        *statuses.entry(job.status(noon()).to_owned()).or_insert(0) += 1;
        let causes = job.causes(noon());
        assert!(causes.get(1).is_none_or(|second| second.1 < causes[0].1), "{causes:?}");
    }
    let expected = [("completed", 23), ("error", 1), ("failed", 4)];
    assert_eq!(Vec::from_iter(statuses), expected.map(|(word, count)| (word.to_owned(), count)));
    let main: BTreeSet<_> = failing.iter().map(|job| job.causes(noon())[0].0.name).collect();
    assert!(main.len() > 10, "{main:?}");
}

#[test]
fn control_lists_the_failures_of_the_day() {
    let mut world = World::at(noon());
    let mut send = |method, target| -> Value {
        let response = world.handle(noon(), &request(method, target, ""), true);
        serde_json::from_slice(response.body()).unwrap_or_default()
    };
    send("POST", "/simulator/day");
    let list = send("GET", "/simulator/failures");
    let failures = list["failures"].as_array().unwrap();
    assert_eq!(failures.len(), DAY_FAILURES);
    assert!(failures.iter().all(|row| row["main_cause"] == row["causes"][0]["name"]));
}

/// The demo of eight days.
fn week() -> Client {
    let mut client = Client::anonymous();
    client.sim = cckm_simulator::Simulator::week(1, 500, noon());
    client.sign_in(&crate::support::credentials());
    client
}

#[test]
fn demo_has_every_state_and_causes_that_repeat() {
    let client = week();
    let recent = |job: &&cckm_simulator::job::Job| job.created_at > noon() - 9 * DAY;
    let jobs: Vec<_> = client.sim.jobs.all().filter(recent).collect();
    assert!((160..=220).contains(&jobs.len()), "{}", jobs.len());
    assert!(jobs.iter().all(|job| job.has_started(noon())));
    let count = |status: &str| jobs.iter().filter(|job| job.status(noon()) == status).count();
    assert_eq!((count("error"), count("suspended")), (1, 1));
    assert!((3..=8).contains(&count("failed")), "{}", count("failed"));
    let stuck = jobs.iter().find(|job| job.stalled_at.is_some()).unwrap();
    assert!(stuck.progress(noon()).updated_at < noon() - DAY / 5);
    let aborted = jobs.iter().filter(|job| job.aborted_at.is_some());
    let cancelling = aborted.filter(|job| job.is_running(noon())).count();
    assert_eq!(cancelling, 1);
    let main = |name: &str| {
        let causes = jobs.iter().filter_map(|job| job.causes(noon()).first().copied());
        causes.filter(|(cause, _)| cause.name == name).count()
    };
    for name in ["aws-access-denied", "azure-firewall", "oci-not-authorized", "aws-throttling"] {
        assert!(main(name) >= 2, "{name}: {}", main(name));
    }
    let failing = jobs.iter().filter(|job| !job.causes(noon()).is_empty()).count();
    assert!(failing * 5 > jobs.len() && failing * 2 < jobs.len(), "{failing}");
}

#[test]
fn demo_has_runs_of_schedules_that_coincide_with_the_jobs_they_started() {
    let mut client = week();
    let configs = client.read_target(crate::support::CONFIGS);
    assert_eq!(configs["total"], 11, "9, and those of the system");
    let runs = client.read_target(&format!("{}?limit=-1", crate::support::RUNS));
    let statuses = crate::support::strings(&runs, "status");
    let failed = statuses.iter().filter(|status| *status == "failed").count();
    assert!(statuses.len() > 50 && failed > 2, "{failed} of {}", statuses.len());
    let of_google = client
        .sim
        .scheduler
        .runs(0, noon())
        .filter(|run| run.schedule_id.ends_with("02") && run.final_status == "completed");
    let google = FAMILIES.iter().find(|family| family.path == "google/synchronization-jobs");
    let jobs: Vec<_> = client.sim.jobs.started(google.unwrap(), 0, noon()).collect();
    let starts: Vec<_> = of_google.map(cckm_simulator::scheduler::Run::started_at).collect();
    assert!(starts.len() >= 20, "{}", starts.len());
    assert!(starts.iter().all(|start| jobs.iter().any(|job| job.created_at == *start)));
}
