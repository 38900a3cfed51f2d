//! The starts that repeat what failed of a synchronization: nothing is lost, and as little else as possible is started.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::start::{AccountReader, Accounts, MAX_STARTS, PlannedStart, Repeat, RepeatPlan};
use proptest::prelude::*;

fn family() -> &'static Family {
    Family::by_path("aws/synchronization-jobs").unwrap()
}

fn quoted(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",")
}

/// A job of the KMS `k0`, `k1`… with the accounts `0`, `1`… whose items in `failed` failed, by KMS and region.
fn job(kms: usize, regions: usize, failed: &BTreeSet<(usize, usize)>) -> Job {
    let item = |at: usize| {
        let (kms, region) = (at / regions, at % regions);
        let text = if failed.contains(&(kms, region)) { "failed" } else { "Success" };
        format!("\"{kms}/r{region}\":\"{text}\"")
    };
    let items: Vec<String> = (0..kms * regions).map(item).collect();
    let kms = quoted((0..kms).map(|at| format!("k{at}")));
    let regions = quoted((0..regions).map(|at| format!("r{at}")));
    let items = items.join(",");
    let body = format!(
        r#"{{"id":"x","kms":[{kms}],"regions":[{regions}],"detailed_status":{{{items}}}}}"#
    );
    decode::job(body.as_bytes()).unwrap()
}

