//! The table of CONTRACT.md 1, row by row and verb by verb, as the fixtures of the families tell it: what
//! a row has is done, and what it has not is not offered.

use std::fs;

use cckm_simulator::family::by_path;
use e2e::setting::workspace;
use e2e::{Page, Setting, in_both_browsers};
use serde_json::Value;

use crate::shop::second;
use crate::start::fill_in;

in_both_browsers!(Setting::default(); the_first_rows, the_middle_rows, the_last_rows);

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
        let root = if self.path.starts_with("scheduler/") {
            "/api/v1/"
        } else {
            "/api/v1/cckm/"
        };
        format!("{root}{}", self.path)
    }
}

/// All rows, schedules before their runs.
fn rows() -> Vec<Row> {
    let folder = workspace().join("tests/data/families");
    let files = fs::read_dir(folder).expect("there are fixtures");
    let mut rows: Vec<Row> = files
        .map(|file| {
            let text = fs::read_to_string(file.expect("a file").path()).expect("a text");
            let fixture: Value = serde_json::from_str(&text).expect("JSON");
            let verbs = fixture["verbs"].as_array().expect("verbs").iter();
            Row {
                path: fixture["path"].as_str().expect("a path").to_owned(),
                verbs: verbs
                    .map(|verb| verb.as_str().unwrap().to_owned())
                    .collect(),
            }
        })
        .collect();
    rows.sort_by(|one, other| one.path.cmp(&other.path));
    rows
}

async fn the_first_rows(page: &Page) {
    verb_by_verb(page, &rows()[..6]).await;
}

async fn the_middle_rows(page: &Page) {
    verb_by_verb(page, &rows()[6..12]).await;
}

async fn the_last_rows(page: &Page) {
    verb_by_verb(page, &rows()[12..]).await;
}

/// One family after the other, on one page.
async fn verb_by_verb(page: &Page, rows: &[Row]) {
    // Where no list is asked for yet.
    page.enter("?batch=").await;
    for row in rows {
        listed(page, row).await;
        let id = if row.has("create") {
            created(page, row).await
        } else {
            opened(page, row).await
        };
        let asked = format!("GET {}/{id}", row.api());
        page.is_asked(&asked).await;
        let is_schedule = row.path == "scheduler/job-configs";
        if is_schedule {
            page.press("Run now…").await;
            page.press("Run it now").await;
            page.sees("The server has begun a run").await;
            assert_eq!(page.count_requests("/run-now"), 1);
        }
        cancelled(page, row, &id).await;
        if !is_schedule {
            page.advance(second(600));
            page.press("Refresh").await;
            page.sees("Final, no longer refreshed").await;
        }
        deleted(page, row, &id).await;
    }
}

async fn has_button(page: &Page, name: &str) -> bool {
    let found = "return find('button', arguments[0]) !== null";
    page.ask(found, &[name.into()]).await == true
}

async fn listed(page: &Page, row: &Row) {
    page.forget_requests();
    page.follow_to(&format!("?jobs={}", row.path)).await;
    if row.has("list") {
        page.is_asked(&format!("GET {}?", row.api())).await;
        page.is_still().await;
        assert!(!page.shows("The API has no list").await, "{}", row.path);
    } else {
        page.sees("The API has no list of these jobs").await;
    }
}

/// Starts a job, or creates a schedule, by the form of the family. Its id.
async fn created(page: &Page, row: &Row) -> String {
    if let Some(family) = by_path(&row.path) {
        page.follow("Start…").await;
        page.has("button", "Review…").await;
        fill_in(page, family).await;
        page.press("Review…").await;
        page.sees("Start this job?").await;
        if row.path == "azure/bulkjobs" {
            page.fill("Type 2 to go on", "2").await;
        }
        page.press("Start the job").await;
    } else {
        page.follow("Create…").await;
        page.fill("Name", "nightly").await;
        page.fill("When", "30 2 * * *").await;
        page.choose("What it does", "Synchronize").await;
        page.choose("Cloud", "AWS").await;
        page.tick("Everything of the cloud").await;
        page.press("Review…").await;
        page.sees("Create this schedule?").await;
        page.press("Create the schedule").await;
    }
    let here = format!("?job={}/", row.path);
    page.until("its page is there", async || {
        page.query().await.starts_with(&here)
    })
    .await;
    assert_eq!(page.count_requests(&format!("POST {}", row.api())), 1);
    page.query().await[here.len()..].to_owned()
}

/// Opens the newest of the list, where none can be started. Its id.
async fn opened(page: &Page, row: &Row) -> String {
    for name in ["Start…", "Create…"] {
        assert_eq!(page.link(name).await, None, "{}", row.path);
    }
    let id = page.job_ids().await.remove(0);
    page.follow(&id).await;
    id
}

async fn cancelled(page: &Page, row: &Row, id: &str) {
    page.has("button", "JSON as received").await;
    if !row.has("cancel") {
        assert!(!has_button(page, "Cancel job…").await, "{}", row.path);
        return;
    }
    page.press("Cancel job…").await;
    page.press("Cancel the job").await;
    page.sees("Cancelling").await;
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
        assert!(!has_button(page, button).await, "{}", row.path);
        return;
    }
    page.press(button).await;
    page.press(verb).await;
    page.until("the list is there", async || {
        page.query().await == format!("?jobs={}", row.path)
    })
    .await;
    let asked = format!("DELETE {}/{id}", row.api());
    assert_eq!(page.count_requests(&asked), 1);
    page.is_still().await;
    if row.path == "scheduler/job-configs" {
        page.sees("No CipherTrust schedules yet").await;
    }
    assert!(!page.job_ids().await.iter().any(|own| own == id));
}
