//! The steps of a batch: when it searches the server's jobs, and when it sends.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::time::Duration;

use cckm_core::api::error::ApiError;
use cckm_core::batch::{Batch, ChunkState, NewestJobs, Outcome, Sender, Step};
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::Job;
use cckm_core::job::page::JobPage;

use crate::support::batch::{at, enable, job, keys, none, ready};

const LATE: &str = "2026-11-21T10:01:00Z";

fn unreachable() -> Result<NewestJobs, ApiError> {
    Err(ApiError::Unreachable { detail: String::new() })
}

fn found(jobs: Vec<Job>) -> NewestJobs {
    let mut newest = NewestJobs::back_to(LATE.parse::<Timestamp>().ok());
    let total = Some(jobs.len());
    newest.push(page(jobs, total), None);
    newest
}

fn page(jobs: Vec<Job>, total: Option<usize>) -> JobPage {
    let total = total.map(|total| format!(r#""total":{total},"#));
    let body = format!(r#"{{{}"resources":[]}}"#, total.unwrap_or_default());
    JobPage { jobs, ..cckm_core::api::decode::job_page(body.as_bytes()).unwrap() }
}

#[test]
fn next_step_from_baseline_to_duplicates() {
    let mut batch = Batch::plan(enable(), keys(2), 1);
    let mut sender = Sender::default();
    assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
    assert_eq!(sender.next_step(&mut batch), None, "one search at a time");
    assert!(!sender.is_idle(&batch));
    let no_jobs = Ok(found(Vec::new()));
    assert_eq!(sender.searched(&mut batch, &no_jobs, &none(), at(0)), None);
    for index in [0, 1] {
        assert_eq!(sender.next_step(&mut batch), Some(Step::Send(index)));
    }
    assert_eq!(sender.next_step(&mut batch), None);
    batch.finish(0, Outcome::Started("a".to_owned()));
    assert_eq!(sender.next_step(&mut batch), None);
    batch.finish(1, Outcome::Started("b".to_owned()));
    assert_eq!(sender.next_step(&mut batch), Some(Step::Search), "duplicates");
    let twice = Ok(found(vec![job("copy", "enablekey", &keys(1), LATE)]));
    assert_eq!(sender.searched(&mut batch, &twice, &none(), at(0)), None);
    assert_eq!(batch.chunks()[0].duplicates, ["copy"]);
    assert_eq!(sender.next_step(&mut batch), None);
    assert!(sender.is_idle(&batch));
    sender.reset();
    assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
}

/// Elements that are no jobs do not end a search: the job may come after them.
#[test]
fn search_over_a_page_without_jobs_continues() {
    let mut newest = NewestJobs::back_to(LATE.parse::<Timestamp>().ok());
    let nulls = || cckm_core::api::decode::job_page(br#"{"resources":[null,7]}"#).unwrap();
    assert!(!newest.push(nulls(), None));
    assert!(!newest.push(page(vec![job("a", "enablekey", &keys(1), LATE)], None), None));
    assert_eq!((newest.jobs.len(), newest.read), (1, 3));
    let ends = (0..30).position(|_| newest.push(nulls(), None));
    assert_eq!((ends, newest.is_complete), (Some(19), false), "the search ends");
}

#[test]
fn searched_lost_start_repeated_once_then_unknown() {
    let mut batch = ready(keys(1), 1);
    let mut sender = Sender::default();
    assert_eq!(sender.next_step(&mut batch), Some(Step::Send(0)));
    batch.finish(0, Outcome::Lost);
    assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
    let no_jobs = Ok(found(Vec::new()));
    let wait = sender.searched(&mut batch, &no_jobs, &none(), at(0));
    assert_eq!(wait, Some(Duration::from_secs(3)));
    assert_eq!(sender.next_step(&mut batch), None, "the wait is not over");
    sender.repeat();
    assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
    let own = HashSet::from(["a".to_owned()]);
    let of_another = Ok(found(vec![job("a", "enablekey", &keys(1), LATE)]));
    assert_eq!(sender.searched(&mut batch, &of_another, &own, at(0)), None);
    assert_eq!(batch.chunks()[0].state, ChunkState::Unknown);
    assert!(batch.pause_reason().is_some() && sender.is_idle(&batch));
}

#[test]
fn searched_failing_search_retried_then_paused() {
    let mut batch = Batch::plan(enable(), keys(1), 1);
    let mut sender = Sender::default();
    for wait in [1, 2, 4] {
        assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
        let next = sender.searched(&mut batch, &unreachable(), &none(), at(0));
        assert_eq!(next, Some(Duration::from_secs(wait)));
        sender.repeat();
    }
    assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
    assert_eq!(sender.searched(&mut batch, &unreachable(), &none(), at(0)), None);
    assert!(batch.pause_reason().is_some(), "nothing is sent without a baseline");
    assert_eq!(sender.next_step(&mut batch), None);

    let mut finished = ready(keys(1), 1);
    finished.next_to_send(1);
    finished.finish(0, Outcome::Started("a".to_owned()));
    let mut sender = Sender::default();
    assert_eq!(sender.next_step(&mut finished), Some(Step::Search));
    let signed_out = Err(ApiError::SignedOut);
    assert_eq!(sender.searched(&mut finished, &signed_out, &none(), at(0)), None);
    assert_eq!(finished.pause_reason(), None, "all jobs are started");
}

#[test]
fn newest_jobs_read_back_to_the_start() {
    let jobs = |count: usize, created| -> Vec<Job> {
        (0..count).map(|at| job(&format!("j{at}"), "enablekey", &[], created)).collect()
    };
    let (old, since) = ("2026-11-21T09:00:00Z", "2026-11-21T10:00:30Z");
    for (jobs, total, is_last, why) in [
        (jobs(50, LATE), Some(51), false, "one more job"),
        (jobs(50, LATE), Some(50), true, "all jobs"),
        (jobs(50, LATE), None, false, "a full page without a total"),
        (jobs(49, LATE), None, false, "a short page without a total: the server may have cut it"),
        (jobs(0, LATE), Some(51), true, "an empty page"),
        (jobs(50, old), Some(99), true, "jobs older than the batch"),
    ] {
        let mut newest = NewestJobs::back_to(since.parse::<Timestamp>().ok());
        assert_eq!(newest.push(page(jobs, total), None), is_last, "{why}");
    }
    let mut endless = NewestJobs::back_to(None);
    let mut page_of = |at: usize| {
        let ids = at * 1_000..(at + 1) * 1_000;
        let jobs = ids.map(|id| job(&format!("other {id}"), "enablekey", &[], LATE));
        endless.push(page(jobs.collect(), Some(99_999)), None)
    };
    assert!((0..19).all(|at| !page_of(at)) && page_of(19), "20,000 jobs at most");
    assert_eq!((endless.read, endless.is_complete), (20_000, false));
    let mut repeated = NewestJobs::back_to(None);
    assert!(!repeated.push(page(jobs(50, LATE), Some(9_999)), None));
    assert!(repeated.push(page(jobs(50, LATE), Some(9_999)), None), "the same jobs again");
    assert!(!repeated.is_complete && repeated.jobs.len() == 50);
}

/// A server may cut its pages, so that the job comes after many of them.
#[test]
fn newest_jobs_in_short_pages_of_an_unsorted_list_read_to_the_end() {
    let old = "2026-11-20T10:00:00Z";
    let family = Family::by_path("aws/synchronization-jobs").unwrap();
    let batch = Batch::repeat(family, "x", Vec::new());
    let mut newest = NewestJobs::of(&batch);
    let clock = LATE.parse::<Timestamp>().ok();
    let mut page_of = |at: usize| {
        let created = if at == 49 { LATE } else { old };
        let ids = at * 10..(at + 1) * 10;
        let jobs = ids.map(|id| job(&format!("job {id}"), "enablekey", &[], created)).collect();
        newest.push(page(jobs, None), clock)
    };
    assert!((0..50).all(|at| !page_of(at)));
    assert!(newest.push(page(Vec::new(), None), clock));
    assert_eq!((newest.read, newest.is_complete), (500, true));
    assert_eq!(newest.jobs.len(), 10, "jobs older than the batch are not kept");
    assert!(newest.jobs.iter().all(|job| job.created_at() == clock));
}

/// A job has up to 100,000 items, and a search reads up to 20,000 jobs.
#[test]
fn newest_jobs_keep_only_what_is_compared() {
    let body = format!(
        r#"{{"resources":[{{"id":"j","createdAt":"{LATE}","operation":"o","keys":["k"],"kms":["m"],"regions":["r"],
            "detailed_status":{{"k":"failed"}},"overall_status":"failed","more":"m"}},
            {{"id":"k","createdAt":"{LATE}","detailed_status":"no object"}}],"total":2}}"#
    );
    let mut newest = NewestJobs::back_to(LATE.parse::<Timestamp>().ok());
    assert!(newest.push(cckm_core::api::decode::job_page(body.as_bytes()).unwrap(), None));
    let names: Vec<&str> = newest.jobs[0].members.iter().map(|member| &*member.name).collect();
    assert_eq!(names, ["id", "createdAt", "operation", "keys", "kms", "regions"]);
    assert!(newest.jobs.iter().all(|job| job.items.is_empty() && job.unexpected_detail.is_none()));
}

#[test]
fn searched_list_not_read_to_its_end_pause_says_so() {
    let mut batch = ready(keys(1), 1);
    let mut sender = Sender::default();
    batch.next_to_send(1);
    batch.finish(0, Outcome::Lost);
    let mut newest = NewestJobs::of(&batch);
    let jobs = || vec![job("other", "enablekey", &keys(2), LATE)];
    assert!(!newest.push(page(jobs(), Some(7)), None) && newest.push(page(jobs(), Some(7)), None));
    for _ in 0..2 {
        assert_eq!(sender.next_step(&mut batch), Some(Step::Search));
        sender.searched(&mut batch, &Ok(newest.clone()), &none(), at(0));
        sender.repeat();
    }
    let why = &batch.pause_reason().unwrap().problem.explanation;
    assert!(why.contains("could not be read to its end: 2 jobs were read"), "{why}");
}
