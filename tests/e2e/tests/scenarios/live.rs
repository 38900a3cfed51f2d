//! A page that follows what happens: a job to its end, and when it asks again and when not.

use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::family::by_path;
use cckm_simulator::fault::{Effect, Fault, FaultBody};
use cckm_simulator::job::Failures;
use e2e::wait::until;
use e2e::{Page, Setting, in_both_browsers};
use serde_json::json;
use tokio::time::timeout;

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default().polling_fast();
    a_job_to_its_end, a_cancelled_job, a_list_while_jobs_run, pause_and_refresh, stops_when_forbidden, still_while_hidden, recovers_by_itself);
in_both_browsers!(Setting::default().config(r#"{"poll":{"runningSeconds":0.3,"idleSeconds":0.3,"maxSeconds":0.3}}"#);
    offline_and_back, back_before_the_server_wants, waits_as_long_as_the_server_asks);

const JOB: &str = "GET /api/v1/cckm/aws/bulkjob/the-job";

async fn a_job_to_its_end(page: &Page) {
    let failing = [(1, "AccessDeniedException: not authorized".to_owned())];
    let job = page.job("aws/bulkjob", "the-job", 10);
    page.add([job.with_failures(Failures::At(failing.into()))]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 10 keys finished").await;
    page.sees("In progress").await;
    let names: Vec<String> = page
        .items()
        .await
        .iter()
        .map(|item| item[0].clone())
        .collect();
    assert_eq!(
        names.len(),
        10,
        "keys asked for and not yet reported are there too"
    );

    page.advance(second(55));
    page.sees("5 of 10 keys finished").await;
    page.sees("4 Done Success").await;
    page.sees("1 Failed AccessDeniedException: not authorized")
        .await;
    page.sees("5 Not reported not reported").await;
    let progress = "const bar = document.querySelector('progress'); return [bar.value, bar.max]";
    assert_eq!(page.js(progress, &[]).await, json!([5, 10]));
    let after: Vec<String> = page
        .items()
        .await
        .iter()
        .map(|item| item[0].clone())
        .collect();
    assert_eq!(after, names, "items keep their places");

    page.advance(second(60));
    page.sees("10 of 10 keys finished").await;
    page.sees("Completed").await;
    page.sees("9 Done Success").await;
    page.sees("Final, no longer refreshed").await;
    page.forget_requests();
    page.stays("it asks no more", second(2), async || {
        page.requests().is_empty()
    })
    .await;
}

async fn a_cancelled_job(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 10)]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 10 keys finished").await;
    page.advance(second(25));
    let now = page.now();
    page.simulator(|simulator| {
        let family = by_path("aws/bulkjob").unwrap();
        simulator
            .jobs
            .get_mut(family, "the-job")
            .unwrap()
            .aborted_at = Some(now);
    });
    page.sees("A cancellation was asked for; the job has not ended yet.")
        .await;
    page.advance(second(60));
    page.sees("The API has no word for cancelled").await;
    page.sees("Cancelled").await;
}

async fn a_list_while_jobs_run(page: &Page) {
    page.fill_with("aws/bulkjob", 5);
    page.add([page.job("aws/bulkjob", "the-job", 4)]);
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–7 of 7").await;
    let row = async || page.rows().await.swap_remove(0);
    assert_eq!(row().await[1], "In progress");
    page.advance(second(20));
    page.until("two are done", async || row().await[5].contains("2 done"))
        .await;
    page.advance(second(30));
    page.until("it is over", async || row().await[1] == "Completed")
        .await;
    assert!(row().await[5].contains("4 done"));
    // What is new comes by itself.
    page.add([page.job("aws/bulkjob", "another", 4)]);
    page.sees("another").await;
    page.sees("1–8 of 8").await;
}

