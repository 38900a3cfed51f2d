//! Batches through all that goes wrong: lost answers, reloads, ended sessions, refusals, other tabs.
//! However it goes, each key is asked for once.

use cckm_simulator::fault::{Effect, Fault, FaultBody};
use e2e::{Page, Setting, in_both_browsers};
use serde_json::json;

use crate::batches::{START, asked, failing, keys, start};
use crate::shop::second;

in_both_browsers!(Setting::default().polling_fast();
    a_token_that_ends_halfway, a_session_that_ends_halfway, a_reload_in_the_middle, a_lost_answer_is_found,
    a_lost_request_is_not_repeated, asked_too_often, forbidden_halfway, one_part_refused, sent_twice_by_the_browser, two_tabs,
    overtaken_by_another_tab, made_elsewhere);

/// Slow enough that something can be done halfway.
fn slow() -> Fault {
    Fault::latency(second(1)).method("POST").path("bulkjob")
}

async fn halfway(page: &Page) {
    page.until("half of them are sent", async || {
        page.count_requests(START) >= 4
    })
    .await;
}

async fn a_token_that_ends_halfway(page: &Page) {
    failing(page, "-0000000001");
    page.enter("?batch=new").await;
    page.fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    halfway(page).await;
    page.advance(second(301));
    page.sees("10 of 10 jobs started").await;
    assert!(page.count_answers(401) > 0, "the server's token was over");
    assert!(!page.has_sign_in_form().await);
    assert_eq!(asked(page), keys(1_000));
    page.advance(second(600));
    page.sees("1,000 of 1,000 keys finished").await;
    page.sees_all(&["100 failed", "900 done"]).await;
}

async fn a_session_that_ends_halfway(page: &Page) {
    page.enter("?batch=new").await;
    page.fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    halfway(page).await;
    page.simulator(|simulator| simulator.auth.revoke_all());
    page.sees("Sign in again").await;
    page.sign_in().await;
    page.sees("The session has ended").await;
    let sent = page.count_requests(START);
    page.stays("nothing is started", second(2), async || {
        page.count_requests(START) == sent
    })
    .await;
    page.press("Go on").await;
    page.sees("10 of 10 jobs started").await;
    assert_eq!(asked(page), keys(1_000));
}

async fn a_reload_in_the_middle(page: &Page) {
    page.enter("?batch=new").await;
    page.fault(slow());
    start(page, &keys(1_000), "Enable keys").await;
    halfway(page).await;
    page.reload().await;
    let sent = page.count_requests(START);
    page.sign_in().await;
    page.sees("The page was loaded anew").await;
    page.sees("Looked for").await;
    let kept = page.js("return JSON.stringify(localStorage)", &[]).await;
    let kept = kept.as_str().unwrap();
    for word in ["eyJ", "Success", "in_progress", "completed", "admin"] {
        assert!(!kept.contains(word), "{word} is kept: {kept}");
    }
    page.stays("nothing is started", second(2), async || {
        page.count_requests(START) == sent
    })
    .await;
    page.press("Go on").await;
    page.sees("10 of 10 jobs started").await;
    assert_eq!(asked(page), keys(1_000));
    assert_eq!(page.count_requests(START), 10, "nothing was sent twice");
    page.reload().await;
    page.sign_in().await;
    page.sees("10 of 10 jobs started").await;
    // Statuses come from the jobs again.
    page.advance(second(600));
    page.sees("1,000 of 1,000 keys finished").await;
    page.misses("The page was loaded anew").await;
}

async fn a_lost_answer_is_found(page: &Page) {
    page.enter("?batch=new").await;
    for (effect, after) in [
        (Effect::Empty, 1),
        (Effect::Truncate(20), 4),
        (Effect::Html, 5),
    ] {
        let lost = Fault::new(effect).method("POST").path("bulkjob");
        page.fault(lost.after(after).times(1).processed());
    }
    start(page, &keys(1_000), "Enable keys").await;
    page.sees("10 of 10 jobs started").await;
    assert_eq!(page.count_requests(START), 10, "{:?}", page.requests());
    assert_eq!(asked(page), keys(1_000));
}

