//! The operations of each family in the fixtures of `cckm-core` (CONTRACT.md 1): the page offers exactly these,
//! and each of them works.

use std::fs;

use cckm_simulator::family::by_path;
use e2e::setup::workspace;
use e2e::{Page, Setup, scenarios, seconds};
use serde_json::Value;

use crate::copy;
use crate::start::{confirm_start, fill_in};

scenarios! {
    Setup::default() =>
        first_families_offer_exactly_their_verbs, middle_families_offer_exactly_their_verbs,
        last_families_offer_exactly_their_verbs;
}

/// A family's path and operations.
struct Row {
    path: String,
    verbs: Vec<String>,
}

impl Row {
    fn has(&self, verb: &str) -> bool {
        self.verbs.iter().any(|other| other == verb)
    }

    /// Its path in the API.
    fn api(&self) -> String {
        let root = if self.path.starts_with("scheduler/") { "/api/v1/" } else { "/api/v1/cckm/" };
        format!("{root}{}", self.path)
    }
}

/// All families, schedules before their runs.
fn rows() -> Vec<Row> {
    let folder = workspace().join("crates/core/tests/data/families");
    let files = fs::read_dir(folder).expect("there are fixtures");
    let mut rows: Vec<Row> = files
        .map(|file| {
            let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
            let fixture: Value = serde_json::from_str(&text).expect("JSON");
            let verbs = fixture["verbs"].as_array().expect("verbs").iter();
            Row {
                path: fixture["path"].as_str().expect("a path").to_owned(),
                verbs: verbs.map(|verb| verb.as_str().unwrap().to_owned()).collect(),
            }
        })
        .collect();
    rows.sort_by(|one, other| one.path.cmp(&other.path));
    rows
}

async fn first_families_offer_exactly_their_verbs(page: &Page) {
    check_verbs(page, &rows()[..6]).await;
}

async fn middle_families_offer_exactly_their_verbs(page: &Page) {
    check_verbs(page, &rows()[6..12]).await;
}

async fn last_families_offer_exactly_their_verbs(page: &Page) {
    check_verbs(page, &rows()[12..]).await;
}

/// Uses every operation of each family, one family after the other on one page.
async fn check_verbs(page: &Page, rows: &[Row]) {
    // This page requests no list.
    page.open_signed_in("?batch=").await;
    for row in rows {
        check_list(page, row).await;
        let id =
            if row.has("create") { create(page, row).await } else { open_newest(page, row).await };
        let get = format!("GET {}/{id}", row.api());
        page.wait_for_request(&get).await;
        let is_schedule = row.path == "scheduler/job-configs";
        if is_schedule {
            page.button(copy::RUN_NOW).click().await;
            page.button(copy::RUN_IT_NOW).click().await;
            page.wait_for_text("The server has started a run").await;
            assert_eq!(page.count_requests("/run-now"), 1);
        }
        check_cancel(page, row, &id).await;
        if !is_schedule {
            page.advance(seconds(600));
            page.button(copy::REFRESH).click().await;
            page.wait_for_text(copy::FINISHED).await;
        }
        check_delete(page, row, &id).await;
    }
}

async fn check_list(page: &Page, row: &Row) {
    page.clear_requests();
    page.go_to(&format!("?jobs={}", row.path)).await;
    if row.has("list") {
        page.wait_for_request(&format!("GET {}?", row.api())).await;
        page.wait_until_idle().await;
        assert!(!page.has_text("The API has no list").await, "{}", row.path);
    } else {
        page.wait_for_text(copy::THE_API_HAS_NO_LIST_OF).await;
    }
}

/// Starts a job or creates a schedule by the family's form; returns the id.
async fn create(page: &Page, row: &Row) -> String {
    if let Some(family) = by_path(&row.path) {
        page.link(copy::START_BUTTON).click().await;
        page.button(copy::REVIEW).wait().await;
        fill_in(page, family).await;
        page.button(copy::REVIEW).click().await;
        page.wait_for_text(copy::START_THIS_JOB).await;
        if row.path == "azure/bulkjobs" {
            page.field(copy::TYPE_2_TO_CONTINUE).fill("2").await;
        }
        confirm_start(page).await;
    } else {
        page.link(copy::CREATE).click().await;
        page.field(copy::NAME).fill("nightly").await;
        page.field(copy::WHEN).fill("30 2 * * *").await;
        page.field(copy::WHAT_IT_DOES).select(copy::SYNCHRONIZE).await;
        page.field(copy::CLOUD).select("AWS").await;
        page.checkbox(copy::EVERYTHING_OF_THE_CLOUD).click().await;
        page.button(copy::REVIEW).click().await;
        page.wait_for_text(copy::CREATE_THIS_SCHEDULE).await;
        page.button(copy::CREATE_THE_SCHEDULE).click().await;
    }
    let here = format!("?job={}/", row.path);
    page.wait_until("the page of the job is open", async || page.query().await.starts_with(&here))
        .await;
    assert_eq!(page.count_requests(&format!("POST {}", row.api())), 1);
    page.query().await[here.len()..].to_owned()
}

/// Opens the newest job of a family without a form; returns the id.
async fn open_newest(page: &Page, row: &Row) -> String {
    for name in ["Start…", "Create…"] {
        assert_eq!(page.link(name).href().await, None, "{}", row.path);
    }
    let id = page.job_ids().await.remove(0);
    page.job(&id).click().await;
    id
}

async fn check_cancel(page: &Page, row: &Row, id: &str) {
    let content = if row.path == "scheduler/job-configs" {
        page.button(copy::JSON_AS_RECEIVED)
    } else {
        page.tab(copy::DETAILS)
    };
    content.wait().await;
    if !row.has("cancel") {
        assert!(!page.button(copy::CANCEL_JOB).exists().await, "{}", row.path);
        return;
    }
    page.button(copy::CANCEL_JOB).click().await;
    page.button(copy::CANCEL_THE_JOB).click().await;
    page.wait_for_text(copy::CANCELLING).await;
    let cancel = format!("POST {}/{id}/cancel", row.api());
    assert_eq!(page.count_requests(&cancel), 1);
}

async fn check_delete(page: &Page, row: &Row, id: &str) {
    let (button, verb) = if row.path == "scheduler/job-configs" {
        ("Delete schedule…", "Delete the schedule")
    } else {
        ("Delete job…", "Delete the job")
    };
    if !row.has("delete") {
        assert!(!page.button(button).exists().await, "{}", row.path);
        return;
    }
    page.button(button).click().await;
    page.button(verb).click().await;
    page.wait_for_query(&format!("?jobs={}", row.path)).await;
    let delete = format!("DELETE {}/{id}", row.api());
    assert_eq!(page.count_requests(&delete), 1);
    page.wait_until_idle().await;
    if row.path == "scheduler/job-configs" {
        page.wait_for_text(copy::NO_CIPHERTRUST_SCHEDULES_YET).await;
    }
    assert!(!page.job_ids().await.iter().any(|other| other == id));
}
