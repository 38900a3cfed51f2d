//! The merged list with servers that repeat, cut or mix up their answers: the reading ends, and nothing is lost silently.
#![allow(clippy::unwrap_used)]

use cckm_core::api::decode;
use cckm_core::family::Family;
use cckm_core::list::merge::{Merge, RangeRequest};

/// Reads all lists from `answer` and returns the number of requests. At most `max` are sent.
fn read_from(merge: &mut Merge, max: usize, answer: impl Fn(&RangeRequest) -> String) -> usize {
    let mut count = 0;
    while let Some(request) = merge.next_request(usize::MAX, 1) {
        count += 1;
        assert!(count <= max, "the reading ends");
        merge.receive(&request, &decode::job_page(answer(&request).as_bytes()).unwrap());
    }
    count
}

fn one_list(path: &str, status: &str) -> Merge {
    Merge::new(Family::by_path(path), status)
}

#[test]
fn list_that_sends_the_same_jobs_again_and_again_ends_and_is_reported() {
    let with_ids: Vec<String> = (0..10).map(|at| format!(r#"{{"id":"{at}"}}"#)).collect();
    let without_ids = vec![r#"{"overall_status":"completed"}"#.to_owned(); 10];
    for path in ["aws/bulkjob", "aws/synchronization-jobs"] {
        for rows in [&with_ids, &without_ids] {
            for members in [r#""skip":0,"limit":10,"#, r#""total":46,"#, ""] {
                let mut merge = one_list(path, "");
                let rows = rows.join(",");
                read_from(&mut merge, 12, |_| format!(r#"{{{members}"resources":[{rows}]}}"#));
                let context = format!("{path} {members} {rows:.20}");
                assert_eq!(emitted_keys(&mut merge), 10, "{context}");
                assert_eq!(merge.inconsistent().count(), 1, "{context}");
            }
        }
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
            let mut merge = one_list(path, "");
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
fn jobs_of_a_list_that_ignores_the_status_filter_are_filtered_here() {
    let mut merge = one_list("aws/bulkjob", "failed");
    read_from(&mut merge, 3, |_| {
        let rows =
            r#"{"id":"a","overall_status":"completed"},{"id":"b","overall_status":"Failed"}"#;
        format!(r#"{{"total":2,"resources":[{rows}]}}"#)
    });
    assert_eq!(emitted_keys(&mut merge), 1);
    assert_eq!(merge.filtered_locally().count(), 1);
}

#[test]
fn elements_that_are_no_jobs_are_counted() {
    let mut merge = one_list("aws/bulkjob", "");
    let body = r#"{"total":3,"resources":[null,{"id":"a"},7]}"#;
    read_from(&mut merge, 3, |_| body.to_owned());
    assert_eq!(emitted_keys(&mut merge), 1);
    assert_eq!(merge.unreadable().map(|(_, count)| count).collect::<Vec<_>>(), [2]);
}
