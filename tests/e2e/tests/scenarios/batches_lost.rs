//! Batches with lost answers, reloads, ended sessions, refusals and other tabs. Each key must be requested
//! exactly once.

use cckm_simulator::fault::{Effect, Fault};
use e2e::{Page, Setup, scenarios, seconds, too_many_requests};
use serde_json::json;

use crate::batches::{START, assert_no_start, fail_keys, keys, requested_keys, start};
use crate::copy;

scenarios! {
    Setup::default().polling_fast() =>
        expired_token_is_renewed_during_a_batch, ended_session_pauses_a_batch,
        reload_pauses_a_batch_and_saves_no_secret, lost_answers_are_found_in_the_list,
        lost_request_is_repeated_only_on_request, rate_limited_batch_waits_for_retry_after,
        forbidden_or_stopped_batch_waits_until_resumed, refused_chunk_is_sent_again_on_request,
        request_repeated_by_the_browser_is_reported, second_tab_shows_a_batch_without_sending,
        batch_taken_by_another_tab_stops, batch_of_another_domain_or_server_stays_paused;
}

/// Delays each start, so that a scenario can act in between.
fn slow() -> Fault {
    Fault::latency(seconds(1)).method("POST").path("bulkjob")
}

/// Waits until four jobs of the batch are requested.
async fn wait_for_four_starts(page: &Page) {
    page.wait_until("four starts are sent", async || page.count_requests(START) >= 4).await;
}

async fn expired_token_is_renewed_during_a_batch(page: &Page) {
    fail_keys(page, "-0000000001");
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    wait_for_four_starts(page).await;
    page.advance(seconds(301));
    page.wait_for_text("10 of 10 jobs started").await;
    assert!(page.count_responses(401) > 0, "the token has expired");
    assert!(!page.has_sign_in_form().await);
    assert_eq!(requested_keys(page), keys(1_000));
    page.advance(seconds(600));
    page.wait_for_text("1,000 of 1,000 keys finished").await;
    page.wait_for_texts(&["100 failed", "900 done"]).await;
}

async fn ended_session_pauses_a_batch(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    wait_for_four_starts(page).await;
    page.end_sessions();
    page.wait_for_text(copy::SIGN_IN_AGAIN).await;
    page.sign_in().await;
    page.wait_for_text("The session has ended").await;
    let sent = page.count_requests(START);
    assert_no_start(page, sent, seconds(2)).await;
    page.button(copy::RESUME).click().await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(requested_keys(page), keys(1_000));
}

async fn reload_pauses_a_batch_and_saves_no_secret(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    wait_for_four_starts(page).await;
    page.reload().await;
    let sent = page.count_requests(START);
    page.sign_in().await;
    page.wait_for_texts(&[copy::NOT_BEING_SENT, "Being searched for"]).await;
    let stored = page.eval("return JSON.stringify(localStorage)", &[]).await;
    let stored = stored.as_str().unwrap();
    for word in ["eyJ", "Success", "in_progress", "completed", "admin"] {
        assert!(!stored.contains(word), "{word} is stored: {stored}");
    }
    assert_no_start(page, sent, seconds(2)).await;
    page.button(copy::RESUME).click().await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(requested_keys(page), keys(1_000));
    assert_eq!(page.count_requests(START), 10, "no start was sent twice");
    page.reload_signed_in().await;
    page.wait_for_text("10 of 10 jobs started").await;
    // The statuses are read from the jobs again.
    page.advance(seconds(600));
    page.wait_for_text("1,000 of 1,000 keys finished").await;
    page.wait_for_text_gone(copy::NOT_BEING_SENT).await;
}

async fn lost_answers_are_found_in_the_list(page: &Page) {
    page.open_signed_in("?batch=new").await;
    for (effect, after) in
        [(Effect::Empty, 1), (Effect::Truncate { bytes: 20 }, 4), (Effect::Html, 5)]
    {
        let lost = Fault::new(effect).method("POST").path("bulkjob");
        page.add_fault(lost.after(after).times(1).processed());
    }
    start(page, &keys(1_000), "Enable keys").await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(page.count_requests(START), 10, "{:?}", page.requests());
    assert_eq!(requested_keys(page), keys(1_000));
}

