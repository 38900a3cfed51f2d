//! The session at the network: renewals that requests share, repeats, signing out.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use cckm_console::hooks::{Session, provide_session};
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::config::Config;
use cckm_core::session::phase::{Phase, SignedOutBy};
use gloo_timers::future::TimeoutFuture;
use js_sys::Date;
use leptos::prelude::GetUntracked;
use leptos::task::spawn_local;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{FakeServer, Mounted, mount, settle, sign_in, token_reply};

const TOKENS: &str = "POST /api/v1/auth/tokens/";

/// The result of a request once it is there: the body of the answer.
type Outcome = Rc<RefCell<Option<Result<String, ApiError>>>>;

async fn signed_in(server: &FakeServer) -> Mounted<Session> {
    let page = mount(|| (provide_session(&Config::default()), ()));
    sign_in(server, page.value, "ann", 1).await;
    page
}

/// Sends `request` in the background.
fn send(session: Session, request: Request) -> Outcome {
    let outcome = Outcome::default();
    let sent = Rc::clone(&outcome);
    spawn_local(async move {
        let result = session.send(request).await;
        let body = result.map(|response| String::from_utf8_lossy(&response.body).into_owned());
        *sent.borrow_mut() = Some(body);
    });
    outcome
}

#[wasm_bindgen_test]
async fn requests_that_are_unauthorized_share_one_renewal() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let outcomes =
        [send(page.value, Request::get("v1/one")), send(page.value, Request::get("v1/two"))];
    let (one, two) = (server.next("GET /api/v1/one").await, server.next("GET /api/v1/two").await);
    one.answer(401, "{}").await;
    let renewal = server.next(TOKENS).await;
    assert_eq!(renewal.bearer, None);
    two.answer(401, "{}").await;
    server.expect_no_more().await;

    renewal.answer(200, &token_reply("ann", 2)).await;
    for path in ["GET /api/v1/one", "GET /api/v1/two"] {
        let repeated = server.next(path).await;
        assert!(repeated.bearer.as_deref().unwrap().ends_with(".2"));
        repeated.answer(200, "\"done\"").await;
    }
    for outcome in outcomes {
        assert_eq!(*outcome.borrow(), Some(Ok("\"done\"".to_owned())));
    }
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn request_that_is_unauthorized_twice_ends_the_session() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let outcome = send(page.value, Request::get("v1/one"));
    server.next("GET /api/v1/one").await.answer(401, "{}").await;
    server.next(TOKENS).await.answer(200, &token_reply("ann", 2)).await;
    server.next("GET /api/v1/one").await.answer(401, "{}").await;
    assert_eq!(*outcome.borrow(), Some(Err(ApiError::SignedOut)));
    assert!(matches!(page.value.phase.get_untracked(), Phase::Expired(_)));
}

#[wasm_bindgen_test]
async fn mutation_of_unknown_outcome_is_not_repeated() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let outcome = send(page.value, Request::post("v1/start", "{}"));
    server.next("POST /api/v1/start").await.fail().await;
    let result = outcome.borrow_mut().take().expect("a result");
    assert!(result.expect_err("an error").may_have_acted());
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn mutation_whose_renewal_fails_is_reported_as_not_sent() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let outcome = send(page.value, Request::post("v1/start", "{}"));
    server.next("POST /api/v1/start").await.answer(401, "{}").await;
    server.next(TOKENS).await.fail().await;
    let result = outcome.borrow_mut().take().expect("a result");
    assert!(matches!(result, Err(ApiError::NotSent { .. })), "{result:?}");
    assert_eq!(page.value.phase.get_untracked(), Phase::SignedIn);
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn answers_of_a_gateway_neither_renew_nor_end_the_session() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let html = "<!DOCTYPE html><h1>Sign in</h1>";
    for (status, content_type) in
        [(401, "text/html"), (403, "text/html"), (401, "application/json")]
    {
        let outcome = send(page.value, Request::get("v1/one"));
        let headers = [("Content-Type", content_type), ("WWW-Authenticate", "Basic realm=\"x\"")];
        server.next("GET /api/v1/one").await.answer_with(status, &headers, html).await;
        let result = outcome.borrow_mut().take().expect("a result");
        assert!(matches!(result, Err(ApiError::Gateway { .. })), "{result:?}");
    }
    let outcome = send(page.value, Request::get("v1/one"));
    server.next("GET /api/v1/one").await.redirect().await;
    assert_eq!(*outcome.borrow(), Some(Err(ApiError::Redirected)));
    assert_eq!(page.value.phase.get_untracked(), Phase::SignedIn);
    server.expect_no_more().await;
    let again = send(page.value, Request::get("v1/one"));
    let request = server.next("GET /api/v1/one").await;
    assert!(request.bearer.as_deref().unwrap().ends_with(".1"), "the same token");
    request.answer(200, "1").await;
    assert_eq!(*again.borrow(), Some(Ok("1".to_owned())));
}

/// The person does something in another document: part of a script of [`elsewhere`].
const STORE_ACTIVITY: &str = "localStorage.setItem(activity, Date.now());";