async fn a_lost_request_is_not_repeated(page: &Page) {
    page.enter("?batch=new").await;
    let lost = Fault::status(503).method("POST").path("bulkjob");
    page.fault(lost.after(2).times(1));
    start(page, &keys(500), "Enable keys").await;
    page.sees("It is unknown whether a job was started").await;
    page.sees("1 unknown").await;
    page.is_accessible("batch, unknown").await;
    page.picture("batch-unknown").await;
    let sent = page.count_requests(START);
    page.press("Look for it again, then go on").await;
    page.sees("is looked for").await;
    page.sees("It is unknown whether a job was started").await;
    assert_eq!(
        page.count_requests(START),
        sent,
        "nothing is sent again by itself"
    );
    // The others go on when told, and the one when someone says so.
    page.press("Go on").await;
    page.sees("4 of 5 jobs started, 1 unknown").await;
    page.click_css("button[aria-label^='Send again…']").await;
    page.sees("its keys are asked for twice").await;
    page.press("Send it again and go on").await;
    page.sees("5 of 5 jobs started").await;
    assert_eq!(page.count_requests(START), 6);
    assert_eq!(asked(page), keys(500));
}

/// Browsers repeat a request by themselves when a connection that was in use breaks without an answer.
async fn sent_twice_by_the_browser(page: &Page) {
    page.enter("?batch=new").await;
    let reset = Fault::new(Effect::Reset).method("POST").path("bulkjob");
    page.fault(reset.after(1).times(1).processed());
    start(page, &keys(400), "Enable keys").await;
    page.sees("4 of 4 jobs started").await;
    let twice = page.count_requests(START) - 4;
    assert!(twice <= 1);
    if twice == 1 {
        page.sees("The server has another job of the same keys")
            .await;
    }
    assert_eq!(asked(page).len(), 400 + 100 * twice);
}

async fn asked_too_often(page: &Page) {
    page.enter("?batch=new").await;
    let effect = Effect::Status {
        status: 429,
        body: FaultBody::Documented,
        retry_after: Some("6".to_owned()),
    };
    let often = Fault::new(effect).method("POST").path("bulkjob");
    page.fault(often.after(3).times(2));
    start(page, &keys(800), "Enable keys").await;
    page.sees("The server is asked too often").await;
    page.sees("The server asks to wait").await;
    let disabled = "return find('button', 'Go on').disabled";
    assert_eq!(page.ask(disabled, &[]).await, json!(true));
    page.until("what was under way has ended", async || {
        !page.shows("Being started").await
    })
    .await;
    let sent = page.count_requests(START);
    page.stays("nothing is started", second(2), async || {
        page.count_requests(START) == sent
    })
    .await;
    // The wait comes through a reload.
    page.reload().await;
    page.sign_in().await;
    page.sees("The page was loaded anew").await;
    page.misses("The server asks to wait").await;
    page.press("Go on").await;
    page.until("the rest is started", async || {
        page.shows("8 of 8 jobs started").await || page.shows("The server is asked too often").await
    })
    .await;
    page.heal();
    if page.shows("asked too often").await {
        page.misses("The server asks to wait").await;
        page.press("Go on").await;
    }
    page.sees("8 of 8 jobs started").await;
    assert_eq!(asked(page), keys(800));
}