async fn pause_and_refresh(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 10)]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 10 keys finished").await;
    page.press("Pause").await;
    page.sees("Paused").await;
    page.is_still().await;
    page.advance(second(35));
    page.stays("nothing moves", second(2), async || {
        page.shows("0 of 10 keys finished").await
    })
    .await;
    page.forget_requests();
    page.press("Refresh").await;
    page.sees("3 of 10 keys finished").await;
    page.sees("Paused").await;
    page.stays("it asked once", second(1), async || {
        page.count_requests(JOB) == 1
    })
    .await;
    page.press("Pause").await;
    page.advance(second(20));
    page.sees("5 of 10 keys finished").await;
    page.misses("Paused").await;
}

async fn stops_when_forbidden(page: &Page) {
    page.open("?jobs=aws/bulkjob").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    page.sees("The permission keybulkoperation is missing")
        .await;
    page.sees("User does not have the permission 'keybulkoperation' for this operation.")
        .await;
    page.sees("Stopped after an error").await;
    page.forget_requests();
    page.stays("it asks no more", second(2), async || {
        page.requests().is_empty()
    })
    .await;
    // What the user may do goes on.
    page.follow_to("?jobs=aws/synchronization-jobs").await;
    page.sees("1–1 of 1").await;
    page.misses("is missing").await;
}

async fn still_while_hidden(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 10)]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 10 keys finished").await;
    page.behind_another_tab(async || {
        page.advance(second(35));
        // What was under way when the tab changed may still come.
        page.until("it asks no more", async || {
            let before = page.count_requests(JOB);
            let stays = async || (page.count_requests(JOB) != before).then_some(());
            timeout(second(2), until(stays)).await.is_err()
        })
        .await;
        page.forget_requests();
    })
    .await;
    page.sees("3 of 10 keys finished").await;
}

async fn recovers_by_itself(page: &Page) {
    page.add([page.job("aws/bulkjob", "the-job", 10)]);
    page.enter("?job=aws/bulkjob/the-job").await;
    page.sees("0 of 10 keys finished").await;
    page.fault(Fault::status(500).path("/cckm/").times(2));
    page.sees("The server failed (500)").await;
    page.sees("0 of 10 keys finished").await;
    page.misses("The server failed (500)").await;
    page.advance(second(35));
    page.sees("3 of 10 keys finished").await;
}

async fn waits_as_long_as_the_server_asks(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    let effect = Effect::Status {
        status: 429,
        body: FaultBody::Documented,
        retry_after: Some("3600".to_owned()),
    };
    page.fault(Fault::new(effect).path("/cckm/").times(1));
    page.sees("The server is asked too often").await;
    page.sees("It asks to wait 3600 s.").await;
    page.forget_requests();
    page.stays("it asks no more", second(2), async || {
        page.requests().is_empty()
    })
    .await;
    page.press("Try again").await;
    page.misses("The server is asked too often").await;
}

async fn offline_and_back(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    page.set_offline(true).await;
    page.sees("You are offline. What is shown is from").await;
    page.forget_requests();
    page.stays("it asks no more", second(2), async || {
        page.requests().is_empty()
    })
    .await;
    page.sees("1–1 of 1").await;
    page.set_offline(false).await;
    page.misses("You are offline").await;
    page.is_asked("GET /api/v1/cckm/aws/bulkjob").await;
}

/// The network's return is no reason to ask a server that wants to be left alone.
async fn back_before_the_server_wants(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    let effect = Effect::Status {
        status: 429,
        body: FaultBody::Documented,
        retry_after: Some("3600".to_owned()),
    };
    // The next poll meets it; a press on top of that might be the one that is answered.
    page.fault(Fault::new(effect).path("/cckm/").times(1));
    page.sees("It asks to wait 3600 s.").await;
    page.set_offline(true).await;
    page.sees("You are offline").await;
    page.forget_requests();
    page.set_offline(false).await;
    page.misses("You are offline").await;
    page.stays("it asks no more", second(2), async || {
        page.requests().is_empty()
    })
    .await;
}