/// Runs a script in the place of another document, which shares the storage. `key` is that of the last sign-out, and
/// `activity` that of the last activity.
async fn elsewhere(script: &str) {
    js_sys::eval(&format!(
        "{{ const key = `cckm-jobs.signed-out.${{location.origin}}/api`;
        const activity = `cckm-jobs.activity.${{location.origin}}/api`; {script} }}"
    ))
    .expect("the script runs");
    settle().await;
}

#[wasm_bindgen_test]
async fn sign_out_in_another_document_ends_the_session() {
    for (event, number) in [
        ("new StorageEvent('storage', { key })", "1"),
        ("new PageTransitionEvent('pageshow', { persisted: true })", "2"),
    ] {
        let server = FakeServer::start();
        let page = signed_in(&server).await;
        elsewhere(&format!("dispatchEvent({event})")).await;
        assert_eq!(page.value.phase.get_untracked(), Phase::SignedIn, "nobody has signed out");
        elsewhere(&format!("localStorage.setItem(key, {number}); dispatchEvent({event})")).await;
        let phase = page.value.phase.get_untracked();
        assert_eq!(phase, Phase::SignedOut(SignedOutBy::Elsewhere), "{event}");
        let stored =
            js_sys::eval("localStorage.getItem(`cckm-jobs.signed-out.${location.origin}/api`)");
        assert_eq!(
            stored.unwrap().as_string().as_deref(),
            Some(number),
            "it is not announced again"
        );
        server.next("POST /api/v1/auth/revoke").await.answer(204, "").await;
        server.next("POST /api/v1/auth/logout").await.answer(204, "").await;
    }
}

#[wasm_bindgen_test]
async fn sign_out_changes_the_number_in_the_storage() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let number = || {
        js_sys::eval("localStorage.getItem(`cckm-jobs.signed-out.${location.origin}/api`)")
            .unwrap()
            .as_string()
    };
    let before = number();
    assert!(before.is_some());
    page.value.sign_out();
    assert!(number().is_some() && number() != before);
}

#[wasm_bindgen_test]
async fn page_from_the_cache_asks_to_sign_in_where_storage_is_forbidden() {
    js_sys::eval(
        "window.realStorage = Object.getOwnPropertyDescriptor(window, 'localStorage');
        const get = () => { throw new DOMException('forbidden', 'SecurityError') };
        Object.defineProperty(window, 'localStorage', { configurable: true, get })",
    )
    .expect("the storage is replaced");
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    elsewhere("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: false }))").await;
    let before = page.value.phase.get_untracked();
    elsewhere("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))").await;
    js_sys::eval(
        "if (window.realStorage) Object.defineProperty(window, 'localStorage', window.realStorage);
        else delete window.localStorage",
    )
    .expect("the storage is restored");
    assert_eq!(before, Phase::SignedIn);
    let phase = page.value.phase.get_untracked();
    assert_eq!(phase, Phase::SignedOut(SignedOutBy::NoStorage));
}

#[wasm_bindgen_test]
async fn activity_in_another_document_keeps_the_session() {
    let server = FakeServer::start();
    let config = Config { idle_timeout: Duration::from_millis(600), ..Config::default() };
    let page = mount(move || (provide_session(&config), ()));
    sign_in(&server, page.value, "ann", 1).await;
    for _ in 0..10 {
        TimeoutFuture::new(100).await;
        elsewhere(STORE_ACTIVITY).await;
    }
    assert_eq!(page.value.phase.get_untracked(), Phase::SignedIn);
    TimeoutFuture::new(510).await;
    assert!(page.value.warns.get_untracked());
    elsewhere(&format!(
        "{STORE_ACTIVITY} dispatchEvent(new StorageEvent('storage', {{ key: activity }}))"
    ))
    .await;
    assert!(!page.value.warns.get_untracked(), "the event ends the warning at once");
}

/// Other documents of a page that was stopped go on: it gets no event, and its timers run late.
#[wasm_bindgen_test]
async fn page_that_was_stopped_beyond_the_timeout_does_not_end_a_session_in_use() {
    let server = FakeServer::start();
    let config = Config { idle_timeout: Duration::from_millis(600), ..Config::default() };
    let page = mount(move || (provide_session(&config), ()));
    sign_in(&server, page.value, "ann", 1).await;
    let stop = "const end = performance.now() + 700; while (performance.now() < end);";
    let back = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));";
    elsewhere(&format!("{stop} {STORE_ACTIVITY} {back}")).await;
    assert_eq!(page.value.phase.get_untracked(), Phase::SignedIn);
    let stored = "localStorage.getItem(`cckm-jobs.signed-out.${location.origin}/api`)";
    let number = || js_sys::eval(stored).unwrap().as_string();
    let before = number();
    elsewhere(&format!("{stop} {STORE_ACTIVITY}")).await;
    TimeoutFuture::new(100).await;
    assert_eq!(page.value.phase.get_untracked(), Phase::SignedIn);
    assert!(before.is_some() && number() == before, "no sign-out is announced");

    // A time in the future says nothing, and an old one no more than this document knows.
    elsewhere("localStorage.setItem(activity, Date.now() + 60_000)").await;
    TimeoutFuture::new(700).await;
    let idle = Phase::SignedOut(SignedOutBy::Idle(Duration::from_millis(600)));
    assert_eq!(page.value.phase.get_untracked(), idle);
    assert_ne!(number(), before);
}