async fn forbidden_halfway(page: &Page) {
    page.enter("?batch=new").await;
    let forbidden = Fault::status(403).method("POST").path("bulkjob");
    page.fault(forbidden.after(3));
    start(page, &keys(800), "Enable keys").await;
    page.sees("keybulkoperation").await;
    page.sees("3 of 8 jobs started").await;
    let sent = page.count_requests(START);
    assert!(sent <= 5, "at most two were under way: {sent}");
    page.is_accessible("batch, forbidden").await;
    page.heal();
    page.press("Go on").await;
    page.sees("8 of 8 jobs started").await;
    assert_eq!(asked(page), keys(800));
    // Stopped by hand it stands still too.
    page.follow("Back to all batches").await;
    page.follow("New batch…").await;
    page.fault(slow());
    let more: Vec<String> = (0..500).map(|at| format!("other-{at:03}")).collect();
    start(page, &more, "Enable keys").await;
    page.press("Stop").await;
    page.sees("Stopped").await;
    page.sees("No more jobs are started until you say so").await;
    page.heal();
    page.press("Go on").await;
    page.sees("5 of 5 jobs started").await;
    assert_eq!(asked(page), [keys(800), more].concat());
}

async fn one_part_refused(page: &Page) {
    page.enter("?batch=new").await;
    let refused = Fault::status(422).method("POST").path("bulkjob");
    page.fault(refused.after(1).times(1));
    start(page, &keys(300), "Enable keys").await;
    page.sees("2 of 3 jobs started, 1 refused").await;
    page.sees("The server rejected the request (422)").await;
    page.sees("100 failed").await;
    page.click_css("button[aria-label^='Send again…']").await;
    page.press("Send it again and go on").await;
    page.sees("3 of 3 jobs started").await;
    assert_eq!(asked(page), keys(300));
    assert_eq!(page.count_requests(START), 4);
}

/// A tab that slept finds, when it wakes, that another has taken the batch.
async fn overtaken_by_another_tab(page: &Page) {
    page.enter("?batch=new").await;
    page.fault(slow());
    start(page, &keys(800), "Enable keys").await;
    halfway(page).await;
    let lease = |ms: i64| async move {
        let put = "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.lease.'));
            localStorage.setItem(name, `other ${Date.now() + arguments[0]}`)";
        page.js(put, &[json!(ms)]).await;
    };
    lease(60_000).await;
    page.sees("Another tab of this browser starts the jobs of this batch")
        .await;
    let sent = page.count_requests(START);
    page.stays("nothing is started", second(3), async || {
        page.count_requests(START) == sent && !page.shows("Go on").await
    })
    .await;
    // The other is closed without a word: its note comes to its end.
    lease(-1).await;
    page.press("Go on").await;
    page.sees("8 of 8 jobs started").await;
    assert_eq!(asked(page), keys(800));
}

async fn two_tabs(page: &Page) {
    page.enter("?batch=new").await;
    page.fault(slow());
    start(page, &keys(800), "Enable keys").await;
    page.sees("Starting jobs…").await;
    let batch = page.query().await;
    page.behind_another_tab(async || {
        page.enter(&batch).await;
        page.sees("Another tab of this browser starts the jobs of this batch")
            .await;
        assert!(!page.shows("Go on").await);
        // What the other tab keeps is shown here.
        page.sees("8 of 8 jobs started").await;
    })
    .await;
    page.sees("8 of 8 jobs started").await;
    assert_eq!(page.count_requests(START), 8);
    assert_eq!(asked(page), keys(800));
}

/// As if it had been made in another domain, and as it was kept before that was told.
async fn made_elsewhere(page: &Page) {
    page.enter("?batch=new").await;
    page.fault(slow());
    start(page, &keys(800), "Enable keys").await;
    halfway(page).await;
    for tag in ["&at=https%3A%2F%2Felsewhere%2F+", ""] {
        page.reload().await;
        let put = "const name = Object.keys(localStorage).find((name) => name.startsWith('cckm-jobs.batch.'));
            localStorage.setItem(name, localStorage.getItem(name).replace(/&at=[^&]*/, arguments[0]))";
        page.js(put, &[json!(tag)]).await;
        let sent = page.count_requests(START);
        page.sign_in().await;
        page.sees("made in another domain or at another server")
            .await;
        page.stays("nothing is started", second(1), async || {
            page.count_requests(START) == sent && !page.shows("Go on").await
        })
        .await;
    }
    page.is_accessible("batch, made elsewhere").await;
    page.follow("Back to all batches").await;
    page.sees("In another domain or at another server").await;
}
