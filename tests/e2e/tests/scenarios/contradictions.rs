//! Servers whose answers contradict the request or themselves: everything readable is shown, and the contradiction is told.

use std::collections::HashSet;

use e2e::{Page, Setup, json_answer, scenarios, seconds};

use crate::copy;

scenarios! {
    Setup::default() =>
        list_that_repeats_its_jobs_is_read_to_an_end, total_that_the_rows_contradict_is_not_used,
        rows_outside_of_the_filter_are_marked, entries_that_are_no_jobs_are_counted,
        page_cut_by_the_server_leads_to_every_job, page_without_a_total_keeps_its_size,
        schedules_outside_of_the_filter_are_marked, row_after_an_older_answer_does_not_go_back,
        status_in_capitals_is_known,
        unknown_status_without_an_end_can_be_cancelled, start_requests_only_what_exists,
        wrong_clock_of_the_browser_is_told_and_not_used;
}

/// Jobs as the rows of a list: their ids begin with `from`.
fn jobs(from: usize, count: usize, status: &str) -> String {
    let job = |at: usize| {
        let minute = 59 - at % 60;
        format!(
            r#"{{"id":"job-{at}","createdAt":"2026-11-21T10:{minute:02}:00Z","overall_status":"{status}"}}"#
        )
    };
    (from..from + count).map(job).collect::<Vec<_>>().join(",")
}

const LIST: &str = "/cckm/aws/bulkjob?";
const JOB: &str = "/cckm/aws/bulkjob/the-job";