#[wasm_bindgen_test]
async fn sign_in_stores_the_time_of_activity_for_other_documents() {
    let server = FakeServer::start();
    elsewhere("localStorage.removeItem(activity)").await;
    let before = Date::now();
    let _page = signed_in(&server).await;
    let stored = js_sys::eval("localStorage.getItem(`cckm-jobs.activity.${location.origin}/api`)");
    let stored = stored.unwrap().as_string().unwrap().parse::<f64>().unwrap();
    assert!((before.floor()..=Date::now()).contains(&stored), "{stored}");
}

#[wasm_bindgen_test]
async fn sign_out_hides_later_answers_from_reads_but_not_from_mutations() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let read = send(page.value, Request::get("v1/one"));
    let mutation = send(page.value, Request::post("v1/start", "{}"));
    let (get, post) =
        (server.next("GET /api/v1/one").await, server.next("POST /api/v1/start").await);
    page.value.sign_out();
    get.answer(200, "\"seen by nobody\"").await;
    post.answer(200, "\"started\"").await;
    assert_eq!(*read.borrow(), Some(Err(ApiError::SignedOut)));
    assert_eq!(*mutation.borrow(), Some(Ok("\"started\"".to_owned())));
}

#[wasm_bindgen_test]
async fn sign_out_revokes_the_refresh_token_and_then_the_token() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    page.value.sign_out();
    assert!(page.value.phase.get_untracked().is_signed_out());
    let revocation = server.next("POST /api/v1/auth/revoke").await;
    assert!(revocation.bearer.as_deref().unwrap().ends_with(".1"));
    revocation.answer(204, "").await;
    let logout = server.next("POST /api/v1/auth/logout").await;
    assert!(logout.bearer.as_deref().unwrap().ends_with(".1"));
    settle().await;
    let outcome = send(page.value, Request::get("v1/one"));
    server.expect_no_more().await;
    assert_eq!(*outcome.borrow(), Some(Err(ApiError::SignedOut)));
}

/// A session whose answers may be silent for 150 ms.
async fn signed_in_impatiently(server: &FakeServer) -> Mounted<Session> {
    let config = Config { answer_timeout: Duration::from_millis(150), ..Config::default() };
    let page = mount(move || (provide_session(&config), ()));
    sign_in(server, page.value, "ann", 1).await;
    page
}

/// Waits for `outcome`, at most this many milliseconds.
async fn wait_for(outcome: &Outcome, milliseconds: u32) -> Option<Result<String, ApiError>> {
    for _ in 0..milliseconds / 25 {
        TimeoutFuture::new(25).await;
        let result = outcome.borrow_mut().take();
        if result.is_some() {
            return result;
        }
    }
    None
}

/// The whole takes more than twenty times as long as the silence that is allowed.
#[wasm_bindgen_test]
async fn answer_that_keeps_coming_is_read_to_its_end() {
    let server = FakeServer::start();
    let page = signed_in_impatiently(&server).await;
    let outcome = send(page.value, Request::get("v1/one"));
    server.next("GET /api/v1/one").await.stream(130, true).await;
    assert_eq!(wait_for(&outcome, 20_000).await, Some(Ok("7".repeat(130))));
}

/// The clock of this computer goes on by ten minutes while the body arrives, as it does on a slow line.
#[wasm_bindgen_test]
async fn long_answer_does_not_change_the_clock_of_the_server() {
    let server = FakeServer::start();
    let page = signed_in_impatiently(&server).await;
    let outcome = send(page.value, Request::get("v1/one"));
    server.next("GET /api/v1/one").await.stream(4, true).await;
    js_sys::eval("window.realNow = Date.now; Date.now = () => window.realNow() + 600_000").unwrap();
    let answer = wait_for(&outcome, 20_000).await;
    js_sys::eval("Date.now = window.realNow").unwrap();
    assert_eq!(answer, Some(Ok("7777".to_owned())));
    assert!(page.value.server_time().is_known);
    assert_eq!(page.value.clock_lead(), 0);
}

#[wasm_bindgen_test]
async fn answer_that_falls_silent_is_given_up_after_the_time_for_its_beginning() {
    let server = FakeServer::start();
    let page = signed_in_impatiently(&server).await;
    let outcome = send(page.value, Request::get("v1/one"));
    server.next("GET /api/v1/one").await.stream(2, false).await;
    let detail = "it took too long".to_owned();
    let expected = Some(Err(ApiError::Unreachable { detail }));
    assert_eq!(wait_for(&outcome, 2_000).await, expected);
}
