//! A page of a list held against its request and against itself.
#![allow(clippy::unwrap_used)]

use cckm_core::api::{decode, requests};
use cckm_core::family::Family;
use cckm_core::list::envelope::{Finding, findings};
use cckm_core::route::JobListRoute;

/// The findings about `body` as the answer to the list of `path` from `skip` on, with `filter`: its name and its values.
fn check(path: &str, filter: Option<(&str, &str)>, skip: usize, body: &str) -> Vec<Finding> {
    let family = Family::by_path(path).unwrap();
    let mut route = JobListRoute { skip, ..JobListRoute::new(family) };
    if let Some((name, values)) = filter {
        let values: Vec<String> = values.split(' ').map(str::to_owned).collect();
        route = JobListRoute { skip, ..route.with_filter(name, &values) };
    }
    findings(&decode::job_page(body.as_bytes()).unwrap(), &requests::list(&route), family)
}

#[test]
fn contradictions_of_a_page_are_found() {
    const BULK: &str = "aws/bulkjob";
    let failed = Some(("overall_status", "failed"));
    let two = r#""resources":[{"id":"a","overall_status":"failed"},{"id":"b","overall_status":"Completed"}]"#;
    for (filter, skip, members, expected) in [
        (None, 0, r#""skip":0,"total":2,"#, vec![]),
        (None, 0, "", vec![]),
        (None, 0, r#""total":0,"#, vec![Finding::TotalTooSmall(0, 2)]),
        (None, 20, r#""total":21,"#, vec![Finding::TotalTooSmall(21, 22)]),
        (None, 20, r#""skip":0,"total":22,"#, vec![Finding::OtherPosition]),
        (failed, 0, "", vec![Finding::NotFiltered(vec![1])]),
        (Some(("overall_status", "FAILED")), 0, "", vec![Finding::NotFiltered(vec![1])]),
        (Some(("id", "b")), 0, "", vec![Finding::NotFiltered(vec![0])]),
        // An array filter: each job has one of the ids.
        (Some(("id", "c b")), 0, "", vec![Finding::NotFiltered(vec![0])]),
        (Some(("id", "b a")), 0, "", vec![]),
        // An id may be asked for where the job reports a name.
        (Some(("cloud", "x")), 0, "", vec![]),
    ] {
        let body = format!("{{{members}{two}}}");
        assert_eq!(check(BULK, filter, skip, &body), expected, "{filter:?} {skip} {members}");
    }
    let run = r#"{"resources":[{"id":"a","status":"completed"},{"id":"b","status":"aborted"}]}"#;
    let found = check("scheduler/jobs", Some(("job_status", "aborted")), 0, run);
    assert_eq!(found, [Finding::NotFiltered(vec![0])]);
    let found = check(BULK, None, 0, r#"{"resources":[{"id":"a"},null,7]}"#);
    let null_and_seven = vec!["null".to_owned(), "7".to_owned()];
    assert_eq!(found, [Finding::Unreadable(null_and_seven)]);
}

#[test]
fn finding_is_a_sentence() {
    let elements = |count: usize| Finding::Unreadable(vec!["7".to_owned(); count]);
    for (finding, text) in [
        (
            Finding::TotalTooSmall(0, 20),
            "The server counts 0 jobs, but has sent 20. Its number is not used.",
        ),
        (
            Finding::NotFiltered(vec![3]),
            "The server ignores a filter: 1 job does not match it, as marked.",
        ),
        (elements(1), "1 entry is no job and not shown: 7"),
        (elements(4), "4 entries are no jobs and not shown: 7, 7, 7, …"),
    ] {
        assert_eq!(finding.text(), text);
    }
}
