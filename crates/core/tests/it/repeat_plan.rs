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
    RepeatPlan::new(family(), job, accounts, None).unwrap()
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
        let beyond = |count: usize| count - failed.len();
        assert_eq!(
            plan.is_better(),
            !failed.is_empty() && beyond(plan.count()) * 2 <= beyond(plan.single.scope.count()),
            "{failed:?} {known:?}"
        );
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
    assert_eq!(plan.left_out_count(), 1);
    assert_eq!(texts(&[plan.single]), ["a b × r s: 1/r s"]);
    let bulk = Family::by_path("aws/bulkjob").unwrap();
    assert_eq!(RepeatPlan::new(bulk, &job, &Accounts::default(), None), None);
}

/// What the plan leaves out is counted, and the first names say which it is.
#[test]
fn plan_of_items_that_cannot_be_repeated_says_which_and_why() {
    let items = r#""1/us-east-1":"failed","1/us-gov-west-1":"failed","2/eu-west-1":"failed","nofail":"failed""#;
    let not_in_request = "not in the request that the job reports";
    for (regions, planned, left_out) in [
        (
            r#""regions":["us-east-1","eu-west-1"],"#,
            2,
            [
                format!("1 failed region cannot be started again, because it is {not_in_request}: 1/us-gov-west-1"),
                "1 failed region cannot be started again, because its name is not of an account and a region: nofail".to_owned(),
            ],
        ),
        (
            r#""regions":null,"#,
            0,
            [
                format!(
                    "3 failed regions cannot be started again, because they are {not_in_request}: \
                     1/us-east-1, 1/us-gov-west-1, 2/eu-west-1"
                ),
                "1 failed region cannot be started again, because its name is not of an account and a region: nofail".to_owned(),
            ],
        ),
    ] {
        let body = format!(r#"{{{regions}"kms":["a"],"detailed_status":{{{items}}}}}"#);
        let job = decode::job(body.as_bytes()).unwrap();
        let plan = plan(&job, &Accounts::default());
        assert_eq!(plan.single.failed.len(), planned, "{regions}");
        assert_eq!(plan.left_out_count(), 4 - planned, "{regions}");
        let texts: Vec<String> =
            plan.left_out.iter().map(|items| items.text(family().item_nouns)).collect();
        assert_eq!(texts, left_out, "{regions}");
    }
    let many: Vec<String> = (0..9).map(|at| format!(r#""{at}/x":"failed""#)).collect();
    let body = format!(r#"{{"regions":["r"],"detailed_status":{{{}}}}}"#, many.join(","));
    let plan = plan(&decode::job(body.as_bytes()).unwrap(), &Accounts::default());
    let text = plan.left_out[0].text(family().item_nouns);
    assert!(
        text.starts_with("9 failed") && text.ends_with(": 0/x, 1/x, 2/x, 3/x, 4/x and 4 more"),
        "{text}"
    );
}

/// Several jobs that start nearly as much as one does are not proposed.
#[test]
fn plan_of_mostly_unknown_accounts_proposes_one_start_and_says_why() {
    // Of 10 KMS and 10 regions, one item failed in each: 100 in one start, of which 10 failed.
    let failed = (0..10).map(|at| (at, at)).collect();
    let job = job(10, 10, &failed);
    let all: Vec<(String, String)> = (0..10).map(|at| (at.to_string(), format!("k{at}"))).collect();
    let all: Vec<(&str, &str)> = all.iter().map(|(account, kms)| (&**account, &**kms)).collect();
    for (known, count, is_better, why) in [
        (10, 10, true, "One job takes every KMS"),
        // 4 and 6 × 6: 30 more than what failed, in place of 90.
        (4, 40, true, "One job takes every KMS"),
        // 3 and 7 × 7: 42 more.
        (3, 52, true, "One job takes every KMS"),
        // 2 and 8 × 8: 56 more.
        (2, 66, false, "3 jobs would work on 66 regions, which is not much less"),
        (0, 100, false, "several jobs would not work on fewer"),
    ] {
        let plan = plan(&job, &known_accounts(&all[..known]));
        assert_eq!((plan.count(), plan.is_better()), (count, is_better), "{known}");
        let text = plan.why_one(family().item_nouns).unwrap();
        assert!(text.contains(why), "{known}: {text}");
    }
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
        assert_eq!(Repeat::new(family, &job, None).started, count, "{kms}");
    }
}

/// Nothing else has to be read if the job itself shows its account, or if more accounts would change nothing.
#[test]
fn accounts_of_a_job_of_one_kms_known_from_itself() {
    let of_one = job(1, 3, &BTreeSet::from([(0, 0), (0, 1)]));
    let reader = AccountReader::new(Accounts::default(), &of_one);
    let plan_of_one = plan(&of_one, &reader.accounts);
    assert_eq!((plan_of_one.unknown, plan_of_one.needs_accounts()), (0, false));
    assert_eq!(plan_of_one.why_one(family().item_nouns), None);
    assert!(!plan_of_one.is_better());
    let of_two_accounts =
        r#"{"kms":["a"],"regions":["r"],"detailed_status":{"1/r":"failed","2/r":"failed"}}"#;
    let of_two_accounts = decode::job(of_two_accounts.as_bytes()).unwrap();
    assert!(!plan(&of_two_accounts, &Accounts::default()).needs_accounts());
    let of_two = job(2, 3, &BTreeSet::from([(0, 0), (1, 1)]));
    let reader = AccountReader::new(Accounts::default(), &of_two);
    assert!(plan(&of_two, &reader.accounts).needs_accounts());
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
        let again = AccountReader::new(reader.accounts.clone(), &Job::default());
        assert_eq!(again.accounts == known_accounts(&[("0", "k0")]), body.contains("k0"));
    }
}
