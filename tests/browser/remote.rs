//! The laws of `use_remote`: the latest request wins, requests end with their owner, what is known stays.

use std::cell::Cell;

use cckm_console::browser::clock;
use cckm_console::hooks::{
    Fetched, Remote, Session, UseRemote, provide_session, use_remote, use_remote_from,
};
use cckm_core::api::error::ApiError;
use cckm_core::api::request::Request;
use cckm_core::config::Config;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{FakeServer, Mounted, mount, settle, sign_in};

/// A part of the page that fetches the path in a signal.
#[derive(Clone, Copy)]
struct Fetcher {
    session: Session,
    path: RwSignal<&'static str>,
    remote: UseRemote<String>,
}

impl Fetcher {
    fn value(self) -> Option<String> {
        let answer = self.remote.answer.get_untracked();
        answer.map(|answer| answer.value.clone())
    }
}

thread_local! {
    /// How many answers have been decoded.
    static DECODED: Cell<usize> = const { Cell::new(0) };
}

fn decode(body: &[u8]) -> Result<String, ApiError> {
    DECODED.set(DECODED.get() + 1);
    std::str::from_utf8(body)
        .ok()
        .and_then(|json| json.strip_prefix('"')?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| ApiError::unreadable("no JSON text", body))
}

fn mount_fetcher(first: Remote<String>) -> Mounted<Fetcher> {
    mount(|| {
        let session = provide_session(&Config::default());
        let path = RwSignal::new("v1/one");
        let request = Memo::new(move |_| Request::get(path.get()));
        let remote = use_remote_from(first, request, decode, |_, received| received);
        let fetcher = Fetcher { session, path, remote };
        (fetcher, ())
    })
}

/// A fetcher of a person who is signed in.
async fn signed_in(server: &FakeServer) -> Mounted<Fetcher> {
    signed_in_with(server, Remote::default()).await
}

/// A fetcher of a person who is signed in, beginning with what `first` knows.
async fn signed_in_with(server: &FakeServer, first: Remote<String>) -> Mounted<Fetcher> {
    let page = mount_fetcher(first);
    settle().await;
    sign_in(server, page.value.session, "ann", 1).await;
    page
}

#[wasm_bindgen_test]
async fn remote_before_and_after_the_sign_in_fetches_only_after_it() {
    let server = FakeServer::start();
    let page = mount_fetcher(Remote::default());
    server.expect_no_more().await;
    let remote = page.value.remote;
    assert!(remote.error.read_untracked().is_none(), "being signed out is no error of the page");

    sign_in(&server, page.value.session, "ann", 1).await;
    let request = server.next("GET /api/v1/one").await;
    assert!(remote.handle.status.read_untracked().in_flight);
    request.answer(200, "\"first\"").await;
    assert_eq!(page.value.value().as_deref(), Some("first"));
    assert!(!remote.handle.status.read_untracked().in_flight);
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn remote_of_a_page_that_opens_after_the_sign_in_sends_one_request() {
    let server = FakeServer::start();
    let console = mount(|| (provide_session(&Config::default()), ()));
    settle().await;
    let session = console.value;
    sign_in(&server, session, "ann", 1).await;
    let page = mount(move || {
        provide_context(session);
        (use_remote(Memo::new(|_| Request::get("v1/one")), decode), ())
    });
    let request = server.next("GET /api/v1/one").await;
    server.expect_no_more().await;
    assert!(!request.is_aborted());
    request.answer(200, "\"only\"").await;
    assert!(page.value.answer.read_untracked().is_some());
}

#[wasm_bindgen_test]
async fn remote_whose_request_changes_aborts_the_old_one_and_shows_the_new() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let old = server.next("GET /api/v1/one").await;
    page.value.path.set("v1/two");
    let new = server.next("GET /api/v1/two").await;
    assert!(old.is_aborted() && !new.is_aborted());

    new.answer(200, "\"new\"").await;
    assert_eq!(page.value.value().as_deref(), Some("new"));
    // A real connection would be closed. This one answers nevertheless.
    old.answer(200, "\"old\"").await;
    assert_eq!(page.value.value().as_deref(), Some("new"));
}

#[wasm_bindgen_test]
async fn remote_refetched_in_flight_sends_a_new_request_in_its_place() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let old = server.next("GET /api/v1/one").await;
    page.value.remote.handle.refetch();
    let new = server.next("GET /api/v1/one").await;
    assert!(old.is_aborted());
    new.answer(200, "\"new\"").await;
    assert_eq!(page.value.value().as_deref(), Some("new"));
}

#[wasm_bindgen_test]
async fn remote_keeps_its_answer_while_a_refresh_runs_and_after_it_fails() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let Fetcher { remote, .. } = page.value;
    server.next("GET /api/v1/one").await.answer(200, "\"known\"").await;
    for failures in 1..=2 {
        remote.handle.refetch();
        let request = server.next("GET /api/v1/one").await;
        assert_eq!(page.value.value().as_deref(), Some("known"));
        request.answer(503, "{}").await;
        assert_eq!(page.value.value().as_deref(), Some("known"));
        assert!(remote.error.read_untracked().is_some());
        assert_eq!(remote.handle.status.read_untracked().failures, failures);
    }
    remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(200, "\"next\"").await;
    assert_eq!(page.value.value().as_deref(), Some("next"));
    assert!(remote.error.read_untracked().is_none());
    assert_eq!(remote.handle.status.read_untracked().failures, 0);
}