async fn list_that_repeats_its_jobs_is_read_to_an_end(page: &Page) {
    let rows = jobs(0, 10, "completed");
    let body = format!(r#"{{"skip":0,"limit":10,"resources":[{rows}]}}"#);
    page.add_fault(json_answer(200, &body).path(LIST));
    page.open_signed_in("?jobs=all&cloud=AWS&kind=bulk+operations").await;
    page.wait_for_text("the server sent the same jobs again: AWS bulk operations").await;
    assert_eq!(page.job_ids().await.len(), 10);
    assert!(page.count_requests(LIST) < 5, "the reading ends");
}

async fn total_that_the_rows_contradict_is_not_used(page: &Page) {
    let body = format!(r#"{{"skip":0,"total":0,"resources":[{}]}}"#, jobs(0, 20, "completed"));
    page.add_fault(json_answer(200, &body).path(LIST));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("The server counts 0 jobs, but has sent 20").await;
    assert_eq!(page.link(copy::NEXT).href().await.as_deref(), Some("?jobs=aws/bulkjob&skip=20"));
    page.link(copy::NEXT).click().await;
    page.wait_for_text("The server sent another part of the list than was requested").await;
}

async fn rows_outside_of_the_filter_are_marked(page: &Page) {
    let rows = [jobs(0, 3, "completed"), jobs(3, 1, "failed")].join(",");
    let body = format!(r#"{{"skip":0,"total":4,"resources":[{rows}]}}"#);
    page.add_fault(json_answer(200, &body).path(LIST));
    page.open_signed_in("?jobs=aws/bulkjob&overall_status=failed").await;
    page.wait_for_text("The server ignores a filter: 3 jobs do not match it").await;
    let marks = page.css(".jobs__seen").texts().await;
    let marked = marks.iter().filter(|mark| *mark == "Does not match the filter").count();
    assert_eq!((page.job_ids().await.len(), marked), (4, 3));
    page.open_signed_in("?jobs=all&cloud=AWS&kind=bulk+operations&outcome=failed").await;
    page.wait_for_text("All 4 jobs read").await;
    assert_eq!(page.job_ids().await, ["job-3"]);
}

async fn entries_that_are_no_jobs_are_counted(page: &Page) {
    let body = format!(r#"{{"total":3,"resources":[{},null,7]}}"#, jobs(0, 1, "completed"));
    page.add_fault(json_answer(200, &body).path(LIST));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("2 entries are no jobs and not shown: null, 7").await;
    assert_eq!(page.job_ids().await, ["job-0"]);
    page.open_signed_in("?jobs=all&cloud=AWS&kind=bulk+operations").await;
    page.wait_for_text("AWS bulk operations: 2 entries are no jobs and not shown").await;
    page.clear_faults();
    page.add_fault(json_answer(200, r#"{"total":2,"resources":[null,7]}"#).path(LIST));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("Nothing on this page is a job").await;
    page.open_signed_in("?jobs=all&cloud=AWS&kind=bulk+operations").await;
    page.wait_for_text("AWS bulk operations: 2 entries are no jobs and not shown").await;
    assert!(!page.has_text("No jobs yet").await);
}

async fn page_cut_by_the_server_leads_to_every_job(page: &Page) {
    for (skip, count) in [(0, 10), (10, 10), (20, 3)] {
        let rows = jobs(skip, count, "completed");
        let body = format!(r#"{{"skip":{skip},"limit":100,"total":23,"resources":[{rows}]}}"#);
        page.add_fault(
            json_answer(200, &body).path(&format!("bulkjob?sort=-createdAt&skip={skip}&")),
        );
    }
    page.open_signed_in("?jobs=aws/bulkjob&limit=100").await;
    page.wait_for_text("1–10 of 23").await;
    page.link(copy::NEXT).click().await;
    page.wait_for_text("11–20 of 23").await;
    page.link(copy::NEXT).click().await;
    page.wait_for_text("21–23 of 23").await;
    page.link(copy::PREVIOUS).click().await;
    page.wait_for_text("11–20 of 23").await;
    page.link(copy::PREVIOUS).click().await;
    page.wait_for_text("1–10 of 23").await;
}

async fn page_without_a_total_keeps_its_size(page: &Page) {
    let body = format!(r#"{{"resources":[{}]}}"#, jobs(0, 7, "completed"));
    page.add_fault(json_answer(200, &body).path("bulkjob?sort=-createdAt&skip=0&limit=20"));
    page.add_fault(json_answer(200, r#"{"resources":[]}"#).path("&skip=7&limit=20"));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–7").await;
    page.link(copy::NEXT).click().await;
    page.wait_for_query("?jobs=aws/bulkjob&skip=7").await;
    page.link(copy::PREVIOUS).click().await;
    page.wait_for_query("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–7").await;
}

async fn schedules_outside_of_the_filter_are_marked(page: &Page) {
    let schedule = |id: &str| format!(r#"{{"id":"{id}","name":"{id}","run_at":"0 2 * * *"}}"#);
    let body = format!(r#"{{"total":2,"resources":[{},{}]}}"#, schedule("a"), schedule("b"));
    page.add_fault(json_answer(200, &body).path("/scheduler/job-configs?"));
    page.open_signed_in("?jobs=scheduler/job-configs&id=a").await;
    page.wait_for_text("The server ignores a filter: 1 job does not match it, as marked.").await;
    let marked = page.css(".jobs__row--repeated").texts().await;
    assert_eq!(marked.len(), 1);
    assert!(marked[0].starts_with('b') && marked[0].contains("Does not match the filter"));
}

/// The nodes of a cluster lag behind each other.
async fn row_after_an_older_answer_does_not_go_back(page: &Page) {
    let running = jobs(0, 1, "in_progress");
    let cancelled = running.replace('}', r#","abort":true}"#);
    for (rows, newest) in [(cancelled, 1), (running, 2)] {
        page.clear_faults();
        let rows = [rows, jobs(newest, 1, "completed")].join(",");
        page.add_fault(json_answer(200, &format!(r#"{{"resources":[{rows}]}}"#)).path(LIST));
        if newest == 1 {
            page.open_signed_in("?jobs=aws/bulkjob").await;
        } else {
            page.button(copy::REFRESH).click().await;
        }
        page.wait_for_text(&format!("job-{newest}")).await;
        assert!(page.has_text("Cancelling").await && !page.has_text(copy::IN_PROGRESS).await);
    }
}

async fn status_in_capitals_is_known(page: &Page) {
    let body =
        r#"{"id":"the-job","createdAt":"2026-11-21T10:00:00Z","overall_status":"IN_PROGRESS"}"#;
    page.add_fault(json_answer(200, body).path(JOB));
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_texts(&["Running", "Server: IN_PROGRESS"]).await;
    page.button(copy::CANCEL_JOB).wait().await;
}

async fn unknown_status_without_an_end_can_be_cancelled(page: &Page) {
    let body = r#"{"id":"the-job","createdAt":"2026-11-21T10:00:00Z","overall_status":"queued"}"#;
    page.add_fault(json_answer(200, body).path(JOB));
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("The job has no end, so it may still run.").await;
    page.button(copy::CANCEL_JOB).wait().await;
    assert!(!page.has_text(copy::FINISHED).await);
    page.clear_faults();
    page.add_fault(json_answer(200, &body.replace("queued", " ")).path(JOB));
    page.button("Refresh").click().await;
    page.wait_for_text("no status").await;
    page.button(copy::CANCEL_JOB).wait().await;
}

async fn start_requests_only_what_exists(page: &Page) {
    page.open("?jobs=all").await;
    page.wait_for_text(copy::USERNAME).await;
    let idle = "return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
        requestIdleCallback(() => requestIdleCallback(() => done(true))))))";
    assert_eq!(page.eval(idle, &[]).await, true);
    assert_eq!(page.requests(), [""; 0], "the list that is rendered in advance requests nothing");
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    let files = "return performance.getEntriesByType('resource')
        .filter(({ name }) => !name.includes('/api/')).map(({ name, responseStatus }) => [name, responseStatus])";
    let files = page.eval(files, &[]).await;
    let files = files.as_array().unwrap();
    assert!(files.len() > 4 && files.iter().all(|file| file[1] == 200), "{files:?}");
    let names: HashSet<_> = files.iter().map(|file| file[0].to_string()).collect();
    assert_eq!(names.len(), files.len(), "a file is requested twice: {files:?}");
}

async fn wrong_clock_of_the_browser_is_told_and_not_used(page: &Page) {
    page.shift_clock(-6);
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10)]);
    page.advance(seconds(20));
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("running for 20 s").await;
    // The server's clock stands still, so the difference grows while the test runs.
    page.wait_for_text(
        "ahead of that of the server. Running times are measured by the clock of the server.",
    )
    .await;
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("20 s").await;
}
