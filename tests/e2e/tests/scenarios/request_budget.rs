//! The request budget: what each view requests when it opens, at a refresh, and at each poll.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, SAMPLE_ID, Setup, scenarios};

use crate::copy;

scenarios! {
    Setup::default().without_polling() => views_request_only_what_they_show;
    Setup::default().polling_fast() => poll_is_one_request;
}

const SIGN_IN: [&str; 2] =
    ["GET /api/v1/auth/self/domains?skip=0&limit=1000", "POST /api/v1/auth/tokens/"];

/// The requests since the log was cleared, once there are `count` and all are answered. Requests that are sent together
/// arrive in any order, so they are sorted.
async fn requests(page: &Page, count: usize) -> Vec<String> {
    page.wait_until("the requests are sent", async || page.requests().len() >= count).await;
    page.wait_until_idle().await;
    let mut requests = page.requests();
    requests.sort_unstable();
    requests
}

/// What `query` requests when it opens, without the requests of the sign-in.
async fn requests_to_open(page: &Page, query: &str, count: usize) -> Vec<String> {
    page.open(query).await;
    page.clear_requests();
    page.sign_in().await;
    let mut requests = requests(page, count + SIGN_IN.len()).await;
    for of_sign_in in SIGN_IN {
        let at = requests.iter().position(|request| request == of_sign_in);
        requests.remove(at.expect("the sign-in is sent"));
    }
    requests
}

async fn requests_to_refresh(page: &Page, count: usize) -> Vec<String> {
    page.clear_requests();
    page.button("Refresh").click().await;
    requests(page, count).await
}

async fn views_request_only_what_they_show(page: &Page) {
    let job = format!("aws/bulkjob/{SAMPLE_ID}");
    for (query, expected) in [
        ("?jobs=aws/bulkjob", "GET /api/v1/cckm/aws/bulkjob?sort=-createdAt&skip=0&limit=20"),
        (
            "?jobs=aws/bulkjob&skip=20&overall_status=failed",
            "GET /api/v1/cckm/aws/bulkjob?overall_status=failed&sort=-createdAt&skip=20&limit=20",
        ),
        ("?jobs=scheduler/job-configs", "GET /api/v1/scheduler/job-configs?skip=0&limit=20"),
        (&format!("?job={job}"), &format!("GET /api/v1/cckm/{job}")),
    ] {
        assert_eq!(requests_to_open(page, query, 1).await, [expected], "{query}");
        assert_eq!(requests_to_refresh(page, 1).await, [expected], "a refresh of {query}");
    }
    for query in ["?batch=new", "?start=aws/bulkjob", "?jobs=google/update-all-versions-jobs"] {
        assert_eq!(requests_to_open(page, query, 0).await, [""; 0], "{query}");
    }
    let list = |request: &String| request.split(['?', ' ']).nth(1).map(str::to_owned);
    let listed = FAMILIES.iter().filter(|family| family.verbs.list);
    let mut all: Vec<_> =
        listed.map(|family| Some(format!("/api/v1/cckm/{}", family.path))).collect();
    all.push(Some("/api/v1/scheduler/jobs".to_owned()));
    all.sort_unstable();
    let opened = requests_to_open(page, "?jobs=all", all.len()).await;
    assert_eq!(opened.iter().map(list).collect::<Vec<_>>(), all, "one request for each list");
    assert_eq!(requests_to_refresh(page, all.len()).await, opened, "a refresh of all jobs");
}

async fn poll_is_one_request(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10)]);
    let list = "GET /api/v1/cckm/aws/bulkjob?sort=-createdAt&skip=0&limit=20";
    for (query, expected, shown) in [
        ("?job=aws/bulkjob/the-job", "GET /api/v1/cckm/aws/bulkjob/the-job", copy::IN_PROGRESS_JOB),
        ("?jobs=aws/bulkjob", list, "0/10"),
    ] {
        page.open_signed_in(query).await;
        page.wait_for_text(shown).await;
        page.wait_for_request("/domains").await;
        page.wait_until_idle().await;
        page.clear_requests();
        page.wait_until("five polls are sent", async || page.requests().len() >= 5).await;
        assert!(page.requests().iter().all(|request| request == expected), "{query}");
    }
}
