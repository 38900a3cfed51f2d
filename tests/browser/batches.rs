//! Batches: how their jobs are fetched, and a storage that is full, forbidden, corrupt, or written by the version before.

use std::time::Duration;

use cckm_console::features::batch::{BatchPage, provide_batches};
use cckm_console::hooks::{
    Session, provide_clock, provide_config, provide_location, provide_pending_actions,
    provide_session,
};
use cckm_core::config::Config;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlElement, HtmlSelectElement};

use crate::support::{FakeServer, Mounted, Stage, mount, rendered, sign_in, type_into};

/// The saved batch of the tests with a server: one job, `j`, of the keys `a` and `b`.
const SAVED: &str = "0mdz1abce-0001";
const READ_JOB: &str = "GET /api/v1/cckm/aws/bulkjob/j";
const RUNNING: &str =
    r#"{"id":"j","overall_status":"in_progress","keys":["a","b"],"detailed_status":{}}"#;

/// A page of batches: the name of each on screen, and the batch whose failures a new one takes.
type Shown = RwSignal<Vec<(&'static str, Option<&'static str>)>>;

/// The page of the saved batch, signed out.
fn saved_batch() -> Mounted<(Session, Shown)> {
    set_item(&format!("cckm-jobs.batch.{SAVED}"), "operation=enablekey&value=&most=2&started=j");
    set_item(&format!("cckm-jobs.keys.{SAVED}"), "a&b");
    mount(|| {
        let mut config = Config::default();
        config.poll.running = Duration::from_millis(20);
        let session = provide_session(&config);
        provide_location();
        provide_clock();
        provide_batches(&config);
        provide_config(config);
        provide_pending_actions();
        let shown = Shown::new(vec![(SAVED, None)]);
        let view = view! {
            <For each=move || shown.get() key=Clone::clone let((name, from))>
                <BatchPage name=name.to_owned() from=from.map(str::to_owned) cause=None/>
            </For>
        };
        ((session, shown), view)
    })
}

fn forget_saved_batch() {
    script(
        "for (const key of Object.keys(localStorage)) if (key.includes('0mdz1abce')) localStorage.removeItem(key)",
    );
}

/// The page of the batch `name`, signed out.
fn page(name: &'static str) -> (Stage, impl Drop) {
    let stage = Stage::new();
    let mounted = mount_to(stage.0.clone(), move || {
        let config = Config::default();
        provide_session(&config);
        provide_location();
        provide_clock();
        provide_batches(&config);
        provide_config(config);
        provide_pending_actions();
        view! { <BatchPage name=name.to_owned() from=None cause=None/> }
    });
    (stage, mounted)
}

/// Runs JavaScript that changes the storage of this page.
fn script(source: &str) {
    js_sys::eval(source).expect("the script runs");
}

fn set_item(key: &str, value: &str) {
    let storage = window().local_storage().expect("storage is allowed");
    let storage = storage.expect("there is storage");
    storage.set_item(key, value).expect("it is stored");
}

fn click(stage: &Stage, label: &str) {
    let buttons = stage.0.get_elements_by_tag_name("button");
    let button = (0..buttons.length())
        .filter_map(|index| buttons.item(index))
        .find(|button| button.text_content().as_deref() == Some(label))
        .unwrap_or_else(|| panic!("{label} is not in {}", stage.0.inner_html()));
    button.unchecked_into::<HtmlElement>().click();
}

