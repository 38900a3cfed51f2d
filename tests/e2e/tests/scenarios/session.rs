//! Sessions: renewal before and after expiry, refused renewal, inactivity.

use cckm_simulator::auth::{OPERATOR_PASSWORD, OPERATOR_USER};
use cckm_simulator::fault::{Fault, FaultBody};
use e2e::{Browser, Page, SAMPLE_ID, Setup, answer, scenarios, seconds};
use serde_json::json;

use crate::copy;

scenarios! {
    Setup::default().polling_fast().running_clock() => token_is_renewed_before_it_expires;
    Setup::default().config(r#"{"poll":{"runningSeconds":60,"idleSeconds":60}}"#) =>
        token_is_renewed_once_after_401, sign_in_after_refused_renewal_keeps_the_list,
        sign_in_after_refused_renewal_keeps_the_job, another_user_sees_nothing_of_the_first,
        gateway_that_wants_a_sign_in_keeps_the_session, redirect_is_told_apart_from_no_network,
        change_is_not_sent_while_the_renewal_fails,
        sign_out_ends_the_other_tabs, sign_out_ends_the_page_behind_back;
    Setup::default().config(r#"{"idleMinutes":0.1,"poll":{"runningSeconds":0.5,"idleSeconds":0.5}}"#) =>
        idle_session_is_signed_out;
    Setup::default().config(r#"{"idleMinutes":0.4}"#) => dismissed_idle_warning_keeps_the_session;
}

const TOKENS: &str = "POST /api/v1/auth/tokens/";

async fn token_is_renewed_before_it_expires(page: &Page) {
    // Long enough that a busy machine renews the token in time.
    page.simulator(|simulator| simulator.auth.lifetimes.jwt = seconds(20));
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_until("the token is renewed", async || page.count_requests(TOKENS) >= 2).await;
    page.wait_for_text("1–1 of 1").await;
    assert_eq!(page.count_responses(401), 0, "no request has an expired token");
    assert!(!page.has_sign_in_form().await);
}

async fn token_is_renewed_once_after_401(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    // The token has expired for the server; the browser's clock has not moved.
    page.advance(seconds(301));
    page.add_fault(Fault::latency(seconds(2)).path("/auth/tokens/"));
    page.clear_requests();
    page.button(copy::REFRESH).click().await;
    page.wait_for_request("GET /api/v1/cckm/aws/bulkjob").await;
    // Requests during the renewal wait for it.
    page.go_to("?jobs=azure/bulkjobs").await;
    page.go_to("?jobs=google/synchronization-jobs").await;
    page.wait_for_texts(&["1–1 of 1", "1f1d1b1b-a17c-486f-b864-db894af6efac"]).await;
    assert_eq!(page.count_requests(TOKENS), 1, "{:?}", page.requests());
    assert_eq!(page.count_responses(401), 1);
    assert!(!page.has_sign_in_form().await);
}

async fn sign_in_after_refused_renewal_keeps_the_list(page: &Page) {
    page.add_ended_jobs("aws/bulkjob", 60);
    page.open_signed_in("?jobs=aws/bulkjob&overall_status=failed&limit=50").await;
    page.wait_for_text("1–50 of 54").await;
    let before = page.job_ids().await;
    page.eval("scrollTo(0, 300)", &[]).await;
    let scrolled = page.eval("return scrollY", &[]).await;
    assert_ne!(scrolled, json!(0), "the page can be scrolled");

    page.end_sessions();
    refresh(page).await;
    page.wait_for_texts(&[copy::SIGN_IN_AGAIN, "The server has ended the session."]).await;
    assert!(page.document_has_text(&before[0]).await, "the rows stay behind the dialog");
    page.submit_sign_in("admin", "wrong").await;
    page.wait_for_text("NCERRUnauthorizedAccess").await;
    page.clear_requests();
    page.sign_in().await;

    page.wait_for_request("GET /api/v1/cckm/aws/bulkjob?overall_status=failed").await;
    assert_eq!(page.job_ids().await, before);
    assert_eq!(page.field(copy::STATUS).value().await.as_deref(), Some("Failed"));
    assert_eq!(page.query().await, "?jobs=aws/bulkjob&overall_status=failed&limit=50");
    assert_eq!(page.eval("return scrollY", &[]).await, scrolled);
}

async fn sign_in_after_refused_renewal_keeps_the_job(page: &Page) {
    let job = page.running_job("aws/bulkjob", "the-job", 300);
    page.add_jobs([job]);
    page.open_signed_in("?job=aws/bulkjob/the-job&search=a").await;
    page.wait_for_text("keys finished").await;
    let list = page.role("listbox");
    assert_eq!(list.get("found.scrollTop = 400").await, 400);
    assert_eq!(list.get("found.scrollTop").await, 400);
    page.end_sessions();
    refresh(page).await;
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.sign_in().await;
    page.wait_for_text("keys finished").await;
    assert_eq!(list.get("found.scrollTop").await, 400);
    assert_eq!(page.field(copy::SEARCH).value().await.as_deref(), Some("a"));
}

/// The second user sees no data of the first.
async fn another_user_sees_nothing_of_the_first(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text(SAMPLE_ID).await;
    page.end_sessions();
    page.add_fault(Fault::latency(seconds(2)).path("/cckm/"));
    refresh(page).await;
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.sign_in_as(OPERATOR_USER, OPERATOR_PASSWORD).await;
    assert!(!page.document_has_text(&SAMPLE_ID[..8]).await);
    page.wait_for_text("The permission keybulkoperation is missing").await;
    assert!(!page.document_has_text(&SAMPLE_ID[..8]).await);
    assert_eq!(page.query().await, "?jobs=aws/bulkjob");
}

/// The answer of a gateway: a web page.
fn gateway_page(status: u16, content_type: &str) -> Fault {
    let page = "<!DOCTYPE html><html><body><h1>Corporate gateway</h1></body></html>".to_owned();
    answer(status, FaultBody::Custom(content_type.to_owned(), page)).path("/cckm/")
}

async fn gateway_that_wants_a_sign_in_keeps_the_session(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    for content_type in ["text/html", "application/json"] {
        page.add_fault(gateway_page(401, content_type));
        page.clear_requests();
        refresh(page).await;
        page.wait_for_texts(&["Something in front of the API wants a sign-in (401)", SAMPLE_ID])
            .await;
        page.assert_stays("the session continues", seconds(1), async || {
            !page.has_sign_in_form().await && page.requests().len() == 1
        })
        .await;
        page.clear_faults();
        page.button(copy::TRY_AGAIN).click().await;
        page.wait_for_text_gone("Something in front of the API").await;
        page.wait_for_text("1–1 of 1").await;
    }
    assert_eq!(page.count_requests("/auth/"), 0, "the token is neither renewed nor revoked");
}

async fn redirect_is_told_apart_from_no_network(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.add_fault(gateway_page(302, "text/html"));
    page.clear_requests();
    refresh(page).await;
    page.wait_for_texts(&["Something in front of the API redirects the request", SAMPLE_ID]).await;
    assert!(!page.has_sign_in_form().await);
    assert_eq!(page.count_requests("/auth/"), 0);
}

async fn change_is_not_sent_while_the_renewal_fails(page: &Page) {
    page.add_jobs([page.running_job("aws/bulkjob", "the-job", 300)]);
    page.open_signed_in("?job=aws/bulkjob/the-job").await;
    page.wait_for_text("keys finished").await;
    page.button(copy::CANCEL_JOB).click().await;
    page.advance(seconds(301));
    page.add_fault(Fault::status(503).path("/auth/tokens/"));
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text("The job was not cancelled: The change was not sent").await;
    assert!(!page.has_sign_in_form().await);
    // The first attempt was refused with 401, and there was no second.
    assert_eq!(page.count_requests("/cancel"), 1, "{:?}", page.requests());
    page.clear_faults();
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
}

const ELSEWHERE: &str = "Signed out, because another page of this console";

async fn sign_out_ends_the_other_tabs(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    page.while_hidden(async || {
        // The session of the first tab is not shared.
        page.open("?jobs=azure/bulkjobs").await;
        page.wait_for_text(copy::USERNAME).await;
        page.sign_in().await;
        page.clear_requests();
        page.button(copy::SIGN_OUT).click().await;
        page.wait_for_text("You have signed out.").await;
        let both = async || page.count_requests("POST /api/v1/auth/revoke") == 2;
        page.wait_until("the tokens of both tabs are revoked", both).await;
    })
    .await;
    page.wait_for_text(ELSEWHERE).await;
    assert!(!page.document_has_text(SAMPLE_ID).await);
}

/// A browser keeps a page for going back only if the host lets it store the document, which the recipes of `deploy/` and
/// the simulator do not. Chromium keeps this one; Firefox keeps none here in which someone has signed in, and loads it
/// again. `tests/browser/session.rs` tests the event of a page that was kept.
async fn sign_out_ends_the_page_behind_back(page: &Page) {
    let query = "?jobs=aws/bulkjob";
    page.open(query).await;
    let document = page.eval("return fetch('').then((answer) => answer.text())", &[]).await;
    let headers = [("content-type", "text/html; charset=utf-8"), ("cache-control", "no-cache")];
    let document = document.as_str().expect("the document is text");
    page.add_fault(Fault::gateway(200, &headers, document).path(&format!("/{query}")));
    page.open_signed_in(query).await;
    page.wait_for_text("1–1 of 1").await;
    page.eval("window.isKept = true", &[]).await;
    // Firefox reports the requests that it aborts on leaving.
    page.allow_console_errors(&["NetworkError"]);
    page.leave().await;
    page.while_hidden(async || {
        page.open_signed_in("?jobs=azure/bulkjobs").await;
        page.button(copy::SIGN_OUT).click().await;
        page.wait_for_text("You have signed out.").await;
    })
    .await;
    page.back().await;
    page.wait_for_query(query).await;
    page.wait_for_text(copy::USERNAME).await;
    assert!(!page.document_has_text(SAMPLE_ID).await);
    if page.browser() == Browser::Chromium {
        assert_eq!(page.eval("return window.isKept", &[]).await, true, "it is the same document");
        page.wait_for_text(ELSEWHERE).await;
    }
}

async fn idle_session_is_signed_out(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    let requests_before = page.count_requests("GET /api/v1/cckm/aws/bulkjob");
    // After six seconds; polling is not activity.
    page.wait_for_text("Signed out after 6 seconds without activity.").await;
    assert!(page.count_requests("GET /api/v1/cckm/aws/bulkjob") > requests_before);
    page.wait_for_request("POST /api/v1/auth/revoke").await;
    page.wait_for_request("POST /api/v1/auth/logout").await;
    assert!(!page.document_has_text(&SAMPLE_ID[..8]).await);
    page.clear_requests();
    page.assert_no_requests(seconds(2)).await;
    page.sign_in().await;
    page.wait_for_text("1–1 of 1").await;
}

async fn dismissed_idle_warning_keeps_the_session(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    page.wait_for_text("1–1 of 1").await;
    // A fifth of 24 seconds before the end.
    page.wait_for_text("You will soon be signed out").await;
    page.button("Stay signed in").click().await;
    page.wait_for_text_gone("You will soon be signed out").await;
    page.assert_stays("the person stays signed in", seconds(7), async || {
        !page.has_sign_in_form().await
    })
    .await;
}

/// Refreshes without scrolling to the button, as a click of the driver would.
async fn refresh(page: &Page) {
    page.button(copy::REFRESH).get("found.click()").await;
}
