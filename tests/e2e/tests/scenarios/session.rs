//! A session's end: renewed before, renewed after, refused, and nobody there.

use std::time::Duration;

use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::fault::Fault;
use e2e::{Page, Setting, in_both_browsers};
use serde_json::json;

use crate::shop::{Shop, second};

in_both_browsers!(Setting::default().polling_fast().running(); renewed_before_its_end);
in_both_browsers!(Setting::default().config(r#"{"poll":{"runningSeconds":60,"idleSeconds":60}}"#);
    renewed_once_after_a_401, refused_renewal, a_job_goes_on_after_refusal, somebody_else_goes_on);
in_both_browsers!(Setting::default().config(r#"{"idleMinutes":0.1,"poll":{"runningSeconds":0.5,"idleSeconds":0.5}}"#);
    nobody_is_there);
in_both_browsers!(Setting::default().config(r#"{"idleMinutes":0.4}"#); warned_before_signing_out);

const TOKENS: &str = "POST /api/v1/auth/tokens/";

async fn renewed_before_its_end(page: &Page) {
    // Long enough that a busy machine sends nothing too late by itself.
    page.simulator(|simulator| simulator.auth.lifetimes.jwt = second(20));
    page.enter("?jobs=aws/bulkjob").await;
    page.until("it was renewed", async || page.count_requests(TOKENS) >= 2)
        .await;
    page.sees("1–1 of 1").await;
    assert_eq!(
        page.count_answers(401),
        0,
        "no request came with a token past its end"
    );
    assert!(!page.has_sign_in_form().await);
}

async fn renewed_once_after_a_401(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    // The server's token is over, of which the browser cannot know.
    page.advance(second(301));
    page.fault(Fault::latency(second(2)).path("/auth/tokens/"));
    page.forget_requests();
    page.press("Refresh").await;
    page.is_asked("GET /api/v1/cckm/aws/bulkjob").await;
    // While the renewal is under way others come and wait for it.
    page.follow_to("?jobs=azure/bulkjobs").await;
    page.follow_to("?jobs=google/synchronization-jobs").await;
    page.sees("1–1 of 1").await;
    page.sees("1f1d1b1b-a17c-486f-b864-db894af6efac").await;
    assert_eq!(page.count_requests(TOKENS), 1, "{:?}", page.requests());
    assert_eq!(page.count_answers(401), 1);
    assert!(!page.has_sign_in_form().await);
}

async fn refused_renewal(page: &Page) {
    page.fill_with("aws/bulkjob", 60);
    page.enter("?jobs=aws/bulkjob&overall_status=failed&limit=50")
        .await;
    page.sees("1–50 of 54").await;
    let before = page.job_ids().await;
    page.js("scrollTo(0, 300)", &[]).await;
    let scrolled = page.js("return scrollY", &[]).await;
    assert_ne!(scrolled, json!(0), "the page can be scrolled");

    page.simulator(|simulator| simulator.auth.revoke_all());
    ask_again(page).await;
    page.sees("Sign in again").await;
    page.sees("The server has ended the session.").await;
    assert!(
        page.holds(&before[0]).await,
        "the rows stay behind the dialog"
    );
    page.try_sign_in("admin", "wrong").await;
    page.sees("NCERRUnauthorizedAccess").await;
    page.forget_requests();
    page.sign_in().await;

    page.is_asked("GET /api/v1/cckm/aws/bulkjob?overall_status=failed")
        .await;
    assert_eq!(page.job_ids().await, before);
    assert_eq!(page.value("Status").await.as_deref(), Some("Failed"));
    assert_eq!(
        page.query().await,
        "?jobs=aws/bulkjob&overall_status=failed&limit=50"
    );
    assert_eq!(page.js("return scrollY", &[]).await, scrolled);
}

async fn a_job_goes_on_after_refusal(page: &Page) {
    let job = page.job("aws/bulkjob", "the-job", 300);
    page.add([job]);
    page.enter("?job=aws/bulkjob/the-job&search=a").await;
    page.sees("keys finished").await;
    page.js(
        "document.querySelector('[role=listbox]').scrollTop = 400",
        &[],
    )
    .await;
    let scrolled = "return document.querySelector('[role=listbox]').scrollTop";
    assert_eq!(page.js(scrolled, &[]).await, json!(400));
    page.simulator(|simulator| simulator.auth.revoke_all());
    ask_again(page).await;
    page.sees("Sign in again").await;
    page.sign_in().await;
    page.sees("keys finished").await;
    assert_eq!(page.js(scrolled, &[]).await, json!(400));
    assert_eq!(page.value("Search").await.as_deref(), Some("a"));
}

/// What was shown to one user is not shown to the next.
async fn somebody_else_goes_on(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    page.simulator(|simulator| simulator.auth.revoke_all());
    page.fault(Fault::latency(second(2)).path("/cckm/"));
    ask_again(page).await;
    page.sees("Sign in again").await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    assert!(!page.holds("e612b64f").await);
    page.sees("The permission keybulkoperation is missing")
        .await;
    assert!(!page.holds("e612b64f").await);
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
}

async fn nobody_is_there(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    let asked = page.count_requests("GET /api/v1/cckm/aws/bulkjob");
    // Six seconds; asking by itself is no activity.
    page.sees("Signed out after 6 seconds without activity.")
        .await;
    assert!(page.count_requests("GET /api/v1/cckm/aws/bulkjob") > asked);
    page.is_asked("POST /api/v1/auth/revoke").await;
    page.is_asked("POST /api/v1/auth/logout").await;
    assert!(!page.holds("e612b64f").await);
    page.forget_requests();
    page.stays("nothing is asked", Duration::from_secs(2), async || {
        page.requests().is_empty()
    })
    .await;
    page.sign_in().await;
    page.sees("1–1 of 1").await;
}

async fn warned_before_signing_out(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    page.sees("1–1 of 1").await;
    // 24 seconds; a fifth of it before.
    page.sees("You will soon be signed out").await;
    page.press("Stay signed in").await;
    page.misses("You will soon be signed out").await;
    page.stays("the person stays signed in", second(7), async || {
        !page.has_sign_in_form().await
    })
    .await;
}

/// Asks again without moving the page, as a person would who has not scrolled up.
async fn ask_again(page: &Page) {
    page.ask("find('button', 'Refresh').click()", &[]).await;
}
