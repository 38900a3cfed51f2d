//! The ids of jobs that the API cannot list: kept by the browser, and nothing but ids.

use cckm_simulator::family::FAMILIES;
use e2e::{Page, Setting, in_both_browsers};
use serde_json::json;

use crate::shop::Shop;

in_both_browsers!(Setting::default(); every_unlisted_family, forgetting, hostile_texts);

const VERSIONS: &str = "?jobs=google/update-all-versions-jobs";
const NONE: &str = "No id yet.";

/// All that the browser keeps for the page, names and texts.
async fn kept(page: &Page) -> Vec<(String, String)> {
    let kept = page.js("return Object.entries(localStorage)", &[]).await;
    serde_json::from_value(kept).expect("names and texts")
}

async fn known(page: &Page) -> Vec<String> {
    let ids = "return [...top_.querySelectorAll('.known__row a')].map(words)";
    let ids = page.ask(ids, &[]).await;
    serde_json::from_value(ids).expect("texts")
}

async fn knows(page: &Page, ids: &[&str]) {
    page.until(&format!("it knows {ids:?}"), async || {
        known(page).await == ids
    })
    .await;
}

async fn every_unlisted_family(page: &Page) {
    page.enter("?jobs=aws/bulkjob").await;
    let mut ids = Vec::new();
    for family in FAMILIES.iter().filter(|family| !family.verbs.list) {
        let path = family.path;
        page.follow_to(&format!("?jobs={path}")).await;
        page.sees(NONE).await;
        for id in ["an id of its own", "the/other?one"] {
            page.add([page.job(path, id, 3)]);
            page.enter_into("Job id", id).await;
            page.sees("In progress").await;
            ids.push(id);
            page.follow_to(&format!("?jobs={path}")).await;
            page.has("link", id).await;
        }
        // What is not there is not remembered.
        page.enter_into("Job id", "nowhere").await;
        page.sees("No such job").await;
        page.follow_to(&format!("?jobs={path}")).await;
        knows(page, &["the/other?one", "an id of its own"]).await;
        page.is_accessible(path).await;
        page.follow("an id of its own").await;
        page.sees("In progress").await;
        assert_eq!(page.query().await, format!("?job={path}/an id of its own"));
    }
    assert!(!ids.is_empty());

    // What has a list is not remembered.
    page.follow_to("?jobs=aws/bulkjob").await;
    page.follow("e612b64f-6364-48ce-92ec-c6dd608d7ad0").await;
    page.sees("2 of 2 keys finished").await;
    page.reload().await;
    page.sign_in().await;
    page.follow_to(VERSIONS).await;
    knows(page, &["an id of its own", "the/other?one"]).await;

    let kept = kept(page).await;
    assert_eq!(kept.len(), 2, "{kept:?}");
    for (name, text) in kept {
        assert!(name.starts_with("cckm-jobs.ids http://"), "{name}");
        let list: Vec<String> = serde_json::from_str(&text).expect("a list of ids");
        assert_eq!(list, ["an id of its own", "the/other?one"]);
    }
}

async fn forgetting(page: &Page) {
    for id in ["one", "two", "three"] {
        page.add([page.job("google/update-all-versions-jobs", id, 3)]);
    }
    page.enter(VERSIONS).await;
    for id in ["one", "two", "three"] {
        page.enter_into("Job id", id).await;
        page.sees("In progress").await;
        page.follow_to(VERSIONS).await;
        page.has("link", id).await;
    }
    page.press("Forget two").await;
    knows(page, &["three", "one"]).await;
    page.picture("known").await;
    page.press("Forget all…").await;
    page.sees("Forget 2 ids?").await;
    page.until("the question has the focus", async || {
        page.focused().await == "Forget 2 ids?"
    })
    .await;
    page.press("Do nothing").await;
    knows(page, &["three", "one"]).await;
    page.press("Forget all…").await;
    page.press("Forget all").await;
    page.sees(NONE).await;
    assert_eq!(kept(page).await, []);
    page.reload().await;
    page.sign_in().await;
    page.sees(NONE).await;
}

/// Whatever stands in the storage, the page works and the id that is opened is kept.
async fn hostile_texts(page: &Page) {
    let id = "778a1024-dc18-49cb-833b-cfd6c000c090";
    page.enter(VERSIONS).await;
    page.enter_into("Job id", id).await;
    page.sees("2 of 2 versions finished").await;
    let name = kept(page).await[0].0.clone();
    let write = |text: &str| format!("localStorage.setItem(arguments[0], {text})");
    for text in [
        "'{\"ids\": 1}'",
        "'[\"' + 'x'.repeat(2000000) + '\"]'",
        "'[\"\\ud800\", \"\\u0000\"'",
        "'[' + '['.repeat(100000)",
        "'<img src=x onerror=alert(1)>'",
    ] {
        page.js(&write(text), &[json!(name)]).await;
        page.follow_to("?jobs=aws/bulkjob").await;
        page.follow_to(VERSIONS).await;
        page.sees(NONE).await;
        page.enter_into("Job id", id).await;
        page.sees("2 of 2 versions finished").await;
        page.follow_to(VERSIONS).await;
        knows(page, &[id]).await;
    }
    let odd = "'[\"<b>\\u202eevil</b>\", \"' + 'y'.repeat(500) + '\", \"..\"]'";
    page.js(&write(odd), &[json!(name)]).await;
    page.follow_to("?jobs=aws/bulkjob").await;
    page.follow_to(VERSIONS).await;
    page.sees("<b>\u{202e}evil</b>").await;
    assert_eq!(known(page).await.len(), 2);
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(page.js(fits, &[]).await, true);
}
