//! The list of all jobs: what is requested, what stays on screen, and which failures are shown.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;
use cckm_core::family::Family;
use cckm_core::format::time::Timestamp;
use cckm_core::job::outcome::{Outcome, OutcomeFilter};
use cckm_core::list::all_jobs::{
    AllJobs, FailureGroup, ListFailure, MAX_IN_FLIGHT, MergedPage, PAGE_SIZE,
};
use cckm_core::list::merge::Growth;
use cckm_core::route::AllJobsRoute;
use proptest::prelude::*;

use crate::support::never_stuck;

const COUNT_INTERVAL: Duration = Duration::from_secs(30);

fn at(second: i64) -> Timestamp {
    Timestamp::from_ms(second * 1_000)
}

fn response(status: u16, body: String) -> Response {
    Response {
        status,
        content_type: None,
        retry_after: None,
        server_time_ms: None,
        challenge: None,
        body: body.into_bytes(),
    }
}

fn failure(status: u16) -> Result<Response, ApiError> {
    Err(ApiError::from_response(&response(status, String::new())))
}

/// Answers as a server whose every list has `count` jobs; the newest has `status`, the others are completed.
#[allow(clippy::unnecessary_wraps, reason = "other servers fail")]
fn answer(request: &Request, count: usize, status: &str) -> Result<Response, ApiError> {
    let path = request.path.strip_prefix("v1/").unwrap();
    let job = |list: &str, at: usize| {
        let status = if at == 0 { status } else { "completed" };
        let minute = 59 - at % 60;
        format!(
            r#"{{"id":"{list} {at}","createdAt":"2026-11-21T10:{minute:02}:00Z","overall_status":"{status}"}}"#
        )
    };
    if request.parameter("skip").is_none() {
        let (list, _) = path.rsplit_once('/').unwrap();
        return Ok(response(200, job(list, 0)));
    }
    let number = |name: &str| request.parameter(name).unwrap().parse::<usize>().unwrap();
    let jobs: Vec<String> =
        (0..count).map(|at| job(path, at)).skip(number("skip")).take(number("limit")).collect();
    let jobs = jobs.join(",");
    Ok(response(200, format!(r#"{{"total":{count},"resources":[{jobs}]}}"#)))
}

/// Answers all requests, and returns them.
fn serve(
    jobs: &mut AllJobs,
    now: Timestamp,
    answer: impl Fn(&Request) -> Result<Response, ApiError>,
) -> Vec<Request> {
    let mut served = Vec::new();
    loop {
        let requests = jobs.next_requests(now);
        assert!(requests.len() <= MAX_IN_FLIGHT);
        if requests.is_empty() {
            return served;
        }
        for (number, request) in requests {
            jobs.receive(number, answer(&request), now, never_stuck());
            served.push(request);
        }
    }
}

fn keys(page: &MergedPage) -> Vec<String> {
    page.rows.iter().map(|row| row.key.clone()).collect()
}

fn list_count() -> usize {
    AllJobsRoute::default().families().count()
}

/// All jobs after the first page was loaded; the newest job of each list is running.
fn loaded() -> (AllJobs, MergedPage) {
    let mut jobs = AllJobs::new(&AllJobsRoute::default());
    serve(&mut jobs, at(0), |request| answer(request, 3, "in_progress"));
    let page = jobs.page(never_stuck());
    (jobs, page)
}

/// The nodes of a cluster lag: neither a check nor a refresh undoes what is known.
#[test]
fn job_that_has_ended_does_not_run_again_after_an_older_answer() {
    let (mut jobs, _) = loaded();
    jobs.check(at(5), COUNT_INTERVAL);
    serve(&mut jobs, at(5), |request| answer(request, 3, "completed"));
    assert!(!jobs.page(never_stuck()).has_running());
    jobs.refresh();
    serve(&mut jobs, at(6), |request| answer(request, 3, "in_progress"));
    assert!(!jobs.page(never_stuck()).has_running());
}

#[test]
fn first_page_requests_each_list_once() {
    let mut jobs = AllJobs::new(&AllJobsRoute::default());
    assert!(!jobs.page(never_stuck()).is_complete);
    let served = serve(&mut jobs, at(0), |request| answer(request, 3, "completed"));
    assert_eq!(served.len(), list_count());
    let page = jobs.page(never_stuck());
    assert!(page.is_complete && page.failures.is_empty());
    assert_eq!(page.rows.len(), PAGE_SIZE);
    assert_eq!(page.pager.total, Some(3 * list_count()));
    assert_eq!(jobs.status().at, Some(at(0)));

    jobs.set_route(&AllJobsRoute::default().with_skip(PAGE_SIZE));
    assert!(jobs.next_requests(at(1)).is_empty(), "the second page is known");
    assert!(jobs.page(never_stuck()).is_complete);
}

#[test]
fn refresh_keeps_rows_until_the_new_page_is_complete() {
    let (mut jobs, before) = loaded();
    jobs.refresh();
    let mut waiting = jobs.next_requests(at(9));
    let mut served = 0;
    while let Some((number, request)) = waiting.pop() {
        assert_eq!(keys(&jobs.page(never_stuck())), keys(&before));
        jobs.receive(number, answer(&request, 4, "completed"), at(9), never_stuck());
        served += 1;
        waiting.extend(jobs.next_requests(at(9)));
    }
    assert_eq!(served, list_count());
    assert_eq!(jobs.status().at, Some(at(9)));
    assert_eq!(jobs.page(never_stuck()).pager.total, Some(4 * served));
}

#[test]
fn check_requests_running_jobs_and_counts_at_intervals() {
    let (mut jobs, page) = loaded();
    let running = page.rows.iter().filter(|row| row.status.is_running()).count();
    assert_eq!(running, list_count());

    jobs.check(at(2), COUNT_INTERVAL);
    let served = serve(&mut jobs, at(2), |request| answer(request, 3, "in_progress"));
    assert_eq!(served.len(), running + list_count());

    jobs.check(at(4), COUNT_INTERVAL);
    let served = serve(&mut jobs, at(4), |request| answer(request, 3, "completed"));
    assert_eq!(served.len(), running);
    assert!(served.iter().all(|request| request.query.is_empty()));
    let checked = jobs.page(never_stuck());
    assert!(!checked.has_running());
    assert_eq!(keys(&checked), keys(&page));
    assert_eq!(jobs.status().at, Some(at(4)));

    jobs.check(at(40), COUNT_INTERVAL);
    let served = serve(&mut jobs, at(40), |request| answer(request, 5, "completed"));
    let is_count = |request: &Request| request.parameter("limit") == Some("1");
    assert!(served.iter().all(is_count));
    let counted = jobs.page(never_stuck());
    assert_eq!(counted.growth, Growth { added: 2 * list_count(), changed: false });
    assert_eq!(keys(&counted), keys(&page));
}

#[test]
fn failed_list_is_reported_and_keeps_its_jobs() {
    let (mut jobs, before) = loaded();
    jobs.refresh();
    serve(&mut jobs, at(5), |request| {
        if request.path.ends_with("aws/bulkjob") {
            failure(500)
        } else {
            answer(request, 3, "in_progress")
        }
    });
    let page = jobs.page(never_stuck());
    assert_eq!(keys(&page), keys(&before));
    assert_eq!((page.failures.len(), page.failures[0].is_stale), (1, true));
    assert_eq!((jobs.status().failures, jobs.status().at), (1, Some(at(5))));

    jobs.retry();
    let served = serve(&mut jobs, at(6), |request| answer(request, 3, "in_progress"));
    assert_eq!(served.len(), 1, "only the failed list is requested again");
    let page = jobs.page(never_stuck());
    assert_eq!((page.failures.len(), jobs.status().failures), (0, 0));
    assert_eq!(keys(&page), keys(&before));
}

#[test]
fn forbidden_list_loses_its_rows() {
    let (mut jobs, _) = loaded();
    jobs.refresh();
    serve(&mut jobs, at(5), |request| {
        if request.path.ends_with("aws/bulkjob") {
            failure(403)
        } else {
            answer(request, 3, "failed")
        }
    });
    let page = jobs.page(never_stuck());
    assert!(!keys(&page).iter().any(|key| key.starts_with("aws/bulkjob/")));
    assert!(!page.failures[0].is_stale);
    let status = jobs.status();
    assert_eq!((status.error, status.failures), (None, 0), "polling does not slow down");
}

#[test]
fn rows_and_time_stay_when_every_list_fails() {
    let (mut jobs, before) = loaded();
    jobs.refresh();
    serve(&mut jobs, at(5), |_| failure(503));
    assert_eq!(keys(&jobs.page(never_stuck())), keys(&before));
    assert_eq!((jobs.status().at, jobs.status().failures), (Some(at(0)), 1));
}

#[test]
fn failures_of_an_empty_page_stay_until_there_are_rows() {
    let mut jobs = AllJobs::new(&AllJobsRoute::default());
    serve(&mut jobs, at(0), |_| failure(503));
    let page = jobs.page(never_stuck());
    assert!(page.rows.is_empty() && page.is_complete && !page.failures.is_empty());
    assert_eq!(jobs.status().at, None);

    jobs.check(at(60), COUNT_INTERVAL);
    assert!(!jobs.page(never_stuck()).failures.is_empty());
    serve(&mut jobs, at(60), |request| answer(request, 3, "completed"));
    let page = jobs.page(never_stuck());
    assert_eq!((page.rows.len(), page.failures.len()), (PAGE_SIZE, 0));
}

#[test]
fn ended_session_stops_requests_until_resume() {
    let mut jobs = AllJobs::new(&AllJobsRoute::default());
    let (number, _) = jobs.next_requests(at(0)).remove(0);
    jobs.receive(number, Err(ApiError::SignedOut), at(1), never_stuck());
    assert!(jobs.next_requests(at(1)).is_empty());
    assert!(jobs.page(never_stuck()).failures.is_empty());

    jobs.refresh();
    jobs.resume(at(9), COUNT_INTERVAL);
    serve(&mut jobs, at(9), |request| answer(request, 3, "completed"));
    let page = jobs.page(never_stuck());
    assert_eq!((page.rows.len(), page.failures.len()), (PAGE_SIZE, 0));
}

#[test]
fn other_filters_cancel_requests_and_returning_sends_none() {
    let (mut jobs, before) = loaded();
    jobs.set_route(&AllJobsRoute {
        cloud: "AWS".to_owned(),
        outcome: Some(OutcomeFilter::One(Outcome::Running)),
        ..AllJobsRoute::default()
    });
    let (number, request) = jobs.next_requests(at(5)).remove(0);
    assert_eq!(request.parameter("overall_status"), Some("in_progress"));
    assert!(!jobs.page(never_stuck()).is_complete);

    jobs.set_route(&AllJobsRoute::default());
    assert!(!jobs.awaits(number));
    jobs.receive(number, failure(500), at(5), never_stuck());
    assert!(jobs.next_requests(at(5)).is_empty());
    assert_eq!(jobs.page(never_stuck()), before);
}

#[test]
fn filters_without_families_make_a_complete_empty_page() {
    let (mut jobs, _) = loaded();
    jobs.set_route(&AllJobsRoute { cloud: "none of these".to_owned(), ..AllJobsRoute::default() });
    assert!(jobs.next_requests(at(6)).is_empty());
    assert!(jobs.page(never_stuck()).is_complete && jobs.page(never_stuck()).rows.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// In any order of actions and answers: at most four requests are in flight, none twice, a page never shows
    /// a job twice, and it is complete once the server answers everything.
    #[test]
    fn any_sequence_of_actions_ends_with_a_complete_page(
        steps in prop::collection::vec((0..12_u8, 0..4_usize), 0..120)
    ) {
        let mut jobs = AllJobs::new(&AllJobsRoute::default());
        let mut in_flight: Vec<(u32, Request)> = Vec::new();
        let mut now = 0;
        for (step, pick) in steps {
            now += 7;
            match step {
                0 => jobs.refresh(),
                1 => jobs.retry(),
                2 => jobs.check(at(now), COUNT_INTERVAL),
                3 => jobs.set_route(&AllJobsRoute::default().with_skip(pick * 20)),
                4 => jobs.set_route(&AllJobsRoute { cloud: "AWS".into(), ..AllJobsRoute::default() }),
                5 => jobs.resume(at(now), COUNT_INTERVAL),
                _ if in_flight.is_empty() => {}
                _ => {
                    let (number, request) = in_flight.remove(pick % in_flight.len());
                    let answer = match step {
                        6 => failure(500),
                        7 => failure(403),
                        8 if pick == 0 => Err(ApiError::SignedOut),
                        _ => answer(&request, 70, "in_progress"),
                    };
                    jobs.receive(number, answer, at(now), never_stuck());
                }
            }
            in_flight.retain(|(number, _)| jobs.awaits(*number));
            for sent in jobs.next_requests(at(now)) {
                prop_assert!(in_flight.iter().all(|(_, other)| *other != sent.1));
                in_flight.push(sent);
            }
            prop_assert!(in_flight.len() <= MAX_IN_FLIGHT);
            let mut keys = keys(&jobs.page(never_stuck()));
            let count = keys.len();
            keys.sort();
            keys.dedup();
            prop_assert_eq!(keys.len(), count);
        }
        for (number, _) in in_flight {
            jobs.receive(number, failure(500), at(now), never_stuck());
        }
        jobs.resume(at(now), COUNT_INTERVAL);
        serve(&mut jobs, at(now), |request| answer(request, 70, "completed"));
        jobs.set_route(&AllJobsRoute::default().with_skip(PAGE_SIZE));
        jobs.refresh();
        serve(&mut jobs, at(now), |request| answer(request, 70, "completed"));
        let page = jobs.page(never_stuck());
        prop_assert!(page.is_complete && page.failures.is_empty());
        prop_assert_eq!(page.rows.len(), PAGE_SIZE);
    }
}

#[test]
fn failures_with_the_same_explanation_form_one_group() {
    let failed = |path: &str, status: u16, is_stale: bool| ListFailure {
        family: Family::by_path(path).unwrap(),
        error: failure(status).err().unwrap(),
        is_stale,
    };
    let failures = [
        failed("azure/bulkjobs", 403, false),
        // Its documented permission is part of the explanation.
        failed("aws/bulkjob", 403, false),
        failed("sap/synchronization-jobs", 403, false),
        failed("google/synchronization-jobs", 500, true),
        failed("oci/synchronization-jobs", 500, false),
    ];
    let groups = FailureGroup::all(&failures);
    let paths: Vec<Vec<&str>> = groups
        .iter()
        .map(|group| group.families.iter().map(|family| family.path).collect())
        .collect();
    let azure_and_sap = vec!["azure/bulkjobs", "sap/synchronization-jobs"];
    let (google, oci) = (vec!["google/synchronization-jobs"], vec!["oci/synchronization-jobs"]);
    assert_eq!(paths, [azure_and_sap, vec!["aws/bulkjob"], google, oci]);
    assert!(groups[1].problem.explanation.contains("keybulkoperation"));
    assert_eq!(groups.iter().filter(|group| group.is_stale).count(), 1);
}
