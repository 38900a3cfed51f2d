//! The page shows each of the five documented samples completely.

use e2e::{Page, Setup, scenarios};
use serde_json::Value;

use crate::copy;

const AWS_BULK: &str = include_str!("../../../../crates/core/tests/data/samples/aws-bulk-get.json");
const AWS_SYNC: &str = include_str!("../../../../crates/core/tests/data/samples/aws-sync-get.json");
const AZURE_BULK: &str =
    include_str!("../../../../crates/core/tests/data/samples/azure-bulk-get.json");
const GOOGLE_LIST: &str =
    include_str!("../../../../crates/core/tests/data/samples/google-sync-list.json");
const GOOGLE_VERSIONS: &str =
    include_str!("../../../../crates/core/tests/data/samples/google-update-all-versions-get.json");

scenarios! {
    Setup::default() =>
        aws_bulk_sample_is_shown_completely, aws_synchronization_sample_is_shown_completely,
        azure_bulk_sample_is_shown_completely, google_versions_sample_is_shown_completely,
        google_list_sample_is_shown_completely;
}

async fn aws_bulk_sample_is_shown_completely(page: &Page) {
    assert_sample_is_complete(page, "?job=aws/bulkjob/", AWS_BULK).await;
    assert_eq!(
        page.item_rows().await,
        [
            ["2387500d-bcac-4055-a48d-19592c3332ff", "Done", "Success"],
            ["2387500d-bcac-4055-a48d-19592c3332fg", "Done", "Success"],
        ]
    );
    page.wait_for_texts(&["2 of 2 keys", "2 of 2 keys finished", "Enable keys"]).await;
}

async fn aws_synchronization_sample_is_shown_completely(page: &Page) {
    assert_sample_is_complete(page, "?job=aws%2Fsynchronization-jobs%2F", AWS_SYNC).await;
    let item = ["123456789012/ap-south-1", "Done", "region synchronized successfully"];
    assert_eq!(page.item_rows().await, [item]);
}

async fn azure_bulk_sample_is_shown_completely(page: &Page) {
    assert_sample_is_complete(page, "?job=azure/bulkjobs/", AZURE_BULK).await;
    let item = ["f60070f8-5ef8-4685-9121-9ca732cffcbd", "Done", "Success"];
    assert_eq!(page.item_rows().await, [item]);
    page.wait_for_text("Delete key backups").await;
}

async fn google_versions_sample_is_shown_completely(page: &Page) {
    assert_sample_is_complete(page, "?job=google%2fupdate-all-versions-jobs/", GOOGLE_VERSIONS)
        .await;
    page.wait_for_texts(&["2 of 2 versions finished", "completed 2 versions 2 1"]).await;
    let items = page.item_rows().await;
    let key =
        "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring/cryptoKeys/doc-test";
    let message = "Successfully updated all key versions state.";
    assert!(items.contains(&vec![key.into(), "Done".into(), message.into()]), "{items:?}");
}

async fn google_list_sample_is_shown_completely(page: &Page) {
    page.open_signed_in("?jobs=google/synchronization-jobs").await;
    page.wait_for_text("1–1 of 1").await;
    let list: Value = serde_json::from_str(GOOGLE_LIST).unwrap();
    let job = &list["resources"][0];
    let id = job["id"].as_str().unwrap();
    let row = &page.job_rows().await[0];
    // It has not changed for years.
    assert_eq!(row[0], "Stuck");
    assert!(row[1].ends_with(id) && row[2].contains("demo-key-ring"), "{row:?}");
    let received = received_json(page).await;
    assert_eq!(received["total"], 1);
    assert_eq!(&received["resources"][0], job);

    page.job(id).click().await;
    assert_job_is_complete(page, job).await;
    let ring = "projects/gemalto-kyloeng/locations/global/keyRings/demo-key-ring";
    assert_eq!(page.item_rows().await, [[ring, "Running", "in_progress"]]);
}

/// Opens a sample by its address and checks that the page shows all of it.
async fn assert_sample_is_complete(page: &Page, address: &str, sample: &str) {
    let sample: Value = serde_json::from_str(sample).unwrap();
    let id = sample["id"].as_str().unwrap();
    page.open(&format!("{address}{id}")).await;
    page.wait_for_text(copy::USERNAME).await;
    assert!(!page.has_text(id).await, "the job must not be visible before signing in");
    page.sign_in().await;
    assert_job_is_complete(page, &sample).await;
}

/// Checks that the page shows every member of a job and all items with their texts, and the whole
/// answer on request.
async fn assert_job_is_complete(page: &Page, job: &Value) {
    page.wait_for_marks("job-ready", 1).await;
    page.wait_for_text(job["id"].as_str().unwrap()).await;
    page.tab(copy::ITEMS).click().await;
    page.items().wait().await;
    let items = page.item_rows().await;
    page.tab(copy::DETAILS).click().await;
    for (name, value) in job.as_object().unwrap() {
        if name == "detailed_status" {
            for (item, text) in value.as_object().unwrap() {
                let row = items.iter().find(|row| row[0] == *item);
                let row = row.unwrap_or_else(|| panic!("{item} among {items:?}"));
                for word in texts(text) {
                    assert!(row[2].contains(&word), "{word} in {row:?}");
                }
            }
            continue;
        }
        page.wait_for_text(name).await;
        for word in texts(value) {
            page.wait_for_text(&word).await;
        }
    }
    assert_eq!(&received_json(page).await, job);
    page.tab(copy::ITEMS).click().await;
    page.items().wait().await;
}

/// The answer that the page has received.
async fn received_json(page: &Page) -> Value {
    page.button(copy::JSON_AS_RECEIVED).click().await;
    page.region(copy::JSON_AS_RECEIVED).wait().await;
    let text = page.region(copy::JSON_AS_RECEIVED).get("found.textContent").await;
    serde_json::from_str(text.as_str().unwrap()).unwrap()
}

/// The texts in a value.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::String(text) => vec![text.clone()],
        other => vec![other.to_string()],
    }
}
