//! A start form filled in from a job: what it takes over, and what it says about the rest.

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::start::{Repeat, prefill};

const AWS: &str = "aws/synchronization-jobs";
const BULK: &str = "aws/bulkjob";
const AZURE: &str = "azure/bulkjobs";

fn prefilled(path: &str, job: &str, failed: bool) -> (String, String) {
    let family = Family::by_path(path).unwrap();
    let job = decode::job(job.as_bytes()).unwrap();
    let prefill = prefill(family, family.start.unwrap(), &job, failed);
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
        (1, 20, 3, "Start again for 3 failed…", None),
        (2, 20, 40, "Start again for 40 failed…", None),
        (50, 20, 989, "Start again for 989 failed…", Some(1_000)),
        (3, 2, 1, "Start again for 1 failed…", Some(3)),
    ] {
        let job = decode::job(synchronization(kms, regions, failed).as_bytes()).unwrap();
        let repeat = Repeat::new(family, &job);
        assert_eq!(repeat.label().as_deref(), Some(label));
        assert_eq!(repeat.is_excessive(), started.is_some());
        let mut filled = prefill(family, family.start.unwrap(), &job, true);
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
        (r#""a":"failed","c":"failed""#, Some("Start again for 1 of 2 failed…")),
        (r#""c":"failed","d":"failed""#, None),
        (r#""a":"Success""#, None),
    ] {
        let job = format!(r#"{{"id":"x","keys":["a","b"],"detailed_status":{{{items}}}}}"#);
        let repeat = Repeat::new(family, &decode::job(job.as_bytes()).unwrap());
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
