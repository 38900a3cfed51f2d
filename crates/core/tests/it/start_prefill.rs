//! A start form filled in from a job: what it takes over, and what it says about the rest.

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::start::prefill;

const AWS: &str = "aws/synchronization-jobs";
const BULK: &str = "aws/bulkjob";
const AZURE: &str = "azure/bulkjobs";

fn prefilled(path: &str, job: &str, failed: bool) -> (String, String) {
    let family = Family::by_path(path).unwrap();
    let job = decode::job(job.as_bytes()).unwrap();
    let prefill = prefill(family, family.start.unwrap(), &job, failed);
    (prefill.draft.body(), prefill.remarks.join("|"))
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
    assert!(said.contains("accounts by number"), "{said}");

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
