//! The jobs of all families on their way to a page: what is asked, what stays, what is told.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use cckm_core::api::error::{ApiError, refusal};
use cckm_core::api::request::Request;
use cckm_core::api::response::Response;
use cckm_core::format::time::Timestamp;
use cckm_core::list::all_jobs::{AllJobs, AllPage};
use cckm_core::route::AllRoute;
use proptest::prelude::*;

const IDLE: Duration = Duration::from_secs(30);

fn at(second: i64) -> Timestamp {
    Timestamp::from_ms(second * 1_000)
}

fn reply(status: u16, body: String) -> Response {
    Response {
        status,
        content_type: None,
        retry_after: None,
        server_ms: None,
        body: body.into_bytes(),
    }
}

fn fails(status: u16) -> Result<Response, ApiError> {
    Err(refusal(&reply(status, String::new())))
}

/// A server whose every list has `count` jobs, the newest of which stands as `status` says.
#[allow(clippy::unnecessary_wraps, reason = "others fail")]
fn answer(request: &Request, count: usize, status: &str) -> Result<Response, ApiError> {
    let path = request.path.strip_prefix("v1/").unwrap();
    let job = |at: usize| {
        let status = if at == 0 { status } else { "completed" };
        let minute = 59 - at % 60;
        format!(
            r#"{{"id":"{path} {at}","createdAt":"2026-11-21T10:{minute:02}:00Z","overall_status":"{status}"}}"#
        )
    };
    if request.parameter("skip").is_none() {
        return Ok(reply(
            200,
            job(0).replace(path, path.rsplit_once('/').unwrap().0),
        ));
    }
    let number = |name: &str| request.parameter(name).unwrap().parse::<usize>().unwrap();
    let jobs = (0..count)
        .map(job)
        .skip(number("skip"))
        .take(number("limit"));
    let jobs = jobs.collect::<Vec<_>>().join(",");
    Ok(reply(
        200,
        format!(r#"{{"total":{count},"resources":[{jobs}]}}"#),
    ))
}

/// Answers everything that is asked, at most four at a time, and gives back what was.
fn serve(
    jobs: &mut AllJobs,
    now: Timestamp,
    serve: impl Fn(&Request) -> Result<Response, ApiError>,
) -> Vec<Request> {
    let mut asked = Vec::new();
    loop {
        let orders: Vec<_> = std::iter::from_fn(|| jobs.next_request()).collect();
        assert!(orders.len() <= 4);
        if orders.is_empty() {
            jobs.rest(now);
            return asked;
        }
        for (number, request) in orders {
            jobs.answered(number, serve(&request), now);
            asked.push(request);
        }
    }
}

fn ids(page: &AllPage) -> Vec<String> {
    page.rows
        .iter()
        .map(|entry| entry.row.key.clone())
        .collect()
}

fn all() -> (AllJobs, AllPage) {
    let mut jobs = AllJobs::new(&AllRoute::default());
    serve(&mut jobs, at(0), |request| {
        answer(request, 3, "in_progress")
    });
    let page = jobs.page();
    (jobs, page)
}

#[test]
fn each_list_is_asked_once_for_a_first_page() {
    let mut jobs = AllJobs::new(&AllRoute::default());
    assert!(!jobs.page().is_whole);
    let asked = serve(&mut jobs, at(0), |request| answer(request, 3, "completed"));
    assert_eq!(asked.len(), AllRoute::default().families().count());
    let page = jobs.page();
    assert!(page.is_whole && page.failures.is_empty());
    assert_eq!(
        (page.rows.len(), page.pager.total),
        (20, Some(3 * asked.len()))
    );
    assert_eq!(jobs.course().at, Some(at(0)));
    // The page behind it is there already.
    jobs.go(&AllRoute::default().at(20));
    assert!(jobs.next_request().is_none());
    assert!(jobs.page().is_whole);
}

#[test]
fn what_is_shown_stays_while_it_is_read_anew() {
    let (mut jobs, before) = all();
    jobs.refresh();
    let mut orders = Vec::new();
    while let Some((number, request)) = jobs.next_request() {
        assert_eq!(ids(&jobs.page()), ids(&before));
        jobs.answered(number, answer(&request, 4, "completed"), at(9));
        orders.push(request);
    }
    jobs.rest(at(9));
    assert_eq!(jobs.course().at, Some(at(9)));
    assert_eq!(jobs.page().pager.total, Some(4 * orders.len()));
}

#[test]
fn a_look_asks_for_what_runs_and_now_and_then_for_numbers() {
    let (mut jobs, page) = all();
    let lists = AllRoute::default().families().count();
    let running = page
        .rows
        .iter()
        .filter(|entry| entry.row.standing.is_running())
        .count();
    assert_eq!(running, lists);
    jobs.look(at(2), IDLE);
    let asked = serve(&mut jobs, at(2), |request| {
        answer(request, 3, "in_progress")
    });
    assert_eq!(asked.len(), running + lists);
    jobs.look(at(4), IDLE);
    let asked = serve(&mut jobs, at(4), |request| answer(request, 3, "completed"));
    assert_eq!(asked.len(), running);
    assert!(asked.iter().all(|request| request.query.is_empty()));
    let after = jobs.page();
    assert!(
        !after
            .rows
            .iter()
            .any(|entry| entry.row.standing.is_running())
    );
    assert_eq!((ids(&after), jobs.course().at), (ids(&page), Some(at(4))));
    jobs.look(at(40), IDLE);
    let asked = serve(&mut jobs, at(40), |request| answer(request, 5, "completed"));
    assert!(
        asked
            .iter()
            .all(|request| request.parameter("limit") == Some("1"))
    );
    let news = jobs.page();
    assert_eq!((news.growth.added, news.growth.changed), (2 * lists, false));
    assert_eq!(ids(&news), ids(&page));
}

#[test]
fn a_list_that_fails_is_told_and_its_jobs_stay_as_they_were() {
    let (mut jobs, before) = all();
    let broken = |request: &Request| {
        if request.path.ends_with("aws/bulkjob") {
            fails(500)
        } else {
            answer(request, 3, "in_progress")
        }
    };
    jobs.refresh();
    serve(&mut jobs, at(5), broken);
    let page = jobs.page();
    assert_eq!(ids(&page), ids(&before));
    assert_eq!((page.failures.len(), page.failures[0].kept), (1, true));
    assert_eq!((jobs.course().failures, jobs.course().at), (1, Some(at(5))));
    jobs.retry();
    let asked = serve(&mut jobs, at(6), |request| {
        answer(request, 3, "in_progress")
    });
    assert_eq!(asked.len(), 1, "only what failed is asked again");
    let page = jobs.page();
    assert_eq!((page.failures.len(), jobs.course().failures), (0, 0));
    assert_eq!(ids(&page), ids(&before));
}

#[test]
fn who_may_no_longer_read_a_list_does_not_see_it() {
    let (mut jobs, _) = all();
    jobs.refresh();
    serve(&mut jobs, at(5), |request| {
        if request.path.ends_with("aws/bulkjob") {
            fails(403)
        } else {
            answer(request, 3, "failed")
        }
    });
    let page = jobs.page();
    assert!(!ids(&page).iter().any(|id| id.starts_with("aws/bulkjob")));
    assert!(!page.failures[0].kept);
    // It is no reason to ask less often.
    assert_eq!((&jobs.course().error, jobs.course().failures), (&None, 0));
}

#[test]
fn when_nothing_is_answered_everything_stays_and_nothing_is_newer() {
    let (mut jobs, before) = all();
    jobs.refresh();
    serve(&mut jobs, at(5), |_| fails(503));
    assert_eq!(ids(&jobs.page()), ids(&before));
    assert_eq!((jobs.course().at, jobs.course().failures), (Some(at(0)), 1));
    let mut none = AllJobs::new(&AllRoute::default());
    serve(&mut none, at(0), |_| fails(503));
    assert_eq!((none.page().rows.len(), none.course().at), (0, None));
    assert!(none.page().is_whole && !none.page().failures.is_empty());
    none.look(at(60), IDLE);
    // Why there is nothing is told until there is something.
    assert!(!none.page().failures.is_empty());
    serve(&mut none, at(60), |request| answer(request, 3, "completed"));
    assert_eq!(
        (none.page().rows.len(), none.page().failures.len()),
        (20, 0)
    );
}

#[test]
fn an_ended_session_is_waited_for_and_nothing_is_lost() {
    let mut jobs = AllJobs::new(&AllRoute::default());
    let (first, _) = jobs.next_request().unwrap();
    jobs.answered(first, Err(ApiError::SignedOut), at(1));
    assert!(jobs.next_request().is_none());
    assert!(jobs.page().failures.is_empty());
    jobs.resume(at(9), IDLE);
    serve(&mut jobs, at(9), |request| answer(request, 3, "completed"));
    assert_eq!(
        (jobs.page().rows.len(), jobs.page().failures.len()),
        (20, 0)
    );
}

#[test]
fn other_filters_end_what_is_under_way_and_going_back_asks_nothing() {
    let (mut jobs, before) = all();
    let aws = AllRoute {
        cloud: "AWS".to_owned(),
        status: "completed".to_owned(),
        ..AllRoute::default()
    };
    jobs.go(&aws);
    let (number, request) = jobs.next_request().unwrap();
    assert_eq!(request.parameter("overall_status"), Some("completed"));
    assert!(!jobs.page().is_whole);
    jobs.go(&AllRoute::default());
    assert!(!jobs.awaits(number));
    jobs.answered(number, fails(500), at(5));
    assert!(jobs.next_request().is_none());
    assert_eq!(jobs.page(), before);
    let nothing = AllRoute {
        cloud: "none of these".to_owned(),
        ..AllRoute::default()
    };
    jobs.go(&nothing);
    jobs.rest(at(6));
    assert!(jobs.page().is_whole && jobs.page().rows.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever is done in whatever order, with whatever answers: never more than four requests are
    /// under way, no list is asked for the same part twice at a time, a page never shows a job twice,
    /// and when all is well again it is whole.
    #[test]
    fn it_always_comes_to_an_end(steps in prop::collection::vec((0..12_u8, 0..4_usize), 0..120)) {
        let mut jobs = AllJobs::new(&AllRoute::default());
        let mut under_way: Vec<(u32, Request)> = Vec::new();
        let mut now = 0;
        for (step, pick) in steps {
            now += 7;
            match step {
                0 => jobs.refresh(),
                1 => jobs.retry(),
                2 => jobs.look(at(now), IDLE),
                3 => jobs.go(&AllRoute::default().at(pick * 20)),
                4 => jobs.go(&AllRoute { cloud: "AWS".into(), ..AllRoute::default() }),
                5 => jobs.resume(at(now), IDLE),
                _ if under_way.is_empty() => {}
                _ => {
                    let (number, request) = under_way.remove(pick % under_way.len());
                    let answer = match step {
                        6 => fails(500),
                        7 => fails(403),
                        8 if pick == 0 => Err(ApiError::SignedOut),
                        _ => answer(&request, 70, "in_progress"),
                    };
                    jobs.answered(number, answer, at(now));
                }
            }
            under_way.retain(|(number, _)| jobs.awaits(*number));
            while let Some(order) = jobs.next_request() {
                prop_assert!(under_way.iter().all(|(_, other)| *other != order.1));
                under_way.push(order);
            }
            jobs.rest(at(now));
            prop_assert!(under_way.len() <= 4);
            let mut shown = ids(&jobs.page());
            let count = shown.len();
            shown.sort();
            shown.dedup();
            prop_assert_eq!(shown.len(), count);
        }
        for (number, _) in under_way {
            jobs.answered(number, fails(500), at(now));
        }
        jobs.resume(at(now), IDLE);
        serve(&mut jobs, at(now), |request| answer(request, 70, "completed"));
        jobs.go(&AllRoute::default().at(20));
        jobs.refresh();
        serve(&mut jobs, at(now), |request| answer(request, 70, "completed"));
        let page = jobs.page();
        prop_assert!(page.is_whole && page.failures.is_empty());
        prop_assert_eq!(page.rows.len(), 20);
    }
}