async fn lost_request_is_repeated_only_on_request(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let lost = Fault::status(503).method("POST").path("bulkjob");
    page.add_fault(lost.after(2).times(1));
    // More jobs than can be in flight when the answer is lost, so that some are waiting then.
    start(page, &keys(1_000), "Enable keys").await;
    page.wait_for_texts(&["It is unknown whether a job was started", "1 unknown"]).await;
    page.assert_accessible("batch, unknown").await;
    page.screenshot("batch-unknown").await;
    let sent = page.count_requests(START);
    page.button("Search again, then resume").click().await;
    page.wait_for_texts(&["is being searched for", "It is unknown whether a job was started"])
        .await;
    assert_eq!(page.count_requests(START), sent, "nothing is repeated without confirmation");
    // Resuming starts the others; the unknown one needs its own confirmation.
    page.button(copy::RESUME).click().await;
    page.wait_for_text("9 of 10 jobs started, 1 unknown").await;
    page.role("button").named_like("Send again…").click().await;
    page.wait_for_text("the same is requested twice").await;
    page.button("Send again and resume").click().await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(page.count_requests(START), 11);
    assert_eq!(requested_keys(page), keys(1_000));
}

/// Browsers repeat a request when a reused connection breaks before an answer.
async fn request_repeated_by_the_browser_is_reported(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let reset = Fault::new(Effect::Reset).method("POST").path("bulkjob");
    page.add_fault(reset.after(1).times(1).processed());
    start(page, &keys(400), "Enable keys").await;
    page.wait_for_text("4 of 4 jobs started").await;
    let repeated = page.count_requests(START) - 4;
    assert!(repeated <= 1);
    if repeated == 1 {
        page.wait_for_text("The server has another job of the same request").await;
    }
    assert_eq!(requested_keys(page).len(), 400 + 100 * repeated);
}

async fn rate_limited_batch_waits_for_retry_after(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let limited = too_many_requests(6).method("POST").path("bulkjob");
    page.add_fault(limited.after(3).times(2));
    start(page, &keys(800), "Enable keys").await;
    page.wait_for_texts(&[copy::TOO_MANY_REQUESTS, copy::THE_SERVER_ASKS_TO_WAIT]).await;
    assert!(!page.button(copy::RESUME).is_enabled().await);
    page.wait_until("the pending starts have ended", async || {
        !page.has_text("Being started").await
    })
    .await;
    let sent = page.count_requests(START);
    assert_no_start(page, sent, seconds(2)).await;
    // The wait survives a reload.
    page.reload_signed_in().await;
    page.wait_for_text(copy::NOT_BEING_SENT).await;
    page.wait_for_text_gone(copy::THE_SERVER_ASKS_TO_WAIT).await;
    page.button(copy::RESUME).click().await;
    page.wait_until("the remaining jobs are started", async || {
        page.has_text("8 of 8 jobs started").await || page.has_text(copy::TOO_MANY_REQUESTS).await
    })
    .await;
    page.clear_faults();
    if page.has_text(copy::TOO_MANY_REQUESTS).await {
        page.wait_for_text_gone(copy::THE_SERVER_ASKS_TO_WAIT).await;
        page.button(copy::RESUME).click().await;
    }
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(requested_keys(page), keys(800));
}

