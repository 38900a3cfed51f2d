//! A start form filled in from a job: what it takes over, and what it says about the rest.

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::job::cause::Cause;
use cckm_core::start::{Repeat, RepeatOf, prefill};

const AWS: &str = "aws/synchronization-jobs";
const BULK: &str = "aws/bulkjob";
const AZURE: &str = "azure/bulkjobs";

fn prefilled(path: &str, job: &str, failed: bool) -> (String, String) {
    let family = Family::by_path(path).unwrap();
    let job = decode::job(job.as_bytes()).unwrap();
    let what = if failed { RepeatOf::Problems(None) } else { RepeatOf::Request };
    let prefill = prefill(family, family.start.unwrap(), &job, what);
    (prefill.draft.body(), prefill.remarks.join("|"))
}

/// A synchronization of `kms` KMS in `regions` regions each, whose first items in the order of the accounts failed.
fn synchronization(kms: usize, regions: usize, failed: usize) -> String {
    let list = |what: &str, count| {
        let names: Vec<String> = (0..count).map(|at| format!("\"{what}{at}\"")).collect();
        names.join(",")
    };
    let item = |at: usize| {
        let text = if at < failed { "failed" } else { "region synchronized successfully" };
        format!("\"{}/r{}\":\"{text}\"", at / regions, at % regions)
    };
    let items: Vec<String> = (0..kms * regions).map(item).collect();
    let (kms, regions, items) = (list("k", kms), list("r", regions), items.join(","));
    format!(r#"{{"id":"x","kms":[{kms}],"regions":[{regions}],"detailed_status":{{{items}}}}}"#)
}

#[test]
fn repetition_of_failed_regions_names_the_number_that_it_starts() {
    let family = Family::by_path(AWS).unwrap();
    for (kms, regions, failed, label, started) in [
        (1, 20, 3, "Retry 3 failed items…", None),
        (2, 20, 40, "Retry 40 failed items…", None),
        (50, 20, 989, "Retry 989 failed items…", Some(1_000)),
        (3, 2, 1, "Retry 1 failed item…", Some(3)),
    ] {
        let job = decode::job(synchronization(kms, regions, failed).as_bytes()).unwrap();
        let repeat = Repeat::new(family, &job, None);
        assert_eq!(repeat.label().as_deref(), Some(label));
        assert_eq!(repeat.is_excessive(), started.is_some());
        let mut filled = prefill(family, family.start.unwrap(), &job, RepeatOf::Problems(None));
        let excess = filled.excess(&filled.draft);
        let remark = filled.remarks.join("|");
        let Some(started) = started else {
            assert_eq!(excess, None);
            assert!(!remark.contains("accounts by number"), "{remark}");
            continue;
        };
        let started = cckm_core::format::text::group_digits(started);
        assert!(excess.unwrap().ends_with(&format!("this starts all {started}")));
        assert!(remark.contains(&format!("this form repeats {started}")), "{remark}");
        assert!(filled.draft.summary()[0].ends_with(&format!(": {started} regions in all")));
        // A person who reduces the form to what failed is not warned.
        let kms = filled.draft.api.position("kms").unwrap();
        filled.draft.set(kms, "k0".to_owned());
        assert_eq!(filled.excess(&filled.draft), None);
    }
}

#[test]
fn repetition_of_fewer_items_than_failed_says_so() {
    let family = Family::by_path(BULK).unwrap();
    for (items, label) in [
        (r#""a":"failed","c":"failed""#, Some("Retry 1 of 2 failed items…")),
        (r#""c":"failed","d":"failed""#, None),
        (r#""a":"Success""#, None),
    ] {
        let job = format!(r#"{{"id":"x","keys":["a","b"],"detailed_status":{{{items}}}}}"#);
        let repeat = Repeat::new(family, &decode::job(job.as_bytes()).unwrap(), None);
        assert_eq!(repeat.label().as_deref(), label, "{items}");
    }
}

#[test]
fn prefill_keeps_reported_names_as_they_are() {
    let job = r#"{"id":"x","kms":["a,b","[c]","\"d\""],"regions":["r"],"detailed_status":{}}"#;
    let (body, _) = prefilled(AWS, job, false);
    assert_eq!(body, r#"{"kms":["a,b","[c]","\"d\""],"regions":["r"]}"#);
    let bulk = r#"{"id":"x","operation":"enablekey","keys":["id","alias/b","3f2b8a10-77aa-4c1e-9d00-000000000001"],
        "detailed_status":{"id":"failed","alias/b":"failed","3f2b8a10-77aa-4c1e-9d00-000000000001":"failed"}}"#;
    let (body, _) = prefilled(BULK, bulk, true);
    assert!(body.contains(r#"["id","alias/b","3f2b8a10-77aa-4c1e-9d00-000000000001"]"#), "{body}");
}

#[test]
fn prefill_takes_over_what_the_job_reports() {
    let sync = r#"{"id":"x","kms":["a","b"],"regions":["r1","r2","r3"],"detailed_status":
        {"1/r1":"region synchronized successfully","1/r2":"failed","2/r2":"failed","2/r9":"failed"}}"#;
    let (body, said) = prefilled(AWS, sync, false);
    assert_eq!(body, r#"{"kms":["a","b"],"regions":["r1","r2","r3"]}"#);
    assert!(said.contains("whether everything was requested"), "{said}");
    let (body, said) = prefilled(AWS, sync, true);
    assert_eq!(body, r#"{"kms":["a","b"],"regions":["r2"]}"#);
    assert!(said.contains("1 failed item is not in the request"), "{said}");
    assert!(!said.contains("accounts by number"), "exactly what failed is repeated: {said}");

    let bulk = r#"{"id":"x","operation":"schedulekeydeletion","keys":["a","b"],
        "detailed_status":{"a":"Success","b":"NCERRConflict"}}"#;
    let (body, said) = prefilled(BULK, bulk, true);
    assert_eq!(body, r#"{"operation":"schedulekeydeletion","keys":["b"]}"#);
    assert_eq!(said, "The job does not report these, so enter them again: Days until the deletion");
    let done = r#"{"id":"x","operation":"shred","keys":["a"],"detailed_status":{"a":"Success"}}"#;
    let (body, said) = prefilled(BULK, done, true);
    assert_eq!(body, "{}");
    assert!(said.contains("does not know this value of “Operation”: shred"));
    assert!(said.contains("Nothing of this job has failed"), "{said}");

    // CONTRACT.md 4, trap 11: the request and the job use different names.
    let sfdc = r#"{"id":"x","organizations":["o"],"detailed_status":{"o":"failed"}}"#;
    let (body, _) = prefilled("sfdc/keys/synchronization-jobs", sfdc, true);
    assert_eq!(body, r#"{"organization_ids":["o"]}"#);

    let backups = r#"{"id":"x","operation":"delete-key-backups","detailed_status":{"b":"failed"}}"#;
    let (body, said) = prefilled(AZURE, backups, true);
    assert_eq!(body, r#"{"operation":"delete-key-backups"}"#);
    assert!(said.contains("cannot be selected"), "{said}");
    assert!(said.contains("Of one key, Of several keys"), "{said}");
    let versions =
        r#"{"id":"x","operation":"disable","key_id":"k","detailed_status":{"k":"failed"}}"#;
    let (body, said) = prefilled("google/update-all-versions-jobs", versions, true);
    assert_eq!(body, r#"{"operation":"disable","key_id":"k"}"#);
    assert!(said.contains("everything that was requested"), "{said}");
    let (body, said) = prefilled("dsm/refresh", r#"{"id":"x","detailed_status":{}}"#, false);
    assert_eq!(body, "{}");
    assert!(said.contains("enter them again: Domains"), "{said}");
}

/// In a finished job, what is not reported and what is not recognised is repeated too; of a cause, only its items.
#[test]
fn repetition_takes_every_problem_of_a_finished_job_or_those_of_one_cause() {
    let family = Family::by_path(BULK).unwrap();
    let names_of = |status: &str, cause: Option<&str>| {
        let body = format!(
            r#"{{"overall_status":"{status}","operation":"enablekey","keys":["a","b","c","d"],
            "detailed_status":{{"a":"Success","b":"ThrottlingException: slow down","c":"Key is locked"}}}}"#
        );
        let job = decode::job(body.as_bytes()).unwrap().with_unreported(family);
        let names: Vec<String> = job.problem_names(cause).map(str::to_owned).collect();
        let repeat = Repeat::new(family, &job, cause);
        assert_eq!(repeat.failed, names.len());
        let filled = prefill(family, family.start.unwrap(), &job, RepeatOf::Problems(cause));
        let list = format!("\"keys\":{}", serde_json::to_string(&names).unwrap());
        assert!(names.is_empty() || filled.draft.body().contains(&list), "{}", filled.draft.body());
        names
    };
    assert_eq!(names_of("completed", None), ["b", "c", "d"]);
    assert_eq!(names_of("in_progress", None), ["b"]);
    let job = decode::job(
        br#"{"overall_status":"completed","detailed_status":{"b":"ThrottlingException: slow down"}}"#,
    );
    let causes = Cause::all(&job.unwrap().items, true);
    assert_eq!(names_of("completed", Some(&causes[0].key)), ["b"]);
    assert_eq!(names_of("completed", Some("no-result")), ["d"]);
    assert_eq!(names_of("completed", Some("unknown.0")), [""; 0]);
}
