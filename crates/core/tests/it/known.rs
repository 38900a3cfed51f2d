//! What is known of a job only moves forward, whatever order the answers of a cluster's nodes arrive in.

use std::time::Duration;

use cckm_core::api::{decode, requests};
use cckm_core::batch::{KeyTable, Outcome};
use cckm_core::family::Family;
use cckm_core::job::Job;
use cckm_core::job::page::JobPage;
use cckm_core::job::status::JobStatus::{self, Cancelled, Cancelling, Completed, Failed, Running};
use cckm_core::list::envelope::{Finding, findings};
use cckm_core::list::job_row::JobRow;
use cckm_core::poll::retry_missing;
use cckm_core::route::JobListRoute;
use proptest::prelude::*;

use crate::support::batch::{keys, ready};

/// A job with this status and `abort`, last updated in the second `updated`.
fn job(status: &str, abort: bool, updated: Option<u8>) -> Job {
    let updated = updated.map(|at| format!(r#","updatedAt":"2026-11-20T09:00:{at:02}Z""#));
    let updated = updated.unwrap_or_default();
    let body = format!(r#"{{"id":"j","overall_status":"{status}","abort":{abort}{updated}}}"#);
    decode::job(body.as_bytes()).unwrap()
}

/// The status after each of `answers`: as the job page, the list, a row and a batch know it, which must agree.
fn statuses(answers: &[Job]) -> Vec<JobStatus> {
    let family = Family::by_path("aws/bulkjob").unwrap();
    let mut batch = ready(keys(1), 1);
    batch.next_to_send(1);
    batch.finish(0, Outcome::Started("j".to_owned()));
    let mut table = KeyTable::new(&batch);
    let mut known = None::<Job>;
    let mut row = None::<JobRow>;
    let mut page = JobPage::default();
    answers
        .iter()
        .map(|answer| {
            known = Some(match &known {
                Some(known) => known.updated_by(answer.clone()),
                None => answer.clone(),
            });
            match &mut row {
                Some(row) => row.update(JobRow::new(answer, family)),
                None => row = Some(JobRow::new(answer, family)),
            }
            page = page.updated_by(JobPage { jobs: vec![answer.clone()], ..JobPage::default() });
            assert_eq!(page.jobs.first(), known.as_ref());
            table.read(&batch, 0, answer);
            let status = known.as_ref().unwrap().status();
            assert_eq!(row.as_ref().unwrap().status, status);
            assert_eq!(table.job(0).status, Some(status));
            status
        })
        .collect()
}

#[test]
fn status_after_an_older_answer_does_not_go_back() {
    let (run, done) = ("in_progress", "completed");
    for (answers, expected) in [
        // The next answer is from a node that does not know of the cancellation yet.
        (
            &[
                (run, false, Some(1)),
                (run, true, Some(2)),
                (run, false, Some(1)),
                (done, false, Some(3)),
            ][..],
            &[Running, Cancelling, Cancelling, Cancelled][..],
        ),
        // Without `updatedAt`.
        (
            &[(run, true, None), (run, false, None), (done, false, None)],
            &[Cancelling, Cancelling, Cancelled],
        ),
        // A cancellation that only an older answer reports is not lost.
        (&[(run, false, Some(5)), (run, true, Some(4))], &[Running, Cancelling]),
        (&[(done, false, Some(2)), (run, false, Some(1))], &[Completed, Completed]),
        (&[(done, false, None), (run, false, None)], &[Completed, Completed]),
        (&[("failed", false, Some(2)), (run, false, Some(2))], &[Failed, Failed]),
        // The clocks of the nodes differ: the job ended, whatever time its node gives.
        (&[(run, false, Some(5)), (done, false, Some(3))], &[Running, Completed]),
        (&[(done, false, Some(2)), (run, false, Some(3))], &[Completed, Completed]),
        (&[("failed", false, Some(3)), (done, false, Some(2))], &[Failed, Failed]),
        // A status that the console does not know may be one of a running job.
        (&[("paused", false, None), (run, false, None)], &[JobStatus::Unknown, Running]),
    ] {
        let answers: Vec<Job> =
            answers.iter().map(|&(status, abort, at)| job(status, abort, at)).collect();
        assert_eq!(statuses(&answers), expected);
    }
}

/// The list of running jobs, answered by a node that does not know yet that one of them has ended.
#[test]
fn list_after_an_older_answer_keeps_what_is_known_and_does_not_blame_the_filter() {
    let family = Family::by_path("aws/bulkjob").unwrap();
    let request = requests::list(&JobListRoute::of_status(family, "in_progress"));
    let page = |rows: &[(&str, &str)]| {
        let row =
            |(id, status): &(&str, &str)| format!(r#"{{"id":"{id}","overall_status":"{status}"}}"#);
        let rows = rows.iter().map(row).collect::<Vec<_>>().join(",");
        decode::job_page(format!(r#"{{"resources":[null,{rows}]}}"#).as_bytes()).unwrap()
    };
    let known = page(&[("a", "completed"), ("b", "in_progress"), ("gone", "in_progress")]);
    let answer = page(&[("new", "in_progress"), ("b", "in_progress"), ("a", "in_progress")]);
    let after = known.updated_by(answer);
    assert_eq!(after.ids(), ["new", "b", "a"]);
    let statuses: Vec<JobStatus> = after.jobs.iter().map(Job::status).collect();
    assert_eq!(statuses, [Running, Running, Completed]);
    assert!(matches!(findings(&after, &request, family)[..], [Finding::Unreadable(_)]));
    assert_eq!(findings(&known, &request, family)[0], Finding::NotFiltered(vec![0]));
}

#[test]
fn abort_that_a_later_answer_does_not_report_is_remembered_and_members_stay_as_received() {
    let known = job("in_progress", true, None).updated_by(job("in_progress", false, None));
    assert!(known.is_abort_requested() && known.is_abort_remembered());
    assert_eq!(known.raw("abort"), Some("false"));
    assert!(!job("in_progress", true, None).is_abort_remembered());
}

proptest! {
    /// Whatever `updatedAt` the answers have, the status never goes back; and a cancellation never ends.
    #[test]
    fn status_after_any_answers_never_goes_back(
        answers in proptest::collection::vec(
            (
                proptest::sample::select(vec!["in_progress", "completed", "failed", "error", "paused"]),
                any::<bool>(),
                proptest::option::of(0..60_u8),
            ),
            1..20,
        ),
    ) {
        let jobs: Vec<Job> = answers.iter().map(|&(status, abort, at)| job(status, abort, at)).collect();
        let statuses = statuses(&jobs);
        for pair in statuses.windows(2) {
            prop_assert!(pair[0].order() <= pair[1].order(), "{pair:?}");
            prop_assert!(!(pair[0] == Cancelling && pair[1] == Running), "{pair:?}");
            prop_assert!(!(pair[0] == Cancelled && pair[1] == Completed), "{pair:?}");
        }
    }

    /// The last state is the same in whatever order the answers arrive, if each has its own `updatedAt`.
    #[test]
    fn status_after_answers_in_any_order_is_that_of_the_latest(
        answers in Just((0..6u8).collect::<Vec<u8>>()).prop_shuffle(),
        aborted_at in 0..8u8,
    ) {
        let jobs: Vec<Job> = answers
            .iter()
            .map(|&at| job(if at < 5 { "in_progress" } else { "completed" }, at >= aborted_at, Some(at)))
            .collect();
        let expected = if aborted_at <= 5 { Cancelled } else { Completed };
        let statuses = statuses(&jobs);
        prop_assert_eq!(statuses.last(), Some(&expected));
    }
}

#[test]
fn job_that_is_known_to_exist_is_missing_for_half_a_minute_before_it_is_gone() {
    let waits: Vec<Duration> = (1..).map_while(retry_missing).collect();
    assert!(waits.is_sorted() && waits.iter().sum::<Duration>() == Duration::from_secs(31));
    assert_eq!(retry_missing(0), None);
    assert_eq!(retry_missing(u32::MAX), None);
}

#[test]
fn job_of_a_batch_that_is_missing_is_requested_again_until_it_is_gone() {
    let mut batch = ready(keys(1), 1);
    batch.next_to_send(1);
    batch.finish(0, Outcome::Started("j".to_owned()));
    let mut table = KeyTable::new(&batch);
    assert!(table.missing(0).is_some());
    assert_eq!((table.job(0).misses, table.job(0).error), (1, None));
    table.read(&batch, 0, &job("in_progress", false, None));
    assert_eq!(table.job(0).misses, 0);
    let waits = (0..9).filter_map(|_| table.missing(0)).count();
    assert_eq!(waits, 5);
}
