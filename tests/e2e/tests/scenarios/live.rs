//! Polling: when the page fetches again, and when it does not.

use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::fault::Fault;
use cckm_simulator::job::Failures;
use e2e::wait::wait_for;
use e2e::{Page, Setup, family, scenarios, seconds, too_many_requests};
use serde_json::json;
use tokio::time::timeout;

use crate::copy;

scenarios! {
    Setup::default().polling_fast() =>
        running_job_updates_until_it_ends, cancelled_job_updates_until_it_ends,
        list_updates_while_jobs_run, paused_page_fetches_only_on_refresh,
        forbidden_list_stops_polling, hidden_page_does_not_poll,
        polling_recovers_after_errors;
    Setup::default().config(r#"{"poll":{"runningSeconds":0.3,"idleSeconds":0.3,"maxSeconds":0.3}}"#) =>
        offline_page_stops_and_resumes_polling, reconnected_page_respects_retry_after,
        polling_respects_retry_after;
}

const JOB: &str = "GET /api/v1/cckm/aws/bulkjob/the-job";

async fn running_job_updates_until_it_ends(page: &Page) {
    let failing = [(1, "AccessDeniedException: not authorized".to_owned())];
    let job = page.running_job("aws/bulkjob", "the-job", 10);
    page.add_jobs([job.with_failures(Failures::At(failing.into()))]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_texts(&["0 of 10 keys finished", copy::IN_PROGRESS_JOB]).await;
    let names: Vec<String> = page.item_rows().await.iter().map(|item| item[0].clone()).collect();
    assert_eq!(names.len(), 10, "requested keys that are not reported yet are listed too");

    page.advance(seconds(55));
    page.wait_for_texts(&["5 of 10 keys finished", "4 Done Success"]).await;
    page.wait_for_text("1 Failed AccessDeniedException: not authorized").await;
    page.wait_for_text("5 Waiting not reported").await;
    let bar = page.css(".job__progress svg").get("found.getAttribute('aria-label')").await;
    assert_eq!(bar, json!("5 of 10 finished, 1 failed"));
    let after: Vec<String> = page.item_rows().await.iter().map(|item| item[0].clone()).collect();
    assert_eq!(after, names, "the items keep their order");

    page.advance(seconds(60));
    page.wait_for_texts(&["10 of 10 keys finished", copy::COMPLETED_JOB, "9 Done Success"]).await;
    page.wait_for_text(copy::FINISHED).await;
    page.clear_requests();
    page.assert_no_requests(seconds(2)).await;
}

async fn cancelled_job_updates_until_it_ends(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 10 keys finished").await;
    page.advance(seconds(25));
    let now = page.now();
    page.simulator(|simulator| {
        let family = family("aws/bulkjob");
        simulator.jobs.get_mut(family, "the-job").unwrap().aborted_at = Some(now);
    });
    page.wait_for_text("A cancellation was requested; the job has not ended yet.").await;
    page.advance(seconds(60));
    page.wait_for_texts(&[copy::THE_API_HAS_NO_WORD_FOR, "Cancelled"]).await;
}

async fn list_updates_while_jobs_run(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 5);
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 4)]);
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–7 of 7").await;
    let row = async || page.job_rows().await.swap_remove(0);
    assert_eq!(row().await[0], "Running");
    page.advance(seconds(20));
    page.wait_until("two items are done", async || row().await[3] == "2/4").await;
    page.advance(seconds(30));
    page.wait_until("the job has ended", async || row().await[0] == "OK").await;
    assert_eq!(row().await[3], "4");
    // New jobs appear.
    page.add_jobs([page.running_job("aws/bulkjob", "another", 4)]);
    page.wait_for_texts(&["another", "1–8 of 8"]).await;
}

async fn paused_page_fetches_only_on_refresh(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 10 keys finished").await;
    page.button(copy::PAUSE).click().await;
    page.wait_for_text(copy::PAUSED).await;
    page.wait_until_idle().await;
    page.advance(seconds(35));
    page.assert_stays("the progress stays", seconds(2), async || {
        page.has_text("0 of 10 keys finished").await
    })
    .await;
    page.clear_requests();
    page.button(copy::REFRESH).click().await;
    page.wait_for_texts(&["3 of 10 keys finished", copy::PAUSED]).await;
    page.assert_stays("one request is sent", seconds(1), async || page.count_requests(JOB) == 1)
        .await;
    page.button(copy::PAUSE).click().await;
    page.advance(seconds(20));
    page.wait_for_text("5 of 10 keys finished").await;
    page.wait_for_text_gone(copy::PAUSED).await;
}

async fn forbidden_list_stops_polling(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    page.wait_for_text("The permission keybulkoperation is missing").await;
    page.wait_for_text("User does not have the permission 'keybulkoperation' for this operation.")
        .await;
    page.wait_for_text("Stopped after an error").await;
    page.clear_requests();
    page.assert_no_requests(seconds(2)).await;
    // Lists that the user may read still work.
    page.go_to("?jobs=aws/synchronization-jobs").await;
    page.wait_for_text("1–1 of 1").await;
    page.wait_for_text_gone("is missing").await;
}

async fn hidden_page_does_not_poll(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 10 keys finished").await;
    page.while_hidden(async || {
        page.advance(seconds(35));
        // A request that was pending when the tab changed may still arrive.
        page.wait_until("no more requests arrive", async || {
            let before = page.count_requests(JOB);
            let stays = async || (page.count_requests(JOB) != before).then_some(());
            timeout(seconds(2), wait_for(stays)).await.is_err()
        })
        .await;
        page.clear_requests();
    })
    .await;
    page.wait_for_text("3 of 10 keys finished").await;
}

async fn polling_recovers_after_errors(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 10)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("0 of 10 keys finished").await;
    page.add_fault(Fault::status(500).path("/cckm/").times(2));
    page.wait_for_texts(&[copy::SERVER_FAILED_500, "0 of 10 keys finished"]).await;
    page.wait_for_text_gone(copy::SERVER_FAILED_500).await;
    page.advance(seconds(35));
    page.wait_for_text("3 of 10 keys finished").await;
}

async fn polling_respects_retry_after(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.add_fault(too_many_requests(3600).path("/cckm/").times(1));
    page.wait_for_texts(&[copy::TOO_MANY_REQUESTS, "It asks to wait 3600 s."]).await;
    page.clear_requests();
    page.assert_no_requests(seconds(2)).await;
    page.button(copy::TRY_AGAIN).click().await;
    page.wait_for_text_gone(copy::TOO_MANY_REQUESTS).await;
}

async fn offline_page_stops_and_resumes_polling(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.set_offline(true).await;
    page.wait_for_text("You are offline. What is shown is from").await;
    page.clear_requests();
    page.assert_no_requests(seconds(2)).await;
    page.wait_for_text("1–1 of 1").await;
    page.set_offline(false).await;
    page.wait_for_text_gone(copy::YOU_ARE_OFFLINE).await;
    page.wait_for_request("GET /api/v1/cckm/aws/bulkjob").await;
}

/// Reconnecting does not shorten the wait that the server requested.
async fn reconnected_page_respects_retry_after(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    // Only the next poll gets the error. A manual refresh could get the error in its place.
    page.add_fault(too_many_requests(3600).path("/cckm/").times(1));
    page.wait_for_text("It asks to wait 3600 s.").await;
    page.set_offline(true).await;
    page.wait_for_text(copy::YOU_ARE_OFFLINE).await;
    page.clear_requests();
    page.set_offline(false).await;
    page.wait_for_text_gone(copy::YOU_ARE_OFFLINE).await;
    page.assert_no_requests(seconds(2)).await;
}
