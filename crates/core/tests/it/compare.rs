//! Two runs compared, and the run before of the same scope.

use std::collections::BTreeMap;

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::job::compare::{Comparison, Run, run_before};
use proptest::prelude::*;

fn job(status: &str, items: &[(&str, &str)]) -> Job {
    let items: Vec<String> =
        items.iter().map(|(name, text)| format!(r#""{name}":"{text}""#)).collect();
    let body =
        format!(r#"{{"overall_status":"{status}","detailed_status":{{{}}}}}"#, items.join(","));
    decode::job(body.as_bytes()).unwrap()
}

/// The names in each group, in the order of [`Comparison`].
fn groups(before: &Job, after: &Job) -> [Vec<String>; 6] {
    let comparison = Comparison::new(Run::new(before), Run::new(after));
    let names = |job: &Job, indices: &[u32]| {
        indices.iter().map(|index| job.items.name(*index as usize).to_owned()).collect()
    };
    [
        names(after, &comparison.newly_failed),
        names(after, &comparison.recovered),
        names(after, &comparison.still_failing),
        names(after, &comparison.changed_message),
        names(after, &comparison.only_after),
        names(before, &comparison.only_before),
    ]
}

#[test]
fn items_are_grouped_by_what_became_of_them() {
    let before = job(
        "completed",
        &[
            ("a", "Success"),
            ("b", "Failed: x"),
            ("c", "Failed: x"),
            ("d", "Failed: x"),
            ("e", "Success"),
        ],
    );
    let after = job(
        "completed",
        &[
            ("d", "Failed: y"),
            ("c", "Failed: x"),
            ("b", "Success"),
            ("a", "Failed: x"),
            ("f", "Success"),
        ],
    );
    let expected: [&[&str]; 6] = [&["a"], &["b"], &["d", "c"], &["d"], &["f"], &["e"]];
    assert_eq!(
        groups(&before, &after).map(|names| names.join(" ")),
        expected.map(|names| names.join(" "))
    );
}

#[test]
fn item_without_a_result_is_a_problem_only_in_a_finished_run() {
    let before = job("completed", &[("a", "in_progress")]);
    let [newly, recovered, still, ..] = groups(&before, &job("completed", &[("a", "queued")]));
    assert_eq!((newly.len(), recovered.len(), still.len()), (0, 0, 1));
    let [_, recovered, ..] = groups(&before, &job("in_progress", &[("a", "in_progress")]));
    assert_eq!(recovered, ["a"]);
}

#[test]
fn run_before_has_the_same_scope_and_is_the_newest_finished_one() {
    let family = Family::by_path("aws/synchronization-jobs").unwrap();
    let of = |id: &str, day: u32, status: &str, regions: &str| {
        let body = format!(
            r#"{{"id":"{id}","createdAt":"2026-01-{day:02}T00:00:00Z","overall_status":"{status}","kms":["k"],"regions":[{regions}]}}"#
        );
        decode::job(body.as_bytes()).unwrap()
    };
    let both = r#""r1","r2""#;
    let jobs = [
        of("later", 20, "completed", both),
        of("self", 10, "completed", both),
        of("other scope", 9, "completed", r#""r1""#),
        of("running", 8, "in_progress", both),
        of("wanted", 7, "failed", r#""r2","r1""#),
        of("older", 6, "completed", both),
    ];
    assert_eq!(run_before(&jobs[1], &jobs, family).and_then(Job::id).as_deref(), Some("wanted"));
    assert_eq!(run_before(&jobs[2], &jobs, family), None);
}

#[test]
fn run_before_of_a_bulk_job_has_the_same_operation() {
    let family = Family::by_path("aws/bulkjob").unwrap();
    let of = |day: u32, operation: &str| {
        let body = format!(
            r#"{{"id":"{day}","createdAt":"2026-01-{day:02}T00:00:00Z","overall_status":"completed","operation":"{operation}","keys":["k"]}}"#
        );
        decode::job(body.as_bytes()).unwrap()
    };
    let jobs = [of(3, "enablekey"), of(2, "disablekey"), of(1, "enablekey")];
    assert_eq!(run_before(&jobs[0], &jobs, family).and_then(Job::id).as_deref(), Some("1"));
}

#[test]
fn run_before_of_jobs_that_name_no_scope_has_the_same_items() {
    let family = Family::by_path("azure/bulkjobs").unwrap();
    let of = |day: u32, item: &str| {
        let body = format!(
            r#"{{"id":"{day}","createdAt":"2026-01-{day:02}T00:00:00Z","overall_status":"completed","operation":"delete-key-backups","detailed_status":{{"{item}":"Success"}}}}"#
        );
        decode::job(body.as_bytes()).unwrap()
    };
    let jobs = [of(3, "a"), of(2, "b"), of(1, "a")];
    assert_eq!(run_before(&jobs[0], &jobs, family).and_then(Job::id).as_deref(), Some("1"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Each item of either run is in exactly one group, also if names repeat.
    #[test]
    fn groups_hold_every_item_once(
        before in prop::collection::vec((0..6_u8, 0..3_usize), 0..20),
        after in prop::collection::vec((0..6_u8, 0..3_usize), 0..20),
    ) {
        let texts = ["Success", "Failed: x", "in_progress"];
        let run = |items: &[(u8, usize)]| {
            let names: Vec<String> = items.iter().map(|(name, _)| name.to_string()).collect();
            let items: Vec<(&str, &str)> = names.iter().zip(items).map(|(name, (_, text))| (&**name, texts[*text])).collect();
            job("completed", &items)
        };
        let (before, after) = (run(&before), run(&after));
        let comparison = Comparison::new(Run::new(&before), Run::new(&after));
        let both = comparison.newly_failed.len() + comparison.recovered.len()
            + comparison.still_failing.len() + comparison.fine;
        prop_assert_eq!(both + comparison.only_after.len(), after.items.len());
        prop_assert_eq!(both + comparison.only_before.len(), before.items.len());
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for index in comparison.newly_failed.iter().chain(&comparison.recovered).chain(&comparison.still_failing).chain(&comparison.only_after) {
            *counts.entry(*index).or_default() += 1;
        }
        prop_assert!(counts.values().all(|count| *count == 1));
    }
}