fn text(stage: &Stage) -> String {
    stage.0.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn batch_saved_by_the_version_before_is_listed_and_paused() {
    set_item(
        "cckm-jobs.batch.0mdz1abcd-0001",
        "operation=enablekey&value=&most=2&started=j&waiting=",
    );
    set_item("cckm-jobs.keys.0mdz1abcd-0001", "a&b&c");
    set_item("cckm-jobs.batch.0mdz1abcd-0002", "no batch at all");
    set_item("cckm-jobs.batch.0mdz1abcd-0003", r#"{"version":99}"#);
    set_item("cckm-jobs.keys.0mdz1abcd-0003", r#"["a"]"#);
    {
        let (list, _mounted) = page("");
        rendered().await;
        let text = text(&list);
        assert!(text.contains("Enable keys: 3 keys"), "{text}");
        assert!(text.contains("1 of 2 jobs started"), "{text}");
        assert_eq!(text.matches("cannot be read").count(), 2, "{text}");
    }
    let (corrupt, _mounted) = page("0mdz1abcd-0002");
    rendered().await;
    assert!(text(&corrupt).contains("Another program may have changed what the browser saved"));
    click(&corrupt, "Forget it");
    script(
        "for (const key of Object.keys(localStorage)) if (key.includes('0mdz1abcd')) localStorage.removeItem(key)",
    );
}

#[wasm_bindgen_test]
async fn start_with_full_storage_says_so_and_sends_nothing() {
    let (stage, _mounted) = page("new");
    type_into(&stage.find("textarea"), "a\nb");
    let operation: HtmlSelectElement = stage.find("select").unchecked_into();
    operation.set_value("enablekey");
    let change = Event::new("change").expect("an event");
    operation.dispatch_event(&change).expect("it is dispatched");
    rendered().await;
    click(&stage, "Start…");
    rendered().await;
    script(
        "window.realSetItem = Storage.prototype.setItem; Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
    );
    click(&stage, "Start 1 job");
    rendered().await;
    script("Storage.prototype.setItem = window.realSetItem");
    let text = text(&stage);
    assert!(text.contains("The browser cannot save so many keys"), "{text}");
    let storage = window().local_storage().expect("storage is allowed");
    let names = js_sys::Object::keys(storage.expect("there is storage").as_ref());
    assert!(!names.iter().any(|name| {
        let name = name.as_string().unwrap_or_default();
        name.starts_with("cckm-jobs.keys.") || name.starts_with("cckm-jobs.batch.")
    }));
}

#[wasm_bindgen_test]
async fn list_with_forbidden_storage_is_empty() {
    script(
        "window.realStorage = Object.getOwnPropertyDescriptor(window, 'localStorage');
        const get = () => { throw new DOMException('no', 'SecurityError') };
        Object.defineProperty(window, 'localStorage', { configurable: true, get })",
    );
    let (stage, _mounted) = page("");
    rendered().await;
    let text = text(&stage);
    script(
        "if (window.realStorage) Object.defineProperty(window, 'localStorage', window.realStorage);
        else delete window.localStorage",
    );
    assert!(text.contains("No batches in this browser"), "{text}");
}

#[wasm_bindgen_test]
async fn form_for_the_failures_of_a_paused_batch_reads_its_jobs() {
    let server = FakeServer::start();
    let page = saved_batch();
    rendered().await;
    click(&page, "Pause");
    sign_in(&server, page.value.0, "ann", 1).await;
    server.expect_no_more().await;
    page.value.1.set(vec![("new", Some(SAVED))]);
    rendered().await;
    let failed = r#"{"id":"j","overall_status":"completed","keys":["a","b"],"detailed_status":{"a":"error","b":"success"}}"#;
    server.next(READ_JOB).await.answer(200, failed).await;
    rendered().await;
    forget_saved_batch();
    let text = text(&page);
    assert!(text.contains("1 entry: failed in the batch"), "{text}");
}

#[wasm_bindgen_test]
async fn batch_on_two_pages_is_still_polled_after_one_is_closed() {
    let server = FakeServer::start();
    let page = saved_batch();
    sign_in(&server, page.value.0, "ann", 1).await;
    page.value.1.set(vec![(SAVED, None), (SAVED, Some("another page"))]);
    rendered().await;
    page.value.1.set(vec![(SAVED, None)]);
    for _ in 0..3 {
        server.next(READ_JOB).await.answer(200, RUNNING).await;
    }
    page.value.1.set(Vec::new());
    rendered().await;
    forget_saved_batch();
    // The last poll may have been sent before the page was closed.
    server.forget_requests();
    rendered().await;
    server.expect_no_more().await;
}

#[wasm_bindgen_test]
async fn batch_in_a_browser_without_network_says_so() {
    let server = FakeServer::start();
    let page = saved_batch();
    sign_in(&server, page.value.0, "ann", 1).await;
    server.next(READ_JOB).await.answer(200, RUNNING).await;
    window().dispatch_event(&Event::new("offline").unwrap()).unwrap();
    rendered().await;
    assert!(text(&page).contains("You are offline."), "{}", text(&page));
    window().dispatch_event(&Event::new("online").unwrap()).unwrap();
    rendered().await;
    forget_saved_batch();
    assert!(!text(&page).contains("You are offline."), "{}", text(&page));
}

#[wasm_bindgen_test]
async fn batch_that_storage_lost_says_so_and_sends_nothing() {
    let server = FakeServer::start();
    let page = saved_batch();
    sign_in(&server, page.value.0, "ann", 1).await;
    server.next(READ_JOB).await.answer(200, RUNNING).await;
    forget_saved_batch();
    // As the browser does after a change in another tab.
    window().dispatch_event(&Event::new("storage").unwrap()).unwrap();
    rendered().await;
    let text = text(&page);
    assert!(text.contains("This browser no longer has this batch"), "{text}");
    assert!(!text.contains("Resume"), "{text}");
}

/// Announces a change of `key` in another tab. Returns how many times the page then reads the keys of the saved batch.
async fn reads_after_change_of(key: &str) -> u32 {
    script(&format!(
        "window.realGetItem = Storage.prototype.getItem;
        window.reads = 0;
        Storage.prototype.getItem = function (key) {{
            if (key === 'cckm-jobs.keys.{SAVED}') window.reads += 1;
            return window.realGetItem.call(this, key);
        }};
        dispatchEvent(new StorageEvent('storage', {{ key: {key} }}))"
    ));
    rendered().await;
    script("Storage.prototype.getItem = window.realGetItem");
    let reads = js_sys::eval("window.reads").unwrap().as_f64().unwrap();
    assert!((0.0..=9.0).contains(&reads), "{reads}");
    (0..=9).find(|&count| f64::from(count) >= reads).unwrap()
}

#[wasm_bindgen_test]
async fn change_in_another_tab_reads_only_the_batch_that_it_concerns() {
    let server = FakeServer::start();
    let page = saved_batch();
    sign_in(&server, page.value.0, "ann", 1).await;
    server.next(READ_JOB).await.answer(200, RUNNING).await;
    for key in
        ["activity.x", "signed-out.x", "start.x", "lease.start.x", "batch.other", "keys.other"]
    {
        assert_eq!(reads_after_change_of(&format!("'cckm-jobs.{key}'")).await, 0, "{key}");
    }
    assert_eq!(reads_after_change_of(&format!("'batch.{SAVED}'")).await, 0, "of another page");
    for prefix in ["batch", "keys", "lease"] {
        assert_eq!(
            reads_after_change_of(&format!("'cckm-jobs.{prefix}.{SAVED}'")).await,
            1,
            "{prefix}"
        );
    }
    assert_eq!(reads_after_change_of("null").await, 1);
    forget_saved_batch();
}

#[wasm_bindgen_test]
async fn batch_made_or_forgotten_in_another_tab_changes_the_list() {
    let (list, _mounted) = page("");
    rendered().await;
    let announce =
        format!("dispatchEvent(new StorageEvent('storage', {{ key: 'cckm-jobs.batch.{SAVED}' }}))");
    set_item(&format!("cckm-jobs.batch.{SAVED}"), "operation=enablekey&value=&most=2&started=j");
    set_item(&format!("cckm-jobs.keys.{SAVED}"), "a&b");
    script(&announce);
    rendered().await;
    let shown = text(&list);
    forget_saved_batch();
    script(&announce);
    rendered().await;
    assert!(shown.contains("Enable keys: 2 keys"), "{shown}");
    assert!(text(&list).contains("No batches in this browser"), "{}", text(&list));
}

#[wasm_bindgen_test]
async fn unreadable_batches_whose_names_no_address_shows_are_forgotten_in_the_list() {
    set_item("cckm-jobs.batch.new", "no batch");
    set_item("cckm-jobs.batch.", "no batch");
    let (list, _mounted) = page("");
    rendered().await;
    assert!(text(&list).contains("A batch without a name"), "{}", text(&list));
    click(&list, "Forget it");
    rendered().await;
    click(&list, "Forget it");
    rendered().await;
    assert!(text(&list).contains("No batches in this browser"), "{}", text(&list));
}

#[wasm_bindgen_test]
async fn job_of_a_batch_that_one_node_does_not_know_is_read_again() {
    let server = FakeServer::start();
    let page = saved_batch();
    sign_in(&server, page.value.0, "ann", 1).await;
    server.next(READ_JOB).await.answer(404, "{}").await;
    rendered().await;
    let missing = text(&page);
    assert!(missing.contains("The server does not show it at the moment"), "{missing}");
    click(&page, "Refresh");
    server.next(READ_JOB).await.answer(200, RUNNING).await;
    rendered().await;
    let shown = text(&page);
    forget_saved_batch();
    assert!(!shown.contains("The server does not show it at the moment"), "{shown}");
}
