//! Ids of jobs that the API cannot list. The browser stores these ids and nothing else.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, SAMPLE_ID, Setup, scenarios};
use serde_json::{Value, json};

use crate::copy;

scenarios! {
    Setup::default() =>
        opened_ids_of_unlisted_families_are_stored, stored_ids_are_forgotten_on_request,
        unreadable_stored_ids_are_ignored;
}

const VERSIONS: &str = "?jobs=google/update-all-versions-jobs";
const NONE: &str = "No id yet.";

/// Names and texts of everything in `localStorage` but what tells other tabs of a sign-out and of activity.
pub async fn stored_entries(page: &Page) -> Vec<(String, String)> {
    let entries = page.eval("return Object.entries(localStorage)", &[]).await;
    let mut entries: Vec<(String, String)> =
        serde_json::from_value(entries).expect("names and texts");
    let of_session = ["cckm-jobs.signed-out.", "cckm-jobs.activity."];
    entries.retain(|(name, _)| !of_session.iter().any(|prefix| name.starts_with(prefix)));
    entries
}

/// The ids that the page lists, each with a button to forget it.
async fn listed_ids(page: &Page) -> Vec<String> {
    let buttons = page.role("button").named_like("Forget ").names().await;
    let ids = buttons.iter().filter_map(|name| name.strip_prefix("Forget "));
    ids.filter(|&id| id != "all…").map(str::to_owned).collect()
}

async fn wait_for_ids(page: &Page, ids: &[&str]) {
    page.wait_until(&format!("the listed ids are {ids:?}"), async || listed_ids(page).await == ids)
        .await;
}

async fn opened_ids_of_unlisted_families_are_stored(page: &Page) {
    page.open_signed_in("?jobs=aws/bulkjob").await;
    let mut ids = Vec::new();
    for family in FAMILIES.iter().filter(|family| !family.verbs.list) {
        let path = family.path;
        page.go_to(&format!("?jobs={path}")).await;
        page.wait_for_text(NONE).await;
        for id in ["an id of its own", "the/other?one"] {
            page.add_jobs([page.running_job(path, id, 3)]);
            page.field(copy::JOB_ID).submit(id).await;
            page.wait_for_text(copy::IN_PROGRESS_JOB).await;
            ids.push(id);
            page.go_to(&format!("?jobs={path}")).await;
            page.link(id).wait().await;
        }
        // A missing job is not stored.
        page.field(copy::JOB_ID).submit("nowhere").await;
        page.wait_for_text(copy::NO_SUCH_JOB).await;
        page.go_to(&format!("?jobs={path}")).await;
        wait_for_ids(page, &["the/other?one", "an id of its own"]).await;
        page.assert_accessible(path).await;
        page.link("an id of its own").click().await;
        page.wait_for_text(copy::IN_PROGRESS_JOB).await;
        assert_eq!(page.query().await, format!("?job={path}/an id of its own"));
    }
    assert!(!ids.is_empty());

    // A job of a family with a list is not stored.
    page.go_to("?jobs=aws/bulkjob").await;
    page.job(SAMPLE_ID).click().await;
    page.wait_for_text("2 of 2 keys finished").await;
    page.reload_signed_in().await;
    page.go_to(VERSIONS).await;
    wait_for_ids(page, &["an id of its own", "the/other?one"]).await;

    let entries = stored_entries(page).await;
    assert_eq!(entries.len(), 2, "{entries:?}");
    for (name, text) in entries {
        assert!(name.starts_with("cckm-jobs.ids http://"), "{name}");
        let stored: Value = serde_json::from_str(&text).expect("JSON");
        let ids = ["an id of its own", "the/other?one"];
        assert_eq!(stored, json!({ "version": 1, "ids": ids }));
    }
}

async fn stored_ids_are_forgotten_on_request(page: &Page) {
    for id in ["one", "two", "three"] {
        page.add_jobs([page.running_job("google/update-all-versions-jobs", id, 3)]);
    }
    page.open_signed_in(VERSIONS).await;
    for id in ["one", "two", "three"] {
        page.field(copy::JOB_ID).submit(id).await;
        page.wait_for_text(copy::IN_PROGRESS_JOB).await;
        page.go_to(VERSIONS).await;
        page.link(id).wait().await;
    }
    page.button("Forget two").click().await;
    wait_for_ids(page, &["three", "one"]).await;
    page.screenshot("known").await;
    page.button("Forget all…").click().await;
    page.wait_for_text("Forget 2 ids?").await;
    page.wait_for_focus("Forget 2 ids?").await;
    page.button(copy::DO_NOTHING).click().await;
    wait_for_ids(page, &["three", "one"]).await;
    page.button("Forget all…").click().await;
    page.button("Forget all").click().await;
    page.wait_for_text(NONE).await;
    assert_eq!(stored_entries(page).await, []);
    page.reload_signed_in().await;
    page.wait_for_text(NONE).await;
}

/// The page ignores stored text that it cannot read, and stores the opened id.
async fn unreadable_stored_ids_are_ignored(page: &Page) {
    let id = "778a1024-dc18-49cb-833b-cfd6c000c090";
    page.open_signed_in(VERSIONS).await;
    page.field(copy::JOB_ID).submit(id).await;
    page.wait_for_text("2 of 2 versions finished").await;
    let name = stored_entries(page).await[0].0.clone();
    let write = |text: &str| format!("localStorage.setItem(arguments[0], {text})");
    for text in [
        "'{\"ids\": 1}'",
        "'[\"' + 'x'.repeat(2000000) + '\"]'",
        "'[\"\\ud800\", \"\\u0000\"'",
        "'[' + '['.repeat(100000)",
        "'<img src=x onerror=alert(1)>'",
    ] {
        page.eval(&write(text), &[json!(name)]).await;
        page.go_to("?jobs=aws/bulkjob").await;
        page.go_to(VERSIONS).await;
        page.wait_for_text(NONE).await;
        page.field(copy::JOB_ID).submit(id).await;
        page.wait_for_text("2 of 2 versions finished").await;
        page.go_to(VERSIONS).await;
        wait_for_ids(page, &[id]).await;
    }
    let odd = "'[\"<b>\\u202eevil</b>\", \"' + 'y'.repeat(500) + '\", \"..\"]'";
    page.eval(&write(odd), &[json!(name)]).await;
    page.go_to("?jobs=aws/bulkjob").await;
    page.go_to(VERSIONS).await;
    page.wait_for_text("<b>\u{202e}evil</b>").await;
    assert_eq!(listed_ids(page).await.len(), 2);
    page.assert_fits("ids").await;
}
