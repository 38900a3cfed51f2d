//! Batches through all that goes wrong: lost answers, reloads, ended sessions, refusals, other tabs.
//! However it goes, each key is asked for once.

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use e2e::{Page, Setup, scenarios, seconds};
use serde_json::json;

use crate::batches::{START, asked, failing, keys, start};

scenarios! {
    Setup::default().polling_fast() =>
        expired_token_is_renewed_during_a_batch, ended_session_pauses_a_batch,
        reload_pauses_a_batch_and_saves_no_secret, lost_answers_are_found_in_the_list,
        lost_request_is_repeated_only_on_request, rate_limited_batch_waits_as_asked,
        forbidden_or_stopped_batch_waits, refused_chunk_is_sent_again_on_request,
        request_repeated_by_the_browser_is_reported, second_tab_only_watches_a_batch,
        batch_taken_by_another_tab_stops, batch_of_another_domain_or_server_stays_paused;
}

/// Slow enough that something can be done halfway.
fn slow() -> Fault {
    Fault::latency(seconds(1)).method("POST").path("bulkjob")
}

async fn halfway(page: &Page) {
    page.wait_until("half of them are sent", async || page.count_requests(START) >= 4).await;
}

async fn expired_token_is_renewed_during_a_batch(page: &Page) {
    failing(page, "-0000000001");
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    halfway(page).await;
    page.advance(seconds(301));
    page.wait_for_text("10 of 10 jobs started").await;
    assert!(page.count_responses(401) > 0, "the server's token was over");
    assert!(!page.has_sign_in_form().await);
    assert_eq!(asked(page), keys(1_000));
    page.advance(seconds(600));
    page.wait_for_text("1,000 of 1,000 keys finished").await;
    page.wait_for_texts(&["100 failed", "900 done"]).await;
}

async fn ended_session_pauses_a_batch(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    halfway(page).await;
    page.simulator(|simulator| simulator.auth.revoke_all());
    page.wait_for_text("Sign in again").await;
    page.sign_in().await;
    page.wait_for_text("The session has ended").await;
    let sent = page.count_requests(START);
    page.assert_stays("nothing is started", seconds(2), async || {
        page.count_requests(START) == sent
    })
    .await;
    page.button("Go on").click().await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(asked(page), keys(1_000));
}

async fn reload_pauses_a_batch_and_saves_no_secret(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    halfway(page).await;
    page.reload().await;
    let sent = page.count_requests(START);
    page.sign_in().await;
    page.wait_for_texts(&["The page was loaded anew", "Looked for"]).await;
    let kept = page.eval("return JSON.stringify(localStorage)", &[]).await;
    let kept = kept.as_str().unwrap();
    for word in ["eyJ", "Success", "in_progress", "completed", "admin"] {
        assert!(!kept.contains(word), "{word} is kept: {kept}");
    }
    page.assert_stays("nothing is started", seconds(2), async || {
        page.count_requests(START) == sent
    })
    .await;
    page.button("Go on").click().await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(asked(page), keys(1_000));
    assert_eq!(page.count_requests(START), 10, "nothing was sent twice");
    page.reload().await;
    page.sign_in().await;
    page.wait_for_text("10 of 10 jobs started").await;
    // Statuses come from the jobs again.
    page.advance(seconds(600));
    page.wait_for_text("1,000 of 1,000 keys finished").await;
    page.wait_for_text_gone("The page was loaded anew").await;
}

async fn lost_answers_are_found_in_the_list(page: &Page) {
    page.open_signed_in("?batch=new").await;
    for (effect, after) in [(Effect::Empty, 1), (Effect::Truncate(20), 4), (Effect::Html, 5)] {
        let lost = Fault::new(effect).method("POST").path("bulkjob");
        page.add_fault(lost.after(after).times(1).processed());
    }
    start(page, &keys(1_000), "Enable keys").await;
    page.wait_for_text("10 of 10 jobs started").await;
    assert_eq!(page.count_requests(START), 10, "{:?}", page.requests());
    assert_eq!(asked(page), keys(1_000));
}