#[wasm_bindgen_test]
async fn remote_whose_answer_cannot_be_decoded_keeps_the_one_before() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    server.next("GET /api/v1/one").await.answer(200, "\"known\"").await;
    page.value.remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(200, "7").await;
    assert_eq!(page.value.value().as_deref(), Some("known"));
    let error = page.value.remote.error.get_untracked();
    assert!(matches!(error, Some(ApiError::Unreadable { .. })));
}

#[wasm_bindgen_test]
async fn remote_whose_owner_ends_aborts_and_ignores_a_late_answer() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let request = server.next("GET /api/v1/one").await;
    let before = DECODED.get();
    drop(page);
    settle().await;
    assert!(request.is_aborted());
    request.answer(200, "\"late\"").await;
    assert_eq!(DECODED.get(), before);
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn remote_of_an_object_is_missing_before_it_is_gone() {
    let server = FakeServer::start();
    let page = signed_in_with(&server, Remote::of_object()).await;
    let Fetcher { remote, .. } = page.value;
    server.next("GET /api/v1/one").await.answer(200, "\"known\"").await;
    for misses in 1..=5 {
        remote.handle.refetch();
        server.next("GET /api/v1/one").await.answer(404, "{}").await;
        assert!(remote.error.read_untracked().is_none(), "after {misses}");
        assert_eq!(remote.handle.status.read_untracked().misses, misses);
        assert_eq!(page.value.value().as_deref(), Some("known"));
    }
    remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(404, "{}").await;
    assert!(matches!(remote.error.get_untracked(), Some(ApiError::NotFound(_))));
    // Once it counts as gone, no 404 is a surprise.
    remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(404, "{}").await;
    assert!(remote.error.read_untracked().is_some());
    remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(200, "\"again\"").await;
    assert!(remote.error.read_untracked().is_none());
    // Another address is not known to exist.
    page.value.path.set("v1/two");
    server.next("GET /api/v1/two").await.answer(404, "{}").await;
    assert!(matches!(remote.error.get_untracked(), Some(ApiError::NotFound(_))));
}

#[wasm_bindgen_test]
async fn remote_of_a_list_that_is_gone_fails_at_once() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let Fetcher { remote, .. } = page.value;
    server.next("GET /api/v1/one").await.answer(200, "\"known\"").await;
    remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(404, "{}").await;
    assert!(matches!(remote.error.get_untracked(), Some(ApiError::NotFound(_))));
    assert_eq!(remote.handle.status.read_untracked().misses, 0);
    assert_eq!(page.value.value().as_deref(), Some("known"));
}

#[wasm_bindgen_test]
async fn remote_that_is_cancelled_loads_nothing_until_it_is_fetched_again() {
    let server = FakeServer::start();
    let page = signed_in(&server).await;
    let Fetcher { remote, .. } = page.value;
    let request = server.next("GET /api/v1/one").await;
    assert!(remote.is_loading.get_untracked());
    remote.handle.cancel();
    settle().await;
    assert!(request.is_aborted());
    let is_cancelled = move || remote.handle.status.read_untracked().is_cancelled;
    assert!(is_cancelled() && !remote.is_loading.get_untracked());
    remote.handle.refetch();
    let request = server.next("GET /api/v1/one").await;
    assert!(!is_cancelled() && remote.is_loading.get_untracked());
    request.answer(200, "\"known\"").await;
    assert!(!is_cancelled() && !remote.is_loading.get_untracked());
    // What is known stays when a refresh is cancelled.
    remote.handle.refetch();
    server.next("GET /api/v1/one").await;
    remote.handle.cancel();
    settle().await;
    assert!(is_cancelled());
    assert_eq!(page.value.value().as_deref(), Some("known"));
}

#[wasm_bindgen_test]
async fn remote_learns_the_answer_to_a_change_and_keeps_what_it_says() {
    let server = FakeServer::start();
    let page = mount(|| {
        let session = provide_session(&Config::default());
        let path = RwSignal::new("v1/one");
        let request = Memo::new(move |_| Request::get(path.get()));
        let merge = |known: &String, received: String| {
            if known.ends_with('!') { format!("{received}!") } else { received }
        };
        let remote = use_remote_from(Remote::default(), request, decode, merge);
        (Fetcher { session, path, remote }, ())
    });
    settle().await;
    sign_in(&server, page.value.session, "ann", 1).await;
    server.next("GET /api/v1/one").await.answer(200, "\"running\"").await;
    let (request, value) = (Request::get("v1/one"), "cancelling!".to_owned());
    let at = clock::now();
    page.value.remote.learn(Fetched { request, value, body: Vec::new(), at });
    assert_eq!(page.value.value().as_deref(), Some("cancelling!"));
    page.value.remote.handle.refetch();
    server.next("GET /api/v1/one").await.answer(200, "\"running\"").await;
    assert_eq!(page.value.value().as_deref(), Some("running!"));
}
