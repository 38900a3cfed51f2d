//! The merged list with servers that repeat, cut or mix up their answers: the reading ends, and nothing is lost silently.
#![allow(clippy::unwrap_used)]

use std::cell::RefCell;
use std::collections::BTreeSet;

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::job::outcome::{Outcome, OutcomeFilter};
use cckm_core::list::merge::{Merge, RangeRequest};
use proptest::prelude::*;

use crate::support::never_stuck;

/// Reads all lists from `answer` and returns the number of requests. At most `max` are sent.
fn read_from(merge: &mut Merge, max: usize, answer: impl Fn(&RangeRequest) -> String) -> usize {
    let mut count = 0;
    while let Some(request) = merge.next_request(usize::MAX, 1) {
        count += 1;
        assert!(count <= max, "the reading ends");
        merge.receive(
            &request,
            &decode::job_page(answer(&request).as_bytes()).unwrap(),
            never_stuck(),
        );
    }
    count
}

const FAILED: Option<OutcomeFilter> = Some(OutcomeFilter::One(Outcome::Failed));

fn one_list(path: &str, filter: Option<OutcomeFilter>) -> Merge {
    Merge::new(Family::by_path(path), filter)
}

#[test]
fn list_that_sends_the_same_jobs_again_and_again_ends_and_is_reported() {
    let with_ids: Vec<String> = (0..10).map(|at| format!(r#"{{"id":"{at}"}}"#)).collect();
    let without_ids = vec![r#"{"overall_status":"completed"}"#.to_owned(); 10];
    for path in ["aws/bulkjob", "aws/synchronization-jobs"] {
        for rows in [&with_ids, &without_ids] {
            for members in [r#""skip":0,"limit":10,"#, r#""total":46,"#, ""] {
                let mut merge = one_list(path, None);
                let rows = rows.join(",");
                read_from(&mut merge, 12, |_| format!(r#"{{{members}"resources":[{rows}]}}"#));
                let context = format!("{path} {members} {rows:.20}");
                assert_eq!(emitted_keys(&mut merge), 10, "{context}");
                assert_eq!(merge.inconsistent().count(), 1, "{context}");
            }
        }
    }
}

#[test]
fn list_that_is_too_long_to_read_is_reported() {
    let others = vec!["null"; 999_999].join(",");
    for (total, reported) in [(1_000_000, 0), (2_000_000, 1)] {
        let mut merge = one_list("aws/bulkjob", None);
        read_from(&mut merge, 1, |_| {
            format!(r#"{{"total":{total},"resources":[{{"id":"a"}},{others}]}}"#)
        });
        assert!(merge.is_complete());
        assert_eq!(merge.inconsistent().count(), reported, "{total}");
    }
}

fn emitted_keys(merge: &mut Merge) -> usize {
    merge.emit(usize::MAX);
    merge.rows(0, usize::MAX).count()
}

#[test]
fn list_whose_server_cuts_answers_silently_is_read_completely() {
    for path in ["aws/bulkjob", "aws/synchronization-jobs"] {
        for members in [r#""limit":100,"#, "", r#""total":46,"#] {
            let mut merge = one_list(path, None);
            let requests = read_from(&mut merge, 10, |request| {
                let ids = (request.skip..46).take(10).map(|at| format!(r#"{{"id":"{at}"}}"#));
                format!(r#"{{{members}"resources":[{}]}}"#, ids.collect::<Vec<_>>().join(","))
            });
            assert_eq!((emitted_keys(&mut merge), merge.total()), (46, Some(46)), "{members}");
            assert!(requests <= 7, "{requests} requests");
            assert_eq!(merge.inconsistent().count(), 0);
        }
    }
}

#[test]
fn jobs_of_other_outcomes_are_not_shown() {
    let mut merge = one_list("aws/bulkjob", FAILED);
    read_from(&mut merge, 3, |_| {
        let rows =
            r#"{"id":"a","overall_status":"completed"},{"id":"b","overall_status":"Failed"}"#;
        format!(r#"{{"total":2,"resources":[{rows}]}}"#)
    });
    assert_eq!(emitted_keys(&mut merge), 1);
}

#[test]
fn elements_that_are_no_jobs_are_counted() {
    let mut merge = one_list("aws/bulkjob", None);
    let body = r#"{"total":3,"resources":[null,{"id":"a"},7]}"#;
    read_from(&mut merge, 3, |_| body.to_owned());
    assert_eq!(emitted_keys(&mut merge), 1);
    assert_eq!(merge.unreadable().map(|(_, count)| count).collect::<Vec<_>>(), [2]);
}

/// Reads the list of `elements`, of which the server sends `max_rows` at most, and returns the number of jobs with an
/// id, that of elements that are no jobs, and that of requests.
fn read_elements(path: &str, elements: &[&str], max_rows: usize, has_total: bool) -> [usize; 3] {
    let mut merge = one_list(path, None);
    let total = if has_total { format!(r#""total":{},"#, elements.len()) } else { String::new() };
    let requests = read_from(&mut merge, 3 * elements.len() + 3, |request| {
        let count = request.limit.min(max_rows);
        let sent: Vec<&str> = elements.iter().skip(request.skip).take(count).copied().collect();
        format!(r#"{{{total}"resources":[{}]}}"#, sent.join(","))
    });
    merge.emit(usize::MAX);
    assert_eq!(merge.inconsistent().count(), 0, "{elements:?} by {max_rows}");
    let jobs = merge.rows(0, usize::MAX).count();
    let unreadable = merge.unreadable().map(|(_, count)| count).sum();
    [jobs, unreadable, requests]
}

/// The element at the end of a range proves nothing about the next one if it is no job or has no id.
#[test]
fn list_with_elements_that_are_no_jobs_or_have_no_id_anywhere_is_read_once_and_completely() {
    const JOBS: [&str; 6] = [
        r#"{"id":"a"}"#,
        r#"{"id":"b"}"#,
        r#"{"id":"c"}"#,
        r#"{"id":"d"}"#,
        r#"{"id":"e"}"#,
        r#"{"id":"f"}"#,
    ];
    for path in ["aws/bulkjob", "aws/synchronization-jobs"] {
        // Each element is a job with an id, one without, or none; the first and the last are jobs.
        for pattern in 0..3_usize.pow(4) {
            let kinds: Vec<usize> = (0..4).map(|at| pattern / 3_usize.pow(at) % 3).collect();
            let mut elements = vec![JOBS[0]];
            elements
                .extend(kinds.iter().zip(&JOBS[1..]).map(|(kind, job)| [job, "{}", "null"][*kind]));
            elements.push(JOBS[5]);
            let unreadable = kinds.iter().filter(|kind| **kind == 2).count();
            // Two ranges of the same elements without an id cannot be told from one that is repeated.
            let max_rows = if kinds.contains(&1) { 3..7 } else { 1..7 };
            for (max_rows, has_total) in max_rows.flat_map(|max| [(max, true), (max, false)]) {
                let [jobs, counted, requests] = read_elements(path, &elements, max_rows, has_total);
                let context = format!("{elements:?} by {max_rows}");
                assert_eq!((jobs, counted), (6 - unreadable, unreadable), "{context}");
                assert!(requests <= 7, "{requests} requests: {context}");
            }
        }
    }
}

#[test]
fn list_of_elements_that_are_no_jobs_without_an_end_ends_and_is_reported() {
    let mut merge = one_list("aws/bulkjob", None);
    let body = r#"{"total":1000000000,"resources":[null,7,null]}"#;
    let requests = read_from(&mut merge, 12, |_| body.to_owned());
    assert!(requests > 5, "{requests} requests");
    assert_eq!((emitted_keys(&mut merge), merge.inconsistent().count()), (0, 1));
}

/// The nodes of a cluster lag: the list is read again, and what the first node sent stays.
#[test]
fn jobs_that_a_list_sent_stay_while_it_is_read_again() {
    let mut merge = one_list("aws/bulkjob", None);
    let count = std::cell::Cell::new(0);
    read_from(&mut merge, 9, |_| {
        let rows = [r#"{"id":"a"},{"id":"b"}"#, r#"{"id":"c"}"#, r#"{"id":"c"},{"id":"d"}"#];
        let rows = rows[count.get().min(2)];
        count.set(count.get() + 1);
        format!(r#"{{"total":3,"resources":[{rows}]}}"#)
    });
    assert_eq!(emitted_keys(&mut merge), 4);
}

/// A server that may break every rule of the list API.
#[derive(Clone, Debug)]
struct Hostile {
    jobs: usize,
    /// The largest number of rows in an answer.
    max_rows: usize,
    total: Option<usize>,
    echoes_limit: bool,
    ignores_position: bool,
    /// Whether every third row has no id, and every fifth element is no job.
    has_odd_rows: bool,
}

impl Hostile {
    fn is_failed(at: usize) -> bool {
        at % 3 == 1
    }

    /// The answer to `request`, and the ids of the jobs in it.
    fn answer(&self, request: &RangeRequest) -> (String, Vec<usize>) {
        let listed = 0..self.jobs;
        let skip = if self.ignores_position { 0 } else { request.skip };
        let rows: Vec<usize> = listed.skip(skip).take(request.limit.min(self.max_rows)).collect();
        let row = |&at: &usize| {
            let status = if Self::is_failed(at) { "FAILED" } else { "completed" };
            match at {
                _ if self.has_odd_rows && at % 5 == 4 => "null".to_owned(),
                _ if self.has_odd_rows && at % 3 == 2 => {
                    format!(r#"{{"overall_status":"{status}"}}"#)
                }
                _ => format!(r#"{{"id":"{at}","overall_status":"{status}"}}"#),
            }
        };
        let resources: Vec<String> = rows.iter().map(row).collect();
        let total = self.total.map_or(String::new(), |total| format!(r#""total":{total},"#));
        let limit = if self.echoes_limit {
            format!(r#""limit":{},"#, request.limit)
        } else {
            String::new()
        };
        let body = format!(r#"{{{total}{limit}"resources":[{}]}}"#, resources.join(","));
        let has_id = |at: &usize| !(self.has_odd_rows && (at % 5 == 4 || at % 3 == 2));
        (body, rows.into_iter().filter(has_id).collect())
    }
}

fn hostile() -> impl Strategy<Value = Hostile> {
    let total = prop_oneof![Just(None), (0..90_usize).prop_map(Some)];
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (0..60_usize, 1..25_usize, total, flags).prop_map(|(jobs, max_rows, total, flags)| Hostile {
        jobs,
        max_rows,
        total,
        echoes_limit: flags.0,
        ignores_position: flags.1,
        has_odd_rows: flags.2,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the server does: every wanted job that it sent is shown, once; no other is; and the reading ends.
    #[test]
    fn hostile_list_ends_and_loses_and_invents_nothing(
        server in hostile(), filters in any::<bool>(), sorts in any::<bool>(),
    ) {
        let filter = FAILED.filter(|_| filters);
        let mut merge = one_list(if sorts { "aws/bulkjob" } else { "aws/synchronization-jobs" }, filter);
        let sent = RefCell::new(BTreeSet::new());
        read_from(&mut merge, 6 * server.jobs + 12, |request| {
            let (body, ids) = server.answer(request);
            sent.borrow_mut().extend(ids);
            body
        });
        merge.emit(usize::MAX);
        let mut shown: Vec<usize> = merge
            .rows(0, usize::MAX)
            .filter_map(|row| row.id.as_deref()?.parse().ok())
            .collect();
        shown.sort_unstable();
        let wanted = |at: &usize| !filters || Hostile::is_failed(*at);
        let sent: Vec<usize> = sent.into_inner().into_iter().filter(wanted).collect();
        prop_assert_eq!(shown, sent);
    }
}