async fn lost_request_is_repeated_only_on_request(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let lost = Fault::status(503).method("POST").path("bulkjob");
    page.add_fault(lost.after(2).times(1));
    start(page, &keys(500), "Enable keys").await;
    page.wait_for_texts(&["It is unknown whether a job was started", "1 unknown"]).await;
    page.assert_accessible("batch, unknown").await;
    page.screenshot("batch-unknown").await;
    let sent = page.count_requests(START);
    page.button("Look for it again, then go on").click().await;
    page.wait_for_texts(&["is looked for", "It is unknown whether a job was started"]).await;
    assert_eq!(page.count_requests(START), sent, "nothing is sent again by itself");
    // The others go on when told, and the one when someone says so.
    page.button("Go on").click().await;
    page.wait_for_text("4 of 5 jobs started, 1 unknown").await;
    page.role("button").named_like("Send again…").click().await;
    page.wait_for_text("its keys are asked for twice").await;
    page.button("Send it again and go on").click().await;
    page.wait_for_text("5 of 5 jobs started").await;
    assert_eq!(page.count_requests(START), 6);
    assert_eq!(asked(page), keys(500));
}

/// Browsers repeat a request by themselves when a connection that was in use breaks without an answer.
async fn request_repeated_by_the_browser_is_reported(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let reset = Fault::new(Effect::Reset).method("POST").path("bulkjob");
    page.add_fault(reset.after(1).times(1).processed());
    start(page, &keys(400), "Enable keys").await;
    page.wait_for_text("4 of 4 jobs started").await;
    let twice = page.count_requests(START) - 4;
    assert!(twice <= 1);
    if twice == 1 {
        page.wait_for_text("The server has another job of the same keys").await;
    }
    assert_eq!(asked(page).len(), 400 + 100 * twice);
}

async fn rate_limited_batch_waits_as_asked(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let effect = Effect::Status {
        status: 429,
        body: FaultBody::Documented,
        retry_after: Some("6".to_owned()),
    };
    let often = Fault::new(effect).method("POST").path("bulkjob");
    page.add_fault(often.after(3).times(2));
    start(page, &keys(800), "Enable keys").await;
    page.wait_for_texts(&["The server is asked too often", "The server asks to wait"]).await;
    assert!(!page.button("Go on").is_enabled().await);
    page.wait_until("what was under way has ended", async || !page.has_text("Being started").await)
        .await;
    let sent = page.count_requests(START);
    page.assert_stays("nothing is started", seconds(2), async || {
        page.count_requests(START) == sent
    })
    .await;
    // The wait comes through a reload.
    page.reload().await;
    page.sign_in().await;
    page.wait_for_text("The page was loaded anew").await;
    page.wait_for_text_gone("The server asks to wait").await;
    page.button("Go on").click().await;
    page.wait_until("the rest is started", async || {
        page.has_text("8 of 8 jobs started").await
            || page.has_text("The server is asked too often").await
    })
    .await;
    page.clear_faults();
    if page.has_text("asked too often").await {
        page.wait_for_text_gone("The server asks to wait").await;
        page.button("Go on").click().await;
    }
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(asked(page), keys(800));
}

async fn forbidden_or_stopped_batch_waits(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let forbidden = Fault::status(403).method("POST").path("bulkjob");
    page.add_fault(forbidden.after(3));
    start(page, &keys(800), "Enable keys").await;
    page.wait_for_texts(&["keybulkoperation", "3 of 8 jobs started"]).await;
    let sent = page.count_requests(START);
    assert!(sent <= 5, "at most two were under way: {sent}");
    page.assert_accessible("batch, forbidden").await;
    page.clear_faults();
    page.button("Go on").click().await;
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(asked(page), keys(800));
    // Stopped by hand it stands still too.
    page.link("Back to all batches").click().await;
    page.link("New batch…").click().await;
    page.add_fault(slow());
    let more: Vec<String> = (0..500).map(|at| format!("other-{at:03}")).collect();
    start(page, &more, "Enable keys").await;
    page.button("Stop").click().await;
    page.wait_for_texts(&["Stopped", "No more jobs are started until you say so"]).await;
    page.clear_faults();
    page.button("Go on").click().await;
    page.wait_for_text("5 of 5 jobs started").await;
    assert_eq!(asked(page), [keys(800), more].concat());
}