async fn forbidden_or_stopped_batch_waits_until_resumed(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let forbidden = Fault::status(403).method("POST").path("bulkjob");
    page.add_fault(forbidden.after(3));
    start(page, &keys(800), "Enable keys").await;
    page.wait_for_texts(&["keybulkoperation", "3 of 8 jobs started"]).await;
    let sent = page.count_requests(START);
    assert!(sent <= 5, "at most two starts were pending: {sent}");
    page.assert_accessible("batch, forbidden").await;
    page.clear_faults();
    page.button(copy::RESUME).click().await;
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(requested_keys(page), keys(800));
    // A batch that the user stops waits too.
    page.link(copy::BACK_TO_ALL_BATCHES).click().await;
    page.link(copy::NEW_BATCH).click().await;
    page.add_fault(slow());
    let more: Vec<String> = (0..500).map(|at| format!("other-{at:03}")).collect();
    start(page, &more, "Enable keys").await;
    page.button("Pause").nth(0).click().await;
    page.wait_for_texts(&["Paused", "No more jobs are started until you resume"]).await;
    page.clear_faults();
    page.button(copy::RESUME).click().await;
    page.wait_for_text("5 of 5 jobs started").await;
    assert_eq!(requested_keys(page), [keys(800), more].concat());
}

async fn refused_chunk_is_sent_again_on_request(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let refused = Fault::status(422).method("POST").path("bulkjob");
    page.add_fault(refused.after(1).times(1));
    start(page, &keys(300), "Enable keys").await;
    page.wait_for_text("2 of 3 jobs started, 1 refused").await;
    page.wait_for_texts(&["The server rejected the request (422)", "100 failed"]).await;
    page.role("button").named_like("Send again…").click().await;
    page.button("Send again and resume").click().await;
    page.wait_for_text("3 of 3 jobs started").await;
    assert_eq!(requested_keys(page), keys(300));
    assert_eq!(page.count_requests(START), 4);
}

/// A tab notices that another has taken over its batch.
async fn batch_taken_by_another_tab_stops(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(800), "Enable keys").await;
    wait_for_four_starts(page).await;
    let lease = |ms: i64| async move {
        let write = "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.lease.'));
            localStorage.setItem(name, `other ${window.Date.now() + arguments[0]}`)";
        page.eval(write, &[json!(ms)]).await;
    };
    lease(60_000).await;
    page.wait_for_text("Another tab of this browser starts the jobs of this batch").await;
    let sent = page.count_requests(START);
    page.assert_stays("no job is started", seconds(3), async || {
        page.count_requests(START) == sent && !page.has_text(copy::RESUME).await
    })
    .await;
    // The other tab is closed: its lease expires.
    lease(-1).await;
    page.button(copy::RESUME).click().await;
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(requested_keys(page), keys(800));
}

async fn second_tab_shows_a_batch_without_sending(page: &Page) {
    page.open_signed_in("?batch=new").await;
    // The batch waits for these answers until the other tab has seen it.
    page.add_fault(Fault::latency(seconds(10)).method("POST").path("bulkjob"));
    start(page, &keys(800), "Enable keys").await;
    page.wait_for_text("Starting jobs…").await;
    let batch = page.query().await;
    page.while_hidden(async || {
        page.open_signed_in(&batch).await;
        page.wait_for_text("Another tab of this browser starts the jobs of this batch").await;
        assert!(!page.has_text(copy::RESUME).await);
        page.clear_faults();
        // This tab shows what the other one saves.
        page.wait_for_text("8 of 8 jobs started").await;
    })
    .await;
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(page.count_requests(START), 8);
    assert_eq!(requested_keys(page), keys(800));
}

/// A batch of another domain, and one that was saved without a domain.
async fn batch_of_another_domain_or_server_stays_paused(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(800), "Enable keys").await;
    wait_for_four_starts(page).await;
    for target in [r#""target":"https://elsewhere/ ","#, ""] {
        page.reload().await;
        let write = r#"const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.batch.'));
            localStorage.setItem(name, localStorage.getItem(name).replace(/"target":"[^"]*",/, arguments[0]))"#;
        page.eval(write, &[json!(target)]).await;
        let sent = page.count_requests(START);
        page.sign_in().await;
        page.wait_for_text("made in another domain or at another server").await;
        page.assert_stays("no job is started", seconds(1), async || {
            page.count_requests(START) == sent && !page.has_text(copy::RESUME).await
        })
        .await;
    }
    page.assert_accessible("batch, made elsewhere").await;
    page.link(copy::BACK_TO_ALL_BATCHES).click().await;
    page.wait_for_text("In another domain or at another server").await;
}
