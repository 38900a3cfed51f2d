//! The table of CONTRACT.md 1, row by row and verb by verb, as the fixtures of the families tell it: what
//! a row has is done, and what it has not is not offered.

use std::fs;

use cckm_simulator::family::by_path;
use e2e::setup::workspace;
use e2e::{Page, Setup, scenarios, seconds};
use serde_json::Value;

use crate::start::fill_in;

scenarios! {
    Setup::default() =>
        first_families_offer_exactly_their_verbs, middle_families_offer_exactly_their_verbs,
        last_families_offer_exactly_their_verbs;
}

/// A row: the family's path and its verbs.
struct Row {
    path: String,
    verbs: Vec<String>,
}

impl Row {
    fn has(&self, verb: &str) -> bool {
        self.verbs.iter().any(|own| own == verb)
    }

    /// Where the API has it.
    fn api(&self) -> String {
        let root = if self.path.starts_with("scheduler/") { "/api/v1/" } else { "/api/v1/cckm/" };
        format!("{root}{}", self.path)
    }
}

/// All rows, schedules before their runs.
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
    verb_by_verb(page, &rows()[..6]).await;
}

async fn middle_families_offer_exactly_their_verbs(page: &Page) {
    verb_by_verb(page, &rows()[6..12]).await;
}

async fn last_families_offer_exactly_their_verbs(page: &Page) {
    verb_by_verb(page, &rows()[12..]).await;
}

/// One family after the other, on one page.
async fn verb_by_verb(page: &Page, rows: &[Row]) {
    // Where no list is asked for yet.
    page.open_signed_in("?batch=").await;
    for row in rows {
        listed(page, row).await;
        let id = if row.has("create") { created(page, row).await } else { opened(page, row).await };
        let asked = format!("GET {}/{id}", row.api());
        page.wait_for_request(&asked).await;
        let is_schedule = row.path == "scheduler/job-configs";
        if is_schedule {
            page.button("Run now…").click().await;
            page.button("Run it now").click().await;
            page.wait_for_text("The server has begun a run").await;
            assert_eq!(page.count_requests("/run-now"), 1);
        }
        cancelled(page, row, &id).await;
        if !is_schedule {
            page.advance(seconds(600));
            page.button("Refresh").click().await;
            page.wait_for_text("Final, no longer refreshed").await;
        }
        deleted(page, row, &id).await;
    }
}

async fn listed(page: &Page, row: &Row) {
    page.clear_requests();
    page.link_to(&format!("?jobs={}", row.path)).click().await;
    if row.has("list") {
        page.wait_for_request(&format!("GET {}?", row.api())).await;
        page.wait_until_idle().await;
        assert!(!page.has_text("The API has no list").await, "{}", row.path);
    } else {
        page.wait_for_text("The API has no list of these jobs").await;
    }
}

/// Starts a job, or creates a schedule, by the form of the family. Its id.
async fn created(page: &Page, row: &Row) -> String {
    if let Some(family) = by_path(&row.path) {
        page.link("Start…").click().await;
        page.button("Review…").wait().await;
        fill_in(page, family).await;
        page.button("Review…").click().await;
        page.wait_for_text("Start this job?").await;
        if row.path == "azure/bulkjobs" {
            page.field("Type 2 to go on").fill("2").await;
        }
        page.button("Start the job").click().await;
    } else {
        page.link("Create…").click().await;
        page.field("Name").fill("nightly").await;
        page.field("When").fill("30 2 * * *").await;
        page.field("What it does").select("Synchronize").await;
        page.field("Cloud").select("AWS").await;
        page.checkbox("Everything of the cloud").click().await;
        page.button("Review…").click().await;
        page.wait_for_text("Create this schedule?").await;
        page.button("Create the schedule").click().await;
    }
    let here = format!("?job={}/", row.path);
    page.wait_until("its page is there", async || page.query().await.starts_with(&here)).await;
    assert_eq!(page.count_requests(&format!("POST {}", row.api())), 1);
    page.query().await[here.len()..].to_owned()
}

/// Opens the newest of the list, where none can be started. Its id.
async fn opened(page: &Page, row: &Row) -> String {
    for name in ["Start…", "Create…"] {
        assert_eq!(page.link(name).href().await, None, "{}", row.path);
    }
    let id = page.job_ids().await.remove(0);
    page.link(&id).click().await;
    id
}

async fn cancelled(page: &Page, row: &Row, id: &str) {
    page.button("JSON as received").wait().await;
    if !row.has("cancel") {
        assert!(!page.button("Cancel job…").exists().await, "{}", row.path);
        return;
    }
    page.button("Cancel job…").click().await;
    page.button("Cancel the job").click().await;
    page.wait_for_text("Cancelling").await;
    let asked = format!("POST {}/{id}/cancel", row.api());
    assert_eq!(page.count_requests(&asked), 1);
}

async fn deleted(page: &Page, row: &Row, id: &str) {
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
    let asked = format!("DELETE {}/{id}", row.api());
    assert_eq!(page.count_requests(&asked), 1);
    page.wait_until_idle().await;
    if row.path == "scheduler/job-configs" {
        page.wait_for_text("No CipherTrust schedules yet").await;
    }
    assert!(!page.job_ids().await.iter().any(|own| own == id));
}