async fn refused_chunk_is_sent_again_on_request(page: &Page) {
    page.open_signed_in("?batch=new").await;
    let refused = Fault::status(422).method("POST").path("bulkjob");
    page.add_fault(refused.after(1).times(1));
    start(page, &keys(300), "Enable keys").await;
    page.wait_for_text("2 of 3 jobs started, 1 refused").await;
    page.wait_for_texts(&["The server rejected the request (422)", "100 failed"]).await;
    page.role("button").named_like("Send again…").click().await;
    page.button("Send it again and go on").click().await;
    page.wait_for_text("3 of 3 jobs started").await;
    assert_eq!(asked(page), keys(300));
    assert_eq!(page.count_requests(START), 4);
}

/// A tab that slept finds, when it wakes, that another has taken the batch.
async fn batch_taken_by_another_tab_stops(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(800), "Enable keys").await;
    halfway(page).await;
    let lease = |ms: i64| async move {
        let put = "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.lease.'));
            localStorage.setItem(name, `other ${window.Date.now() + arguments[0]}`)";
        page.eval(put, &[json!(ms)]).await;
    };
    lease(60_000).await;
    page.wait_for_text("Another tab of this browser starts the jobs of this batch").await;
    let sent = page.count_requests(START);
    page.assert_stays("nothing is started", seconds(3), async || {
        page.count_requests(START) == sent && !page.has_text("Go on").await
    })
    .await;
    // The other is closed without a word: its note comes to its end.
    lease(-1).await;
    page.button("Go on").click().await;
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(asked(page), keys(800));
}

async fn second_tab_only_watches_a_batch(page: &Page) {
    page.open_signed_in("?batch=new").await;
    // The batch waits for these answers until the other tab has seen it.
    let unhurried = Fault::latency(seconds(10)).method("POST").path("bulkjob");
    page.add_fault(unhurried);
    start(page, &keys(800), "Enable keys").await;
    page.wait_for_text("Starting jobs…").await;
    let batch = page.query().await;
    page.while_hidden(async || {
        page.open_signed_in(&batch).await;
        page.wait_for_text("Another tab of this browser starts the jobs of this batch").await;
        assert!(!page.has_text("Go on").await);
        page.clear_faults();
        // What the other tab keeps is shown here.
        page.wait_for_text("8 of 8 jobs started").await;
    })
    .await;
    page.wait_for_text("8 of 8 jobs started").await;
    assert_eq!(page.count_requests(START), 8);
    assert_eq!(asked(page), keys(800));
}

/// As if it had been made in another domain, and as it was kept before that was told.
async fn batch_of_another_domain_or_server_stays_paused(page: &Page) {
    page.open_signed_in("?batch=new").await;
    page.add_fault(slow());
    start(page, &keys(800), "Enable keys").await;
    halfway(page).await;
    for tag in ["&at=https%3A%2F%2Felsewhere%2F+", ""] {
        page.reload().await;
        let put = "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.batch.'));
            localStorage.setItem(name, localStorage.getItem(name).replace(/&at=[^&]*/, arguments[0]))";
        page.eval(put, &[json!(tag)]).await;
        let sent = page.count_requests(START);
        page.sign_in().await;
        page.wait_for_text("made in another domain or at another server").await;
        page.assert_stays("nothing is started", seconds(1), async || {
            page.count_requests(START) == sent && !page.has_text("Go on").await
        })
        .await;
    }
    page.assert_accessible("batch, made elsewhere").await;
    page.link("Back to all batches").click().await;
    page.wait_for_text("In another domain or at another server").await;
}
