//! A batch that repeats what failed of a synchronization: what it sends, which jobs are its own, and what is saved.
#![allow(clippy::unwrap_used)]

use crate::support::batch::{at, none};
use cckm_core::api::decode;
use cckm_core::api::error::{ApiError, check_response};
use cckm_core::api::response::Response;
use cckm_core::batch::requests::{newest, outcome, start};
use cckm_core::batch::{Batch, ChunkState, KeyTable, NewestJobs, Outcome, Task, can_repeat};
use cckm_core::family::{FAMILIES, Family};
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::page::JobPage;
use cckm_core::start::{PlannedStart, StartScope};

const LATE: &str = "2026-11-21T10:01:00Z";

fn family() -> &'static Family {
    Family::by_path("aws/synchronization-jobs").unwrap()
}

fn names(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

fn planned(kms: &str, regions: &str, failed: &str) -> PlannedStart {
    let scope = StartScope { kms: names(kms), regions: names(regions) };
    PlannedStart { scope, failed: names(failed) }
}

fn batch() -> Batch {
    let starts = vec![planned("a b", "r s", "1/r 1/s 2/r"), planned("c", "r", "3/r")];
    let mut batch = Batch::repeat(family(), "failed-job", starts);
    batch.set_baseline(LATE.parse::<Timestamp>().ok(), &[]);
    batch
}

fn job(id: &str, kms: &str, regions: &str, items: &str) -> Job {
    let list = |text: &str| {
        text.split(' ').map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(",")
    };
    let (kms, regions) = (list(kms), list(regions));
    let body = format!(
        r#"{{"id":"{id}","createdAt":"{LATE}","kms":[{kms}],"regions":[{regions}],"detailed_status":{{{items}}}}}"#
    );
    decode::job(body.as_bytes()).unwrap()
}

fn refused(status: u16) -> Result<Response, ApiError> {
    check_response(Response {
        status,
        content_type: Some("application/json".to_owned()),
        retry_after: None,
        server_time_ms: None,
        challenge: None,
        body: b"{}".to_vec(),
    })
}

#[test]
fn start_sends_the_whole_request_to_the_family() {
    let batch = batch();
    let request = start(&batch, 0).unwrap();
    assert_eq!(request.url("/api"), "/api/v1/cckm/aws/synchronization-jobs");
    assert_eq!(request.body.as_deref(), Some(r#"{"kms":["a","b"],"regions":["r","s"]}"#));
    assert!(start(&batch, 2).is_none());
    // A list that is not sorted is read in large pages, and to its end.
    assert_eq!(newest(family(), 0).url(""), "/v1/cckm/aws/synchronization-jobs?skip=0&limit=1000");
    let old = |id: &str| {
        let body = format!(r#"{{"id":"{id}","createdAt":"2026-11-20T10:00:00Z"}}"#);
        decode::job(body.as_bytes()).unwrap()
    };
    let page = |id: &str| JobPage { jobs: vec![old(id)], ..JobPage::default() };
    let mut jobs = NewestJobs::of(&batch);
    assert!(!jobs.push(page("x"), None), "a new job may come after an old one");
    let mut sorted = NewestJobs::back_to(batch.since());
    assert!(sorted.push(page("x"), None));
}

#[test]
fn outcome_of_a_conflict_pauses_and_another_refusal_does_not() {
    let batch = batch();
    assert!(matches!(outcome(&batch, refused(409), at(0)), Outcome::Paused(_)));
    assert!(matches!(outcome(&batch, refused(400), at(0)), Outcome::Refused(_)));
    let Outcome::Paused(reason) = outcome(&batch, refused(403), at(0)) else {
        panic!("a 403 pauses");
    };
    assert!(reason.problem.explanation.contains("keysynchronize"), "{reason:?}");
}

#[test]
fn match_lost_of_a_repetition_finds_the_job_of_the_same_request_only() {
    let mut batch = batch();
    assert_eq!(batch.next_to_send(1), Some(0));
    batch.finish(0, Outcome::Lost);
    for (kms, regions) in [("a", "r s"), ("a b", "r"), ("a b c", "r s"), ("c", "r")] {
        batch.match_lost(&[job("other", kms, regions, "")], &none());
        assert_eq!(batch.chunks()[0].state, ChunkState::Lost, "{kms} {regions}");
    }
    batch.match_lost(&[job("own", "b a", "s r", "")], &none());
    assert_eq!(batch.chunks()[0].state, ChunkState::Started("own".to_owned()));
}

#[test]
fn table_of_a_repetition_shows_failed_items_and_counts_the_others() {
    let mut batch = batch();
    batch.next_to_send(2);
    batch.finish(0, Outcome::Started("own".to_owned()));
    let mut table = KeyTable::new(&batch);
    let items = r#""1/r":"Success","1/s":"failed","2/r":"Success","2/s":"Success""#;
    table.read(&batch, 0, &job("own", "a b", "r s", items));
    assert_eq!(table.job(0).foreign_items, 1);
    assert_eq!(table.failed(), ["1/s"]);
    assert_eq!(table.items().len(), 4);
    assert_eq!(batch.title(), "AWS key synchronizations again: 4 failed regions");
    let [first, second] = batch.chunks() else { panic!("two starts") };
    assert_eq!(batch.effect_of(first), "Synchronizes 4 regions, 3 regions of which failed.");
    assert_eq!(batch.effect_of(second), "Synchronizes 1 region.");
    assert_eq!((first.item_count(), batch.keys_to_destroy()), (4, 0));
}

#[test]
fn load_of_a_saved_repetition_same_batch_and_no_other_text() {
    let mut batch = batch().bound_to("here".to_owned());
    batch.next_to_send(2);
    batch.finish(1, Outcome::Started("own".to_owned()));
    let (text, keys) = (batch.save(), batch.save_keys());
    let back = Batch::load(&text, &keys).unwrap();
    assert_eq!((back.save(), back.save_keys()), (text.clone(), keys.clone()));
    assert!(back.is_repetition() && back.is_bound_to("here"));
    assert_eq!(back.repeated_job(), Some("failed-job"));
    // Before this version, the job was not saved.
    let older = Batch::load(&text.replace(r#""repeated":"failed-job","#, ""), &keys).unwrap();
    assert!(older.is_repetition() && older.save_keys() == keys);
    assert_eq!(older.repeated_job(), None);
    let keys_of_no_job = Batch::plan(Task::default(), names("a b"), 1);
    assert_eq!(keys_of_no_job.repeated_job(), None);
    assert_eq!(back.chunks()[0].scope, batch.chunks()[0].scope);
    assert_eq!(back.chunks()[0].keys, names("1/r 1/s 2/r"));
    assert_eq!(back.chunks()[0].state, ChunkState::Lost, "it may have been started");
    // Whatever else the storage holds starts nothing.
    for (text, keys) in [
        (text.clone(), r#"["a","b"]"#.to_owned()),
        (text.clone(), keys.replace("3/r", "1/r")),
        (text.clone(), keys.replace("3/r", " ")),
        (text.clone(), keys.replace(r#""regions":["r"]"#, r#""regions":[]"#)),
        (text.replace("aws/synchronization-jobs", "aws/bulkjob"), keys.clone()),
        (text.replace("aws/synchronization-jobs", "nothing"), keys.clone()),
        (text.replace(r#""family":"aws/synchronization-jobs","#, ""), keys.clone()),
        (text.replace("lost\",", ""), keys),
    ] {
        assert_eq!(Batch::load(&text, &keys), None, "{text} {keys}");
    }
    let families = FAMILIES.iter().filter(|family| can_repeat(family));
    let paths: Vec<&str> = families.map(|family| family.path).collect();
    assert_eq!(paths, ["aws/synchronization-jobs", "aws/custom-key-stores/synchronization-jobs"]);
}