/// What jobs show of which KMS and accounts belong together.
fn known_accounts(pairs: &[(&str, &str)]) -> Accounts {
    let mut accounts = Accounts::default();
    for (account, kms) in pairs {
        let body = format!(r#"{{"kms":["{kms}"],"detailed_status":{{"{account}/r0":"Success"}}}}"#);
        accounts.add_from(&decode::job(body.as_bytes()).unwrap());
    }
    accounts
}

fn plan(job: &Job, accounts: &Accounts) -> RepeatPlan {
    RepeatPlan::new(family(), job, accounts).unwrap()
}

/// The starts as `KMS × regions: failed`.
fn texts(starts: &[PlannedStart]) -> Vec<String> {
    let text = |start: &PlannedStart| {
        let (kms, regions) = (start.scope.kms.join(" "), start.scope.regions.join(" "));
        format!("{kms} × {regions}: {}", start.failed.join(" "))
    };
    starts.iter().map(text).collect()
}

#[test]
fn plan_of_failed_regions_as_few_starts_as_repeat_exactly_them() {
    let known = [("0", "k0"), ("1", "k1"), ("2", "k2"), ("3", "k3")];
    for (failed, known, starts, unknown) in [
        // Equal sets of regions make one start.
        (
            &[(0, 1), (0, 2), (2, 1), (2, 2)][..],
            &known[..],
            &["k0 k2 × r1 r2: 0/r1 0/r2 2/r1 2/r2"][..],
            0,
        ),
        (&[(0, 1), (1, 2)], &known, &["k0 × r1: 0/r1", "k1 × r2: 1/r2"], 0),
        // One start for each region, because that is fewer than one for each set of regions.
        (
            &[(0, 0), (1, 0), (1, 1), (2, 1)],
            &known,
            &["k0 k1 × r0: 0/r0 1/r0", "k1 k2 × r1: 1/r1 2/r1"],
            0,
        ),
        // An account that is not known has one of the KMS whose account is not known.
        (&[(0, 1), (2, 0), (3, 0)], &known[..2], &["k0 × r1: 0/r1", "k2 k3 × r0: 2/r0 3/r0"], 2),
        (&[(0, 1), (1, 2)], &[], &["k0 k1 k2 k3 × r1 r2: 0/r1 1/r2"], 2),
        // All KMS seem to be known, and one failed account is not: something is wrong, so nothing is left out.
        (
            &[(0, 1), (3, 2)],
            &[("0", "k0"), ("1", "k1"), ("2", "k2"), ("1", "k3")],
            &["k0 × r1: 0/r1", "k1 k3 × r2: 3/r2"],
            1,
        ),
        // Contradictions make an account unknown.
        (&[(0, 1)], &[("0", "k0"), ("0", "k1")], &["k0 k1 k2 k3 × r1: 0/r1"], 1),
        (&[(0, 1)], &[("0", "k0"), ("9", "k0")], &["k0 k1 k2 k3 × r1: 0/r1"], 1),
        // A KMS that the job does not have says nothing. Nor does one whose account has no item in the job.
        (&[(0, 1)], &[("0", "k0"), ("0", "other")], &["k0 × r1: 0/r1"], 0),
        (&[(0, 1)], &[("9", "k2")], &["k0 k1 k2 k3 × r1: 0/r1"], 1),
        (&[], &known, &[], 0),
    ] {
        let job = job(4, 3, &failed.iter().copied().collect());
        let plan = plan(&job, &known_accounts(known));
        assert_eq!(
            (texts(&plan.starts), plan.unknown),
            (starts.iter().map(ToString::to_string).collect(), unknown),
            "{failed:?} {known:?}"
        );
        assert_eq!(plan.is_better(), plan.count() < plan.single.scope.count());
    }
}

#[test]
fn plan_of_a_large_synchronization_repeats_exactly_what_failed() {
    // Every hundredth of 100,000.
    let failed: BTreeSet<_> =
        (0..5_000).filter_map(|kms| (kms % 5 == 0).then_some((kms, kms / 5 % 20))).collect();
    let pairs: Vec<(String, String)> =
        (0..5_000).map(|at| (at.to_string(), format!("k{at}"))).collect();
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(account, kms)| (&**account, &**kms)).collect();
    let plan = plan(&job(5_000, 20, &failed), &known_accounts(&pairs));
    assert_eq!((plan.starts.len(), plan.count(), plan.single.scope.count()), (20, 1_000, 100_000));
    assert!(plan.is_better());
    let body = plan.starts[0].scope.body();
    assert!(
        body.starts_with(r#"{"kms":["k0","k100","k200""#)
            && body.ends_with(r#""],"regions":["r0"]}"#),
        "{body}"
    );
}

#[test]
fn plan_leaves_out_items_that_were_not_requested_and_repeated_names() {
    let body = r#"{"kms":["a","b","a"],"regions":["r","s"],"detailed_status":
        {"1/r":"failed","1/r":"failed","1/x":"failed","2/s":"Success","s":"failed"}}"#;
    let job = decode::job(body.as_bytes()).unwrap();
    let plan = plan(&job, &known_accounts(&[("1", "a")]));
    assert_eq!(texts(&plan.starts), ["a × r: 1/r", "b × s: s"]);
    assert_eq!(texts(&[plan.single]), ["a b × r s: 1/r s"]);
    let bulk = Family::by_path("aws/bulkjob").unwrap();
    assert_eq!(RepeatPlan::new(bulk, &job, &Accounts::default()), None);
}

/// The job's page and the plan's page show the same number.
#[test]
fn plan_of_one_start_as_many_items_as_the_repetition_of_the_job() {
    for (kms, count) in
        [(r#""kms":["a","b"],"#, 2), (r#""kms":["a","b","a"],"#, 2), (r#""kms":[],"#, 1), ("", 1)]
    {
        let body =
            format!(r#"{{{kms}"regions":["r","r","s"],"detailed_status":{{"1/r":"failed"}}}}"#);
        let job = decode::job(body.as_bytes()).unwrap();
        let plan = plan(&job, &Accounts::default());
        assert_eq!((plan.single.scope.count(), plan.count()), (count, count), "{kms}");
        let family = Family::by_path("aws/synchronization-jobs").unwrap();
        assert_eq!(Repeat::new(family, &job).started, count, "{kms}");
    }
}

#[test]
fn accounts_of_other_jobs_none() {
    for body in [
        r#"{"kms":["a","b"],"detailed_status":{"1/r":"Success"}}"#,
        r#"{"kms":["a"],"detailed_status":{"1/r":"Success","2/r":"Success"}}"#,
        r#"{"kms":["a"],"detailed_status":{"1/r":"Success","r":"Success"}}"#,
        r#"{"kms":["a"],"detailed_status":{"/r":"Success"}}"#,
        r#"{"kms":["a"],"detailed_status":{}}"#,
        r#"{"kms":[],"detailed_status":{"1/r":"Success"}}"#,
        r#"{"detailed_status":{"1/r":"Success"}}"#,
        r#"{"kms":"a","detailed_status":"1/r"}"#,
    ] {
        let mut accounts = Accounts::default();
        let body = body.replacen('{', r#"{"id":"x","#, 1);
        accounts.add_from(&decode::job(body.as_bytes()).unwrap());
        assert_eq!(accounts, Accounts::default(), "{body}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn plan_of_any_failures_covers_each_once_with_few_starts(
        kms in 1..90_usize,
        regions in 1..70_usize,
        seeds in prop::collection::vec((0..90_usize, 0..70_usize), 0..400),
        known in prop::collection::vec(any::<bool>(), 90),
    ) {
        let failed: BTreeSet<_> = seeds.iter().map(|(k, r)| (k % kms, r % regions)).collect();
        let job = job(kms, regions, &failed);
        let pairs: Vec<(String, String)> = (0..kms).filter(|at| known[*at]).map(|at| (at.to_string(), format!("k{at}"))).collect();
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(account, kms)| (&**account, &**kms)).collect();
        let plan = plan(&job, &known_accounts(&pairs));
        prop_assert!(plan.starts.len() <= MAX_STARTS);
        let mut repeated = Vec::new();
        for start in &plan.starts {
            for name in &start.failed {
                let (account, region) = name.split_once('/').unwrap();
                let has = |list: &[String], name: &str| list.iter().any(|entry| entry == name);
                prop_assert!(has(&start.scope.kms, &format!("k{account}")) && has(&start.scope.regions, region), "{name}");
                repeated.push(name.clone());
            }
        }
        repeated.sort();
        let mut all: Vec<String> = failed.iter().map(|(kms, region)| format!("{kms}/r{region}")).collect();
        all.sort();
        prop_assert_eq!(repeated, all);
        prop_assert_eq!(plan.unknown, failed.iter().filter(|(kms, _)| !known[*kms]).count());
        prop_assert_eq!(plan.single.failed.len(), failed.len());
        // With at most as many regions as starts, nothing else is started.
        if plan.unknown == 0 && regions <= MAX_STARTS {
            prop_assert_eq!(plan.count(), failed.len());
        }
    }
}

#[test]
fn account_reader_reads_few_pages_and_ends_with_the_list() {
    let page = |body: &str| decode::job_page(body.as_bytes()).unwrap();
    let job = r#"{"id":"x","kms":["k0"],"detailed_status":{"0/r1":"Success"}}"#;
    for (body, pages) in [
        (format!(r#"{{"total":3,"resources":[{job}]}}"#), 3),
        (format!(r#"{{"resources":[{job}]}}"#), 5),
        (format!(r#"{{"total":999,"resources":[{job}]}}"#), 5),
        (r#"{"total":999,"resources":[]}"#.to_owned(), 1),
    ] {
        let mut reader = AccountReader::default();
        for at in 0..pages {
            assert!(!reader.is_over, "{body} {at}");
            let skip = format!("skip={}&limit=100", reader.read);
            assert!(reader.request(family()).url("").ends_with(&skip));
            reader.push(&page(&body));
        }
        assert!(reader.is_over, "{body}");
        let again = AccountReader::new(reader.accounts.clone());
        assert_eq!(again.accounts == known_accounts(&[("0", "k0")]), body.contains("k0"));
    }
}
